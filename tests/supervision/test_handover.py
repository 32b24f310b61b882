"""工作移交: what is open in a name, handed to a named other in one deed, or nothing at all."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from branches.actions import leave_person
from branches.models import Post, Role
from campaigns.models import Duty
from common.dates import today
from common.models import AuditEvent, Notice
from evaluations.models import Feedback
from supervision.actions import rectifications
from supervision.models import Rectification
from tests.factories import FeedbackFactory, PledgeFactory, PostFactory

pytestmark = pytest.mark.django_db


def url(person):
    return reverse("supervision:handover", args=[person.pk])


def in_days(number):
    return today() + timedelta(days=number)


@pytest.fixture
def busy(world):
    """周书记 is secretary, stands at the window, owns a ledger item and a comment."""
    PostFactory(person=world.secretary, organisation=world.north, window=world.window)
    item = rectifications.add_rectification(
        Rectification(
            campaign=world.campaign, period=world.period, organisation=world.north,
            source="self_found", problem="窗口排队时间长", due_on=in_days(10),
        ),
        by=world.inspector, at=timezone.now(),
    )  # fmt: skip
    rectifications.plan_rectification(
        item, measure="增开窗口", owner=world.secretary, category="", due_on=in_days(10),
        reason="", by=world.committee_member, at=timezone.now(),
    )  # fmt: skip
    FeedbackFactory(
        campaign=world.campaign, window=world.window, text="大厅座椅太少",
        owner=world.secretary, due_on=in_days(3),
    )  # fmt: skip
    PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.secretary,
        text="每天到岗", status="submitted",
    )  # fmt: skip
    return world


def keys(response):
    return [thing.key.partition(":")[0] for thing in response.context["possible"]]


def everything(client, person):
    return [thing.key for thing in client.get(url(person)).context["possible"]]


def test_the_page_lists_what_is_open(busy, as_person):
    response = as_person(busy.committee_member).get(url(busy.secretary))

    assert keys(response) == ["role", "post", "item", "feedback"]
    for text in ("窗口排队时间长", "大厅座椅太少", "每天到岗", "落实整改"):
        assertContains(response, text)


def test_one_deed_passes_all_of_it(busy, as_person):
    client = as_person(busy.committee_member)
    chosen = everything(client, busy.secretary)

    client.post(url(busy.secretary), {"heir": busy.member2.pk, "on": today(), "things": chosen})

    day = today()
    assert Role.objects.current(today=day).filter(person=busy.member2, kind="secretary").exists()
    assert not Role.objects.current(today=day).filter(person=busy.secretary).exists()
    assert Post.objects.current(today=day).filter(person=busy.member2, window=busy.window).exists()
    assert not Post.objects.current(today=day).filter(person=busy.secretary).exists()
    item = Rectification.objects.get()
    assert (item.owner, item.state) == (busy.member2, "mending")
    assert item.steps.order_by("-pk")[0].text == "责任人由周书记移交给孙二"
    assert Duty.objects.pending().get(act="rectify").assignee == busy.member2
    assert Feedback.objects.get().owner == busy.member2
    assert AuditEvent.objects.filter(verb="工作移交").get().detail["to_name"] == "孙二"
    assert Notice.objects.filter(recipient=busy.member2, title__contains="移交了 4 项").exists()


def test_from_a_later_day_the_old_one_stays_until_then(busy, as_person):
    client = as_person(busy.committee_member)
    chosen = [key for key in everything(client, busy.secretary) if key.startswith(("role", "post"))]

    client.post(url(busy.secretary), {"heir": busy.member2.pk, "on": in_days(7), "things": chosen})

    for day, holder in [(in_days(6), busy.secretary), (in_days(7), busy.member2)]:
        assert (
            Role.objects.current(today=day).get(kind="secretary", organisation=busy.north).person
            == holder
        )
        assert Post.objects.current(today=day).filter(person=holder, window=busy.window).exists()


def test_what_is_refused_refuses_all_of_it(busy, as_person):
    """钱一 stands at this window already."""
    client = as_person(busy.committee_member)
    chosen = everything(client, busy.secretary)

    response = client.post(
        url(busy.secretary), {"heir": busy.member.pk, "on": today(), "things": chosen}
    )

    assertContains(response, "婚姻登记窗口：钱一已经在这个窗口。")
    assert (
        Role.objects.filter(kind="secretary", organisation=busy.north, ends_on=None).get().person
        == busy.secretary
    )
    assert Rectification.objects.get().owner == busy.secretary
    assert not AuditEvent.objects.filter(verb="工作移交").exists()


def test_a_secretary_hands_over_a_members_work_but_no_role(busy, as_person):
    client = as_person(busy.secretary)
    response = client.get(url(busy.member))

    assert keys(response) == ["post"]
    assert client.get(url(busy.secretary)).status_code == 403  # not his own
    chosen = everything(client, busy.member)
    client.post(url(busy.member), {"heir": busy.member3.pk, "on": today(), "things": chosen})
    assert Post.objects.current(today=today()).filter(person=busy.member3).exists()


def test_nothing_of_others_can_be_slipped_in_and_nobody_from_elsewhere_takes_over(busy, as_person):
    client = as_person(busy.secretary)
    role = Role.objects.get(person=busy.leader)

    response = client.post(
        url(busy.member), {"heir": busy.member3.pk, "on": today(), "things": [f"role:{role.pk}"]}
    )
    assert response.status_code == 200
    response = client.post(
        url(busy.member),
        {"heir": busy.neighbour1.pk, "on": today(), "things": everything(client, busy.member)},
    )

    assert response.status_code == 200
    assert Role.objects.get(pk=role.pk).person == busy.leader
    assert not AuditEvent.objects.filter(verb="工作移交").exists()


def test_the_b_side_of_a_post_passes_too(busy, as_person):
    Post.objects.filter(person=busy.member).update(cover=busy.member2)
    client = as_person(busy.secretary)
    (key,) = everything(client, busy.member2)
    assert key.startswith("cover:")
    data = {"on": today(), "things": [key]}

    response = client.post(url(busy.member2), {"heir": busy.member.pk, **data})
    assertContains(response, "B 岗要是另一个人")
    client.post(url(busy.member2), {"heir": busy.member3.pk, **data})

    assert Post.objects.get(person=busy.member, ends_on=None).cover == busy.member3


def test_yesterday_is_not_rewritten(busy, as_person):
    client = as_person(busy.committee_member)
    response = client.post(
        url(busy.secretary),
        {"heir": busy.member2.pk, "on": in_days(-1), "things": everything(client, busy.secretary)},
    )

    assertContains(response, "不能早于今天")


def test_who_has_gone_can_still_be_relieved(busy, as_person):
    leave_person(
        busy.secretary, on=in_days(-1), reason="调离", by=busy.committee_member, at=timezone.now()
    )
    client = as_person(busy.committee_member)

    response = client.get(url(busy.secretary))
    assert keys(response) == ["item", "feedback"]
    assertNotContains(response, "没有您能移交的事")
    chosen = everything(client, busy.secretary)
    client.post(url(busy.secretary), {"heir": busy.member2.pk, "on": today(), "things": chosen})

    assert Rectification.objects.get().owner == busy.member2


def test_more_things_cost_no_more_queries(busy, as_person, django_assert_max_num_queries):
    client = as_person(busy.committee_member)
    client.get(url(busy.secretary))
    with django_assert_max_num_queries(60) as few:
        client.get(url(busy.secretary))
    for number in range(3):
        FeedbackFactory(
            campaign=busy.campaign, window=busy.window, text=f"意见{number}",
            owner=busy.secretary, due_on=in_days(3),
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        client.get(url(busy.secretary))
