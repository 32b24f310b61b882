from datetime import date

from django.utils import timezone

from branches.models import Affiliation, Role
from campaigns.actions import fulfil, make_duties
from campaigns.actions.making import PERSON_LEFT, ROLE_PASSED_ON, SUBJECT_LEFT
from campaigns.models import Duty, WorkdayException
from common.dates import today
from tests.campaigns.test_make_duties import FIRST, made, period_of, rule, who_owes
from tests.factories import (
    AffiliationFactory,
    PersonFactory,
    RoleFactory,
)
from tests.factories.branches import moment


def test_a_second_run_changes_nothing(world):
    period = world.period
    first = make_duties(period, today=today(), at=timezone.now())
    before = list(Duty.objects.order_by("pk").values())

    second = make_duties(period, today=today(), at=timezone.now())

    assert first > 0
    assert second == 0
    assert list(Duty.objects.order_by("pk").values()) == before


def test_a_changed_calendar_makes_no_second_duty(world):
    asked = rule(
        act="inspect", item="inspect", who="inspector", due={"day": 1, "working_days": True}
    )
    period = period_of(world.root, asked)
    made(period)
    WorkdayException.objects.create(day=FIRST, is_working=False, name="停电")

    assert made(period).get().due_on == FIRST


def test_who_joins_later_gets_what_is_still_due(world):
    asked = rule(
        act="write_pledge", item="pledge", who="members", frequency="monthly", due={"day": 10}
    )
    period = period_of(world.root, asked)
    made(period)
    PersonFactory(
        username="newcomer", organisation=world.north, organisation__starts_on=date(2026, 8, 1)
    )

    duties = made(period, today=date(2026, 8, 3)).filter(assignee__username="newcomer")

    assert list(duties.values_list("due_on", flat=True)) == [date(2026, 8, 10), date(2026, 9, 10)]


def leave(person, day):
    Affiliation.objects.filter(person=person, ends_on=None).update(ends_on=day)


def test_who_leaves_is_excused_with_a_reason_and_who_returns_owes_again(world):
    period = period_of(world.root, rule(act="write_pledge", item="pledge", who="members"))
    made(period)
    leave(world.member, date(2026, 7, 31))

    gone = made(period, today=date(2026, 8, 3)).get(assignee=world.member)
    AffiliationFactory(person=world.member, organisation=world.north, starts_on=date(2026, 8, 10))
    back = made(period, today=date(2026, 8, 10)).get(assignee=world.member)

    assert (gone.waived_reason, back.waived_reason) == (PERSON_LEFT, "")
    assert gone.waived_at is not None
    assert back.waived_at is None


def test_what_was_done_before_leaving_stays_done(world):
    period = period_of(world.root, rule(act="write_pledge", item="pledge", who="members"))
    made(period)
    fulfil(
        campaign=period.campaign,
        period=period,
        act="write_pledge",
        by=world.member,
        at=moment(FIRST),
    )
    leave(world.member, date(2026, 7, 31))

    duty = made(period, today=date(2026, 8, 3)).get(assignee=world.member)

    assert duty.done_at == moment(FIRST)
    assert duty.waived_at is None


def test_a_transfer_takes_the_duty_along(world):
    period = period_of(world.root, rule(act="write_pledge", item="pledge", who="members"))
    made(period)
    leave(world.member, date(2026, 7, 31))
    AffiliationFactory(person=world.member, organisation=world.south, starts_on=date(2026, 8, 1))

    duty = made(period, today=date(2026, 8, 3)).get(assignee=world.member)

    assert duty.organisation == world.south
    assert duty.waived_at is None


def test_a_transferred_member_is_reviewed_by_the_new_secretary(world):
    asked = rule(act="branch_review", item="branch", who="secretary", about="each_member")
    period = period_of(world.root, asked)
    made(period)
    leave(world.member, date(2026, 7, 31))
    AffiliationFactory(person=world.member, organisation=world.south, starts_on=date(2026, 8, 1))

    duties = made(period, today=date(2026, 8, 3)).filter(about_person=world.member)

    assert set(duties.values_list("assignee__username", "waived_reason")) == {
        ("secretary", SUBJECT_LEFT),
        ("secretary2", ""),
    }


def hand_over(world, successor):
    Role.objects.filter(person=world.secretary, kind="secretary").update(ends_on=date(2026, 7, 31))
    RoleFactory(
        person=successor, kind="secretary", organisation=world.north, starts_on=date(2026, 8, 1)
    )


def test_secretary_duties_follow_the_role(world):
    asked = rule(act="branch_review", item="branch", who="secretary", about="each_member")
    period = period_of(world.root, asked)
    made(period)
    fulfil(
        campaign=period.campaign,
        period=period,
        act="branch_review",
        about_person=world.member2,
        by=world.secretary,
        at=moment(FIRST),
    )
    hand_over(world, world.member)

    duties = made(period, today=date(2026, 8, 3))

    old = duties.filter(assignee=world.secretary)
    assert set(old.values_list("done_by__username", "waived_reason")) == {
        ("secretary", ""),
        (None, ROLE_PASSED_ON),
    }
    new = duties.filter(assignee=world.member, waived_at=None)
    about = set(new.values_list("about_person__username", flat=True))
    assert about == {"secretary", "member3", "member4", "member5", "member6"}  # member2 was done


def test_what_the_branch_has_done_is_not_asked_of_the_successor(world):
    period = period_of(world.root, rule(act="review_pledges", item="pledge", who="secretary"))
    made(period)
    fulfil(
        campaign=period.campaign,
        period=period,
        act="review_pledges",
        by=world.secretary,
        at=moment(FIRST),
    )
    hand_over(world, world.member)

    duties = made(period, today=date(2026, 8, 3))

    assert who_owes(duties) == ["secretary", "secretary2"]
