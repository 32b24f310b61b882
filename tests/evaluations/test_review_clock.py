"""P14, P15, D7: the reviewers' clock, the same words for many, and the word to the superior."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaign_portal.sweep import sweep
from common.dates import today
from common.models import Notice
from evaluations.queries import clock
from supervision.actions.urging import escalate_late
from tests.factories import DutyFactory, ReviewFactory
from tests.factories.branches import moment


def owes(world, person, *, act="leader_review", late=0, done=False):
    return DutyFactory(
        campaign=world.campaign, period=world.period, act=act, assignee=person,
        organisation=world.root, due_on=today() - timedelta(days=late),
        starts_on=today() - timedelta(days=90),
        done_at=timezone.now() if done else None, done_by=person if done else None,
    )  # fmt: skip


def hands(world):
    return [
        (hand.person.name, hand.state, hand.done, hand.owed)
        for hand in clock.hands(world.period, [world.root.path], today=today())
    ]


def test_late_stands_before_due_and_done(world):
    owes(world, world.leader, late=3)
    owes(world, world.secretary, act="branch_review", done=True)
    owes(world, world.secretary2, act="branch_review")

    assert hands(world) == [
        ("褚局长", "late", 0, 1),
        ("冯书记", "due", 0, 1),
        ("周书记", "ok", 1, 1),
    ]


def test_the_same_words_for_two_are_flagged(world):
    owes(world, world.leader)
    for person in (world.member, world.member2):
        ReviewFactory(
            period=world.period, organisation=world.north, person=person, author=world.leader
        )
    ReviewFactory(
        period=world.period, organisation=world.north, person=world.member3, author=world.leader,
        texts={"advice": "另写的"},
    )  # fmt: skip

    assert clock.hands(world.period, [world.root.path], today=today())[0].same == 2


@pytest.mark.parametrize(("days", "told"), [([11], 0), ([14, 14, 16, 30], 1)])
def test_a_late_leader_is_told_of_once(world, days, told):
    """P15, D11: after five working days, one message to the committee for one thing, whatever runs how often."""
    rule = next(one for one in world.period.plan.cadence if one.act == "leader_review")
    DutyFactory(
        period=world.period, act="leader_review", assignee=world.leader, title="领导点评",
        organisation=world.root, rule=rule.key, starts_on=date(2026, 7, 1), due_on=date(2026, 9, 7),
    )  # fmt: skip
    for day in days:
        with time_machine.travel(moment(date(2026, 9, day)), tick=False):
            sweep(at=moment(date(2026, 9, day)))

    found = Notice.objects.filter(recipient=world.committee_member, title__contains="领导点评")
    assert found.count() == told


def test_each_sees_the_clocks_below_him(world, as_person):
    owes(world, world.leader, late=3)
    url = reverse("evaluations:review_clock")

    assert "褚局长" in as_person(world.officer).get(url).content.decode()
    assert "没有要看的点评进度" in as_person(world.member).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries(world, as_person, django_assert_max_num_queries, count):
    for person in (world.leader, world.secretary, world.secretary2)[:count]:
        owes(world, person)
    with django_assert_max_num_queries(30):
        as_person(world.officer).get(reverse("evaluations:review_clock"))


def test_a_secretary_late_with_his_reviews_is_told_of_to_the_committee(world):
    """P14, P25: not to himself, though he is the first step for everybody else of the branch."""
    DutyFactory(
        period=world.period, act="branch_review", assignee=world.secretary, title="书记逐一点评",
        organisation=world.north, about_person=world.member, rule="branch_review",
        starts_on=date(2026, 7, 1), due_on=date(2026, 9, 7),
    )  # fmt: skip

    escalate_late(at=moment(date(2026, 9, 16)))

    (told,) = Notice.objects.filter(event__startswith="duty-up:")
    assert told.recipient == world.committee_member
    assert "周书记" in told.body
