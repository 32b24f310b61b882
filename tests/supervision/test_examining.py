"""查摆 goes into the ledger with one tap and says there only what will be done (L20, Z01)."""

import pytest
from django.urls import reverse

from campaigns.models import SchemeVersion
from pledges.models import SelfExamination
from supervision.models import Rectification, Step
from tests.factories.branches import moment
from tests.supervision.test_ledger import RULES


@pytest.fixture
def examination(world):
    version = SchemeVersion.objects.get(pk=world.period.scheme_version_id)
    version.document = {**version.document, "rectification": RULES}
    version.digest = "with a ledger"
    version.save()
    return SelfExamination.objects.create(
        person=world.member, organisation=world.north, period=world.period,
        problem="接待群众不够耐心", cause="怕麻烦", plan="每天延时服务半小时", written_at=moment(),
    )  # fmt: skip


def tap(client, examination):
    url = reverse("supervision:examination_rectify", args=[examination.pk])
    return client.post(url, follow=True)


def test_one_tap_makes_an_item_that_keeps_the_private_part_private(world, as_person, examination):
    listed = reverse("pledges:self_examination_list")
    offered = as_person(world.member).get(listed).content.decode()
    page = tap(as_person(world.member), examination).content.decode()

    item = Rectification.objects.get()
    assert "列入整改" in offered
    assert "已列入整改台账" in page
    assert (item.owner, item.source, item.state) == (world.member, "self_found", "mending")
    assert item.measure == "每天延时服务半小时"
    detail = reverse("supervision:ledger_detail", args=[item.pk])
    for reader in (world.member, world.secretary, world.committee_member):
        seen = as_person(reader).get(detail).content.decode()
        assert "每天延时服务半小时" in seen
        assert "不够耐心" not in seen
        assert "怕麻烦" not in seen
    said = " ".join(Step.objects.values_list("text", flat=True))
    assert "不够耐心" not in said
    assert "已列入整改台账" in as_person(world.member).get(listed).content.decode()


def test_a_second_tap_makes_no_second_item(world, as_person, examination):
    tap(as_person(world.member), examination)

    assert "已经列入" in tap(as_person(world.member), examination).content.decode()
    assert Rectification.objects.count() == 1


def test_only_the_writer_taps(world, as_person, examination):
    SelfExamination.objects.update(is_shared=True)

    assert tap(as_person(world.secretary), examination).status_code == 403
    assert tap(as_person(world.committee_member), examination).status_code == 404
    assert not Rectification.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, examination, count
):
    for _ in range(count - 1):
        SelfExamination.objects.create(
            person=world.member, organisation=world.north, period=world.period, problem="问题",
            plan="打算", written_at=moment(),
        )  # fmt: skip
    client = as_person(world.member)
    with django_assert_max_num_queries(13):
        client.get(reverse("pledges:self_examination_list"))
