from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection

from campaigns.actions import SealedAct, fulfil, fulfil_sealed, waive_duty
from campaigns.actions.duties import DutyMoved
from campaigns.models import Duty
from common.models import AuditEvent
from tests.factories import DutyFactory
from tests.factories.branches import moment

DAY = date(2026, 8, 10)


@pytest.fixture
def owed(world):
    def make(person, **fields):
        fields.setdefault("starts_on", date(2026, 7, 1))
        fields.setdefault("due_on", date(2026, 9, 30))
        fields.setdefault("rule", "the_rule")
        for name, kind in [
            ("about_person", "person"),
            ("about_window", "window"),
            ("about_organisation", "organisation"),
        ]:
            if name in fields:
                fields["subject_key"] = f"{kind}:{fields[name].pk}"
        fields.setdefault("organisation", world.north)
        return DutyFactory(period=world.period, assignee=person, **fields)

    return make


def done(world, act, by, at=None, **about):
    return fulfil(
        campaign=world.campaign,
        period=world.period,
        act=act,
        by=by,
        at=at or moment(DAY),
        **about,
    )


def test_the_deed_marks_the_own_duty(world, owed):
    duty, other = owed(world.member), owed(world.member2)

    assert done(world, "write_pledge", world.member) == 1

    duty.refresh_from_db()
    other.refresh_from_db()
    assert (duty.done_at, duty.done_by, duty.is_late) == (moment(DAY), world.member, False)
    assert other.done_at is None


def test_a_windows_pledge_leaves_the_writers_own_open(world, owed):
    own = owed(world.secretary)
    windows = owed(world.secretary, rule="window_pledge", about_window=world.window)

    assert done(world, "write_pledge", world.secretary, about_window=world.window) == 1

    own.refresh_from_db()
    windows.refresh_from_db()
    assert own.done_at is None
    assert windows.done_at == moment(DAY)


def test_it_is_one_statement(world, owed, django_assert_num_queries):
    owed(world.member)
    person = world.member

    with django_assert_num_queries(1):
        done(world, "write_pledge", person)


def test_a_second_time_marks_nothing(world, owed):
    owed(world.member)
    done(world, "write_pledge", world.member)

    assert done(world, "write_pledge", world.member) == 0


def test_nobody_owed_it(world):
    assert done(world, "write_pledge", world.member) == 0


def test_other_acts_and_periods_are_left_alone(world, owed):
    owed(world.member, act="self_review")
    DutyFactory(period=world.closed_period, assignee=world.member, organisation=world.north)

    assert done(world, "write_pledge", world.member) == 0


@pytest.mark.parametrize(("due_on", "is_late"), [(DAY, False), (DAY - timedelta(days=1), True)])
def test_after_the_due_date_it_is_marked_as_late(world, owed, due_on, is_late):
    duty = owed(world.member, due_on=due_on)

    done(world, "write_pledge", world.member)

    duty.refresh_from_db()
    assert duty.is_late is is_late


def test_the_due_date_ends_at_midnight_in_shanghai(world, owed):
    duty = owed(world.member, due_on=date(2026, 9, 30))

    done(world, "write_pledge", world.member, at=moment(date(2026, 10, 1), hour=0))

    duty.refresh_from_db()
    assert duty.is_late is True


def test_on_behalf_of_somebody(world, owed):
    duty, own = owed(world.member), owed(world.secretary)

    done(world, "write_pledge", world.secretary, assignee=world.member)

    duty.refresh_from_db()
    own.refresh_from_db()
    assert duty.done_by == world.secretary
    assert own.done_at is None


def test_a_review_of_one_member_leaves_the_others(world, owed):
    first = owed(world.secretary, act="branch_review", about_person=world.member)
    second = owed(world.secretary, act="branch_review", about_person=world.member2)

    assert done(world, "branch_review", world.secretary, about_person=world.member) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.done_at
    assert second.done_at is None


def test_what_a_deputy_did_counts_for_the_subject(world, owed):
    duty = owed(world.secretary, act="branch_review", about_person=world.member)

    done(world, "branch_review", world.member2, about_person=world.member)

    duty.refresh_from_db()
    assert duty.done_by == world.member2


def test_the_first_review_of_anybody_settles_the_leaders_clock(world, owed):
    duty = owed(world.leader, act="leader_review", organisation=world.root)

    assert done(world, "leader_review", world.leader, about_person=world.member) == 1
    assert done(world, "leader_review", world.leader, about_person=world.member2) == 0

    duty.refresh_from_db()
    assert duty.done_at == moment(DAY)


def test_of_a_monthly_duty_only_the_earliest_open_one_is_settled(world, owed):
    july = owed(world.member, due_on=date(2026, 7, 31))
    august = owed(world.member, starts_on=date(2026, 8, 1), due_on=date(2026, 8, 31))

    assert done(world, "write_pledge", world.member) == 1
    july.refresh_from_db()
    august.refresh_from_db()
    assert (bool(july.done_at), bool(august.done_at)) == (True, False)

    assert done(world, "write_pledge", world.member) == 1
    august.refresh_from_db()
    assert august.done_at


def test_what_has_not_begun_is_not_settled_in_advance(world, owed):
    owed(world.member, starts_on=DAY + timedelta(days=1))

    assert done(world, "write_pledge", world.member) == 0


def test_a_waived_duty_stays_waived(world, owed):
    owed(world.member, waived_at=moment(DAY), waived_reason="病假")

    assert done(world, "write_pledge", world.member) == 0


def test_two_secretaries_of_a_branch_share_the_reviewing_of_pledges(world, owed):
    owed(world.secretary, act="review_pledges")
    owed(world.member, act="review_pledges", about_organisation=world.north)
    elsewhere = owed(world.secretary2, act="review_pledges", organisation=world.south)

    assert done(world, "review_pledges", world.secretary) == 2

    elsewhere.refresh_from_db()
    assert elsewhere.done_at is None


def test_the_close_of_a_period_settles_it_for_the_whole_committee(world, owed):
    for person in [world.committee_member, world.officer]:
        owed(person, act="close_period", organisation=world.root)

    assert done(world, "close_period", None) == 2

    settled = Duty.objects.get(assignee=world.officer)
    assert settled.done_by == world.officer  # the portal did it in his name


def test_a_vote_must_leave_no_trace(world, owed):
    owed(world.member, act="peer_ballot")

    with pytest.raises(SealedAct):
        done(world, "peer_ballot", world.member)


def test_a_closed_round_settles_all_voters_with_one_time(world, owed, django_assert_num_queries):
    for person in [world.member, world.member2, world.member3]:
        owed(person, act="peer_ballot")
    voters = [world.member.pk, world.member2.pk]

    with django_assert_num_queries(1):
        fulfil_sealed(period=world.period, act="peer_ballot", people=voters, at=moment(DAY))

    rows = Duty.objects.values_list("assignee", "done_at", "done_by").order_by("assignee")
    assert list(rows) == [
        (world.member.pk, moment(DAY), world.member.pk),
        (world.member2.pk, moment(DAY), world.member2.pk),
        (world.member3.pk, None, None),
    ]


def test_waiving_keeps_the_reason_and_an_audit_event(world, owed):
    duty = owed(world.member)

    waive_duty(duty, reason="长期病假", by=world.secretary, at=moment(DAY))

    assert (duty.waived_at, duty.waived_reason) == (moment(DAY), "长期病假")
    assert AuditEvent.objects.get().detail == {"原因": "长期病假", "责任人": world.member.name}


def test_what_was_done_in_the_meantime_cannot_be_waived(world, owed):
    duty = owed(world.member)
    done(world, "write_pledge", world.member)

    with pytest.raises(DutyMoved):
        waive_duty(duty, reason="长期病假", by=world.secretary, at=moment(DAY))

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_settle_it_once(world, owed):
    owed(world.member)
    person, counted = world.member, []

    def deed():
        try:
            counted.append(done(world, "write_pledge", person))
        finally:
            connection.close()

    threads = [Thread(target=deed) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counted) == [0] * 9 + [1]
