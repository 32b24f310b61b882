"""R01 to R03: who leads a campaign, since when, with a letter of appointment."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from common.models import Notice
from supervision.models import Seat
from tests.factories import PersonFactory
from tests.pdf import text_of


def appoint(client, world, **changes):
    data = {
        "place": "head",
        "who": world.leader.username,
        "remark": "全面工作",
        "document": "机党 2026 第 3 号",
        "starts_on": timezone.localdate().isoformat(),
    }
    return client.post(reverse("supervision:seat_add", args=[world.campaign.slug]), data | changes)


def test_the_committee_appoints_and_everybody_sees_it(world, as_person):
    appoint(as_person(world.committee_member), world)

    seat = Seat.objects.get()
    assert (seat.person, seat.title, seat.group.name) == (world.leader, "组长", "领导小组")
    assert Notice.objects.get().recipient == world.leader
    page = as_person(world.member).get(reverse("supervision:leading_list", args=["world"]))
    assertContains(page, "全面工作")
    assertNotContains(page, "结束任职")


def test_the_office_has_its_own_head(world, as_person):
    appoint(as_person(world.officer), world, place="office_head", who=world.officer.username)

    seat = Seat.objects.get()
    assert (seat.title, seat.group.get_kind_display()) == ("主任", "办公室")


def test_a_letter_names_person_position_and_number(world, as_person):
    client = as_person(world.committee_member)
    appoint(client, world)

    letter = client.get(reverse("supervision:seat_letters", args=[world.campaign.slug]))

    told = text_of(letter.content).replace(" ", "").replace("\n", "")
    for word in (world.leader.name, "组长", "机党2026第3号", world.root.name):
        assert word in told


def test_nobody_sits_twice_and_an_ended_seat_stays(world, as_person):
    client = as_person(world.committee_member)
    appoint(client, world)
    assertContains(appoint(client, world, place="member"), "请先结束原来的任职")

    seat = Seat.objects.get()
    address = reverse("supervision:seat_end", args=[seat.pk])
    early = (seat.starts_on - timedelta(days=3)).isoformat()
    assertContains(client.post(address, {"ends_on": early}), "不能早于任职起")
    client.post(address, {"ends_on": seat.starts_on.isoformat()})
    assertContains(client.post(address, {"ends_on": seat.starts_on.isoformat()}), "已经结束过了")
    appoint(client, world, place="member")

    assert Seat.objects.count() == 2


def test_a_name_that_two_bear_is_asked_for_the_account(world, as_person):
    PersonFactory(organisation=world.north, name="王同名", username="w1")
    PersonFactory(organisation=world.south, name="王同名", username="w2")
    client = as_person(world.committee_member)

    assertContains(appoint(client, world, who="王同名"), "请填账号：w1、w2")
    assertContains(appoint(client, world, who=world.stranger.username), "没有这个人")
    assert not Seat.objects.exists()


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "inspector"])
def test_others_do_not_appoint(world, as_person, who):
    client = as_person(getattr(world, who))

    assert appoint(client, world).status_code == 403
    assert client.get(reverse("supervision:seat_letters", args=["world"])).status_code == 403


@pytest.mark.parametrize("seats", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    world, as_person, django_assert_max_num_queries, seats
):
    client = as_person(world.committee_member)
    for person in world.members(world.north)[:seats]:
        appoint(client, world, place="member", who=person.username)
    client.get(reverse("supervision:leading_list", args=["world"]))

    with django_assert_max_num_queries(10):
        client.get(reverse("supervision:leading_list", args=["world"]))
