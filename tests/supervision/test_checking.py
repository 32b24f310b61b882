"""S01, S03, S05, L04, L06, Z05: a check on the spot, point by point; the finding goes to the ledger in one tap."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from campaigns.models.document import SchemeDocument
from common.models import Notice
from supervision.actions import inspections as actions
from supervision.models import Checking, Inspection, Rectification

POINTS = [
    {"key": "badge_worn", "name": "佩戴工作牌"},
    {"key": "on_post", "name": "按班表在岗或有去向留言"},
]
ADD = "supervision:checking_add"


@pytest.fixture
def listed(world):
    """The world's scheme with a check list for windows."""
    version = world.campaign.scheme_version
    document = version.document
    document["inspections"]["checklists"] = [
        {"key": "window_check", "name": "窗口检查表", "subject": "window", "points": POINTS}
    ]
    document["rectification"] = {"sources": [{"key": "inspection", "name": "督查发现"}]}
    SchemeDocument.model_validate(document)
    version.document, version.digest = document, "with a check list"
    version.save()
    return world


def begin(client, target, **query):
    client.post(reverse(ADD, query=query), {"method": "spot_check", "target": target})
    return Checking.objects.get()


def tap(client, checking, key, word):
    address = reverse("supervision:checking_point", args=[checking.pk, key])
    return client.post(address, {"tap": word}, headers={"HX-Request": "true"})


def tap_all(client, checking, word="met"):
    for point in POINTS:
        tap(client, checking, point["key"], word)


def finish(client, checking, **changes):
    due_on = timezone.localdate() + timedelta(days=9)
    data = {
        "found": "两人在岗",
        "guidance": "把去向牌挂到门外",
        "problem": "一人未佩戴工作牌",
        "demand": "当日补齐",
        "demand_due_on": due_on.isoformat(),
    }
    return client.post(reverse("supervision:checking_edit", args=[checking.pk]), data | changes)


def test_each_tap_is_kept_and_the_whole_becomes_an_inspection(listed, as_person):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")

    assertContains(tap(client, checking, "badge_worn", "unmet"), "已保存")
    tap(client, checking, "on_post", "met")
    page = client.get(reverse("supervision:checking_edit", args=[checking.pk]))
    assertContains(page, "未做到：佩戴工作牌")
    assert not Inspection.objects.exists()
    finish(client, checking)

    one = Inspection.objects.get()
    assert one.points == {"badge_worn": False, "on_post": True}
    assert (one.window, one.guidance) == (listed.window, "把去向牌挂到门外")
    assert not Checking.objects.exists()
    notice = Notice.objects.get(event=f"inspection:{one.pk}")
    assert "指导意见：把去向牌挂到门外" in notice.body


def test_a_point_starts_without_an_answer_and_may_be_said_not_to_apply(listed, as_person):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")
    page = client.get(reverse("supervision:checking_edit", args=[checking.pk]))
    told = re.sub(r"<[^>]+>|\s", "", page.content.decode())
    assert "还有2项没有点" in told
    assertNotContains(page, "checked")

    tap(client, checking, "badge_worn", "met")
    tap(client, checking, "badge_worn", "none")

    checking.refresh_from_db()
    assert checking.points == {"badge_worn": None}


def test_a_check_with_unanswered_points_is_not_finished_and_keeps_what_was_written(
    listed, as_person
):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")
    tap(client, checking, "badge_worn", "none")

    response = finish(client, checking)

    assertContains(response, "还有 1 项没有点：按班表在岗或有去向留言。")
    assertContains(response, "把去向牌挂到门外")
    assert Checking.objects.exists()
    assert not Inspection.objects.exists()
    tap(client, checking, "on_post", "met")
    finish(client, checking)
    one = Inspection.objects.get()
    assert one.points == {"badge_worn": None, "on_post": True}
    detail = client.get(reverse("supervision:inspection_detail", args=[one.pk]))
    assertContains(detail, "不涉及")


def test_the_form_at_the_desk_asks_for_each_point_too(listed, as_person):
    client, address = as_person(listed.inspector), reverse("supervision:inspection_add")
    target = f"window:{listed.window.pk}"
    data = {"method": "spot_check", "target": target, "found": "两人在岗"}

    refused = client.post(address, data | {"point_on_post": "unmet"})
    assert list(refused.context["form"].errors) == ["point_badge_worn"]
    client.post(address, data | {"point_on_post": "unmet", "point_badge_worn": "none"})

    assert Inspection.objects.get().points == {"badge_worn": None, "on_post": False}


def test_finishing_twice_is_finishing_once(listed, as_person):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")
    tap_all(client, checking)
    finish(client, checking)

    assert finish(client, checking).status_code == 404
    with pytest.raises(actions.CheckingGone):
        actions.finish_checking(checking, Inspection(), by=listed.inspector, at=timezone.now())
    assert Inspection.objects.count() == 1


def test_somebody_is_looked_for_at_his_post(listed, as_person):
    client = as_person(listed.inspector)
    address = reverse(ADD, query={"for": f"person:{listed.member.pk}"})
    assertContains(client.get(address), str(listed.member))

    checking = begin(client, f"person:{listed.member.pk}")
    tap_all(client, checking)
    finish(client, checking, problem="", demand="", demand_due_on="")

    one = Inspection.objects.get()
    assert (one.person, one.organisation) == (listed.member, listed.north)
    detail = reverse("supervision:inspection_detail", args=[one.pk])
    assert as_person(listed.member).get(detail).status_code == 200
    assert as_person(listed.secretary).get(detail).status_code == 200
    assert as_person(listed.member2).get(detail).status_code == 404


def test_somebody_of_another_tree_is_not_found(listed, as_person):
    address = reverse(ADD, query={"for": f"person:{listed.stranger.pk}"})

    assert as_person(listed.inspector).get(address).status_code == 404


def test_the_finding_stands_in_the_ledger_after_one_tap(listed, as_person):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")
    tap_all(client, checking)
    finish(client, checking)
    one = Inspection.objects.get()
    address = reverse("supervision:inspection_demand", args=[one.pk])

    response = client.post(address)
    client.post(address)

    item = Rectification.objects.get()
    assertRedirects(response, reverse("supervision:ledger_detail", args=[item.pk]))
    assert (item.inspection, item.due_on) == (one, one.demand_due_on)
    assert item.problem == "一人未佩戴工作牌\n整改要求：当日补齐"


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("secretary2", 404)])
def test_who_does_not_write_the_ledger_has_no_tap(listed, as_person, who, status):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")
    tap_all(client, checking)
    finish(client, checking)
    address = reverse("supervision:inspection_demand", args=[Inspection.objects.get().pk])

    assert as_person(getattr(listed, who)).post(address).status_code == status
    assert not Rectification.objects.exists()


@pytest.mark.parametrize("name", ["inspection_plan", "checking_add"])
def test_members_do_not_inspect(listed, as_person, name):
    assert as_person(listed.member).get(reverse(f"supervision:{name}")).status_code == 403


def test_another_inspectors_check_is_not_found(listed, as_person):
    checking = begin(as_person(listed.inspector), f"window:{listed.window.pk}")

    other = as_person(listed.committee_member)

    assert other.get(reverse("supervision:checking_edit", args=[checking.pk])).status_code == 404
    assert tap(other, checking, "badge_worn", "met").status_code == 404


def test_begun_by_mistake_leaves_nothing(listed, as_person):
    client = as_person(listed.inspector)
    checking = begin(client, f"window:{listed.window.pk}")

    client.post(reverse("supervision:checking_drop", args=[checking.pk]))

    assert not Checking.objects.exists()
    assert not Inspection.objects.exists()
