from datetime import date, timedelta

import pytest
from django.core import mail

from campaigns.actions import fulfil, remind_due, withdraw_stale_mail
from common import notices
from common.models import Notice
from tests.factories import DutyFactory
from tests.factories.branches import moment

DUE = date(2026, 9, 30)
RULE = "quarterly_leader"  # its plan says: 7 days and 1 day before


@pytest.fixture
def duty(world):
    return DutyFactory(
        period=world.period,
        assignee=world.leader,
        organisation=world.root,
        act="leader_review",
        rule=RULE,
        title="每季至少点评一次",
        starts_on=date(2026, 7, 1),
        due_on=DUE,
    )


def swept(day, hour=9):
    return remind_due(at=moment(day, hour), today=day)


def steps():
    return list(Notice.objects.order_by("step").values_list("step", flat=True))


def test_a_leader_is_reminded_on_the_days_the_plan_names(world, duty):
    for left in range(12, -1, -1):
        swept(DUE - timedelta(days=left))

    assert steps() == [1, 7]
    notice = Notice.objects.get(step=7)
    assert notice.recipient == world.leader
    assert notice.title == "提醒：每季至少点评一次，9月30日截止"
    assert notice.url == "/"


def test_ten_sweeps_send_one_message(world, duty):
    for _ in range(10):
        swept(DUE - timedelta(days=7))

    assert Notice.objects.count() == 1


def test_missed_days_send_one_message_not_all_of_them(world, duty):
    swept(DUE)

    assert steps() == [1]


def test_who_is_late_is_urged_after_one_day_a_week_and_three(world, duty):
    for late in range(1, 25):
        swept(DUE + timedelta(days=late))

    assert steps() == [1001, 1007, 1021]
    assert Notice.objects.get(step=1007).title == "催办：每季至少点评一次，已逾期 7 天"


def test_nobody_is_reminded_of_what_is_done_or_waived(world, duty):
    fulfil(
        campaign=world.campaign,
        period=world.period,
        act="leader_review",
        by=world.leader,
        at=moment(date(2026, 8, 1)),
    )

    assert swept(DUE) == 0


def test_nobody_is_reminded_at_night(world, duty):
    assert swept(DUE, hour=23) == 0
    assert swept(DUE, hour=7) == 0
    assert swept(DUE, hour=8) == 1


def test_who_has_left_gets_nothing(world, duty):
    leader = world.leader
    leader.is_active = False
    leader.save()

    assert swept(DUE) == 0


def test_a_batch_is_one_message(world):
    for person in [world.member, world.member2]:
        DutyFactory(
            period=world.period,
            assignee=world.secretary,
            organisation=world.north,
            rule="quarterly_branch",
            title="季度讲评",
            about_person=person,
            subject_key=f"person:{person.pk}",
            starts_on=date(2026, 7, 1),
            due_on=DUE,
        )

    assert swept(DUE - timedelta(days=3)) == 1
    assert Notice.objects.get().recipient == world.secretary


def test_a_ballot_is_left_to_its_round(world):
    """One kind of reminder: the round tells those who have not voted."""
    DutyFactory(
        period=world.period,
        assignee=world.member,
        organisation=world.north,
        act="peer_ballot",
        rule="quarterly_peers",
        starts_on=date(2026, 7, 1),
        due_on=DUE,
    )

    assert swept(DUE - timedelta(days=3)) == 0
    assert swept(DUE + timedelta(days=1)) == 0


def test_closed_periods_remind_nobody(world):
    DutyFactory(
        period=world.closed_period,
        assignee=world.member,
        organisation=world.north,
        starts_on=date(2026, 7, 1),
        due_on=DUE,
    )

    assert swept(DUE) == 0


def test_mail_goes_out_once_and_not_after_the_deed(world, duty):
    leader = world.leader
    leader.email = "leader@example.org"
    leader.save()
    at = moment(DUE)
    swept(DUE)
    fulfil(campaign=world.campaign, period=world.period, act="leader_review", by=leader, at=at)

    assert withdraw_stale_mail() == 1
    assert notices.send_waiting_mail(at=at) == 0
    assert mail.outbox == []


def test_mail_of_what_is_still_open_is_not_withdrawn(world, duty):
    leader = world.leader
    leader.email = "leader@example.org"
    leader.save()
    at = moment(DUE)
    swept(DUE)

    assert withdraw_stale_mail() == 0
    assert notices.send_waiting_mail(at=at) == 1
    assert notices.send_waiting_mail(at=at) == 0
    assert [message.to for message in mail.outbox] == [["leader@example.org"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_people(
    world, django_assert_num_queries, count
):
    for person in [world.member, world.member2, world.member3][:count]:
        DutyFactory(
            period=world.period,
            assignee=person,
            organisation=world.north,
            rule="quarterly_pledge",
            starts_on=date(2026, 7, 1),
            due_on=DUE,
        )
    assert world.period.plan

    # periods, batches, people, insert
    with django_assert_num_queries(4):
        swept(DUE)
