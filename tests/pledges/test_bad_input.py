"""Bad input of the showing rooms: a clear Chinese sentence, nothing half stored (issue 4)."""

import pytest
from django.urls import reverse

from common.models import AuditEvent
from pledges.models import Pledge, ServiceItem
from tests.factories import PledgeFactory, ServiceItemFactory

RARE = "龚䶮和𠮷田👍🏽"


def words(world, **changes):
    return {
        "owner": f"person:{world.member.pk}", "theme": "", "text": "材料齐全当场办结",
        "baseline": "平均五天", "target": "平均三天", "due_on": world.period.ends_on.isoformat(),
        "evidence_plan": "办件台账", **changes,
    }  # fmt: skip


def write(world, client, **changes):
    return client.post(reverse("pledges:pledge_add"), words(world, **changes), follow=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": "2001-01-01"}, "早于"),
        ({"due_on": "明年"}, "请按 2026-09-28 的样子填日期"),
        ({"text": "诺" * 301}, "300"),
        ({"text": "好\u202e事"}, "改变文字方向"),
        ({"target": "打13812345678"}, "手机号"),
        ({"owner": "person:999999"}, "请从所列的选项里选"),
    ],
)
def test_a_wrong_pledge_is_told_and_nothing_is_stored(world, as_person, changes, said):
    client = as_person(world.member)
    before = AuditEvent.objects.count()

    page = write(world, client, **changes).content.decode()

    assert said in page
    assert "平均五天" in page  # what was typed is still there
    assert not Pledge.objects.exists()
    assert AuditEvent.objects.count() == before


def test_rare_characters_and_pictures_are_kept_as_they_are(world, as_person):
    write(world, as_person(world.member), text=RARE)

    assert Pledge.objects.get().text == RARE


def test_nobody_publishes_without_the_right(world, as_person):
    pledge = PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.member,
        status="submitted",
    )  # fmt: skip
    item = ServiceItemFactory(organisation=world.north)
    ServiceItem.objects.filter(pk=item.pk).update(state="proposed", proposed_by=item.written_by)
    addresses = {
        reverse("pledges:pledge_review", args=[pledge.pk]): {"verdict": "publish", "note": ""},
        reverse("pledges:shown_judge", args=["item", item.pk]): {"verdict": "agree", "note": ""},
    }

    for who in ("member", "member2", "neighbour1", "inspector", "secretary2", "stranger"):
        for address, data in addresses.items():
            assert as_person(getattr(world, who)).post(address, data).status_code in {403, 404}
    pledge.refresh_from_db()
    item.refresh_from_db()
    assert (pledge.status, item.state) == ("submitted", "proposed")
