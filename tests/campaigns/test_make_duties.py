from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.actions import make_duties, start_campaign
from campaigns.models import Duty, WorkdayException
from campaigns.models.document.cadence import ACTS
from common.dates import ONE_DAY
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
    SchemeVersionFactory,
    UnitTypeFactory,
    WindowFactory,
)
from tests.factories.branches import moment
from tests.factories.document import plan

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def rule(**fields):
    return (
        {
            "key": "the_rule",
            "name": "规则",
            "who": "participants",
            "frequency": "quarterly",
            "due": {"day": -1},
        }
        | fields
        | {"who": [fields.get("who", "participants")]}
    )


def period_of(organisation, *rules, starts_on=FIRST, ends_on=LAST, **parts):
    """A campaign of one quarter whose plan has these cadence rules."""
    version = SchemeVersionFactory(document=plan(cadence=list(rules), **parts))
    campaign = start_campaign(
        version,
        slug=f"plan-{version.pk}",
        name="活动",
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        by=None,
        at=moment(starts_on),
    )
    return campaign.periods.get(starts_on=starts_on)


def made(period, *, today=FIRST):
    make_duties(period, today=today, at=moment(today))
    return Duty.objects.filter(period=period).order_by("due_on", "assignee__username", "pk")


def who_owes(duties):
    return sorted(duties.values_list("assignee__username", flat=True))


NORTH = ["member", "member2", "member3", "member4", "member5", "member6", "secretary", "staff"]
SOUTH = [f"neighbour{number}" for number in range(1, 6)] + ["secretary2"]


def test_each_member_owes_a_pledge_and_staff_does_not(world):
    period = period_of(world.root, rule(act="write_pledge", item="pledge", who="members"))

    duties = made(period).filter(organisation__in=[world.north, world.south])

    assert who_owes(duties) == sorted([*NORTH[:-1], *SOUTH])
    duty = duties.get(assignee=world.member)
    assert (duty.organisation, duty.starts_on, duty.due_on) == (world.north, FIRST, LAST)
    assert (duty.act, duty.title, duty.minutes) == ("write_pledge", "规则", 15)


def test_participants_are_those_whom_the_plan_names(world):
    """Row R05."""
    asked = rule(act="write_pledge", item="pledge")

    everybody = made(period_of(world.root, asked))
    only_staff = made(period_of(world.root, asked, participants=["staff"]))

    assert {"staff", "member"} <= set(who_owes(everybody))
    assert who_owes(only_staff) == ["staff"]


def test_people_of_another_tree_owe_nothing(world):
    duties = made(period_of(world.root, rule(act="write_pledge", item="pledge")))

    assert "stranger" not in who_owes(duties)


def test_the_secretary_reviews_each_member_of_the_own_branch(world):
    asked = rule(act="branch_review", item="branch", who="secretary", about="each_participant")

    duties = made(period_of(world.root, asked))

    north = duties.filter(assignee=world.secretary)
    assert sorted(north.values_list("about_person__username", flat=True)) == [*NORTH[:6], "staff"]
    assert set(north.values_list("organisation", flat=True)) == {world.north.pk}
    assert duties.filter(assignee=world.secretary2).count() == len(SOUTH) - 1


def test_a_general_branch_secretary_leaves_members_to_the_nearest_secretary(world):
    RoleFactory(person=world.committee_member, kind="secretary", organisation=world.root)
    asked = rule(act="branch_review", item="branch", who="secretary", about="each_member")

    duties = made(period_of(world.root, asked))

    assert set(duties.values_list("assignee__username", flat=True)) == {"secretary", "secretary2"}


def test_every_leader_owes_one_review_whatever_the_number_of_scopes(world):
    RoleFactory(person=world.leader, kind="leader", organisation=world.south)

    duties = made(period_of(world.root, rule(act="leader_review", item="leader", who="leader")))

    assert who_owes(duties) == ["leader"]


def test_an_inspector_owes_each_window(world):
    """Row S02."""
    closed = WindowFactory(organisation=world.north, name="旧窗口", closed_on=FIRST - ONE_DAY)
    asked = rule(act="inspect", item="inspect", who="inspector", about="each_window")

    duties = made(period_of(world.root, asked))

    windows = set(duties.values_list("about_window", flat=True))
    assert windows == {world.window.pk, world.window2.pk}
    assert closed.pk not in windows


def test_the_holder_of_a_post_owes_for_the_own_window(world):
    asked = rule(act="write_pledge", item="pledge", who="members", about="own_window")

    duties = made(period_of(world.root, asked))

    assert set(duties.values_list("assignee__username", "about_window")) == {
        ("member", world.window.pk),
        ("neighbour1", world.window2.pk),
    }


def test_a_secretary_owes_for_the_own_branch(world):
    asked = rule(act="write_pledge", item="pledge", who="secretary", about="own_branch")

    duties = made(period_of(world.root, asked))

    assert set(duties.values_list("assignee__username", "about_organisation")) == {
        ("secretary", world.north.pk),
        ("secretary2", world.south.pk),
    }


@pytest.mark.parametrize(
    ("frequency", "due", "dates"),
    [
        ("monthly", {"day": 5}, [date(2026, 7, 5), date(2026, 8, 5), date(2026, 9, 5)]),
        ("monthly", {"day": -1}, [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)]),
        ("quarterly", {"month": 2, "day": 10}, [date(2026, 8, 10)]),
        ("half_yearly", {"day": -1}, []),
        ("half_yearly", {"month": 3, "day": 1}, [date(2026, 9, 1)]),
        ("yearly", {"month": 9, "day": 30}, [date(2026, 9, 30)]),
        ("yearly", {"month": 12, "day": 1}, []),
        ("once", {"day": 10}, []),
        ("irregular", None, []),
    ],
)
def test_due_days_by_frequency(world, frequency, due, dates):
    """Rows T02, T04."""
    asked = rule(act="inspect", item="inspect", who="inspector", frequency=frequency, due=due)
    period = period_of(world.root, asked, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    third = period.campaign.periods.create(
        scheme_version=period.scheme_version,
        key="2026-Q3",
        name="三季度",
        starts_on=FIRST,
        ends_on=LAST,
    )

    assert list(made(third).values_list("due_on", flat=True)) == dates


def test_weekly_duties_fall_on_each_week_once(world):
    asked = rule(act="inspect", item="inspect", who="inspector", frequency="weekly", due={"day": 5})

    duties = list(made(period_of(world.root, asked)))

    assert [duty.due_on.weekday() for duty in duties] == [4] * len(duties)
    assert len(duties) == 13  # (Fridays from 3 July to 25 September 2026)
    assert duties[0].title == "规则（第27周）"


def test_working_days_skip_the_national_day_holiday(world):
    asked = rule(
        act="inspect", item="inspect", who="inspector", due={"day": 1, "working_days": True}
    )

    period = period_of(world.root, asked, starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))

    assert made(period, today=period.starts_on).get().due_on == date(2026, 10, 8)


def test_working_days_are_those_of_the_stored_calendar(world):
    """D12: a holiday that the office entered moves the due day."""
    asked = rule(
        act="inspect", item="inspect", who="inspector", due={"day": 1, "working_days": True}
    )
    for day in (1, 2):
        WorkdayException.objects.create(day=date(2027, 7, day), is_working=False, name="测试假")

    period = period_of(world.root, asked, starts_on=date(2027, 7, 1), ends_on=date(2027, 9, 30))

    assert made(period, today=period.starts_on).get().due_on == date(2027, 7, 5)


def test_what_is_done_after_the_end_is_due_so_many_working_days_later(world):
    after = {"day": 5, "working_days": True, "after_period": True}
    asked = rule(act="close_period", who="committee", due=after, frequency="monthly")
    period = period_of(world.root, asked)

    duty = made(period).first()

    assert duty.starts_on == date(2026, 8, 1)
    assert duty.due_on == date(2026, 8, 7)


def test_a_campaign_that_begins_in_the_middle_asks_in_what_is_left(world):
    asked = rule(act="inspect", item="inspect", who="inspector", due={"day": 10})

    period = period_of(world.root, asked, starts_on=date(2026, 8, 1))

    assert made(period).get().due_on == date(2026, 8, 10)


def test_a_rule_of_a_stage_asks_only_within_it(world):
    asked = rule(
        act="inspect",
        item="inspect",
        who="inspector",
        frequency="monthly",
        due={"day": 15},
        stages=["second"],
    )
    stages = [
        {"key": "first", "name": "一", "starts_on": "2026-07-01", "ends_on": "2026-08-01"},
        {"key": "second", "name": "二", "starts_on": "2026-08-02", "ends_on": "2026-09-30"},
    ]

    duties = made(period_of(world.root, asked, stages=stages))

    assert list(duties.values_list("due_on", flat=True)) == [date(2026, 8, 15), date(2026, 9, 15)]


def test_a_unit_type_is_inherited_from_above(world):
    group = OrganisationFactory(parent=world.north, name="一组", code="G1", kind="group")
    PersonFactory(username="grouped", organisation=group)
    world.north.unit_type = UnitTypeFactory(key="window_service", name="窗口服务")
    world.north.save()
    asked = rule(act="write_pledge", item="pledge", who="members", unit_types=["window_service"])

    duties = made(period_of(world.root, asked))

    assert who_owes(duties) == sorted([*NORTH[:-1], "grouped"])


def test_what_is_not_built_yet_produces_nothing(world, monkeypatch):
    monkeypatch.setitem(ACTS, "update_sign", replace(ACTS["update_sign"], enabled=False))
    asked = rule(act="update_sign", item="sign", who="members")

    assert not made(period_of(world.root, asked)).exists()


def test_public_rules_produce_nothing(world):
    asked = rule(act="rate_window", item="public", who="public", frequency="irregular", due=None)

    assert not made(period_of(world.root, asked)).exists()


def test_a_branch_too_small_for_a_sealed_round_gets_no_ballot_duty(world):
    asked = rule(act="peer_ballot", item="peers", who="members")
    small = OrganisationFactory(parent=world.root, name="小支部", code="SMALL")
    PersonFactory(username="lonely", organisation=small)

    duties = made(period_of(world.root, asked))

    assert who_owes(duties) == sorted([*NORTH[:-1], *SOUTH])


def test_the_number_of_statements_does_not_grow_with_the_people(world):
    with CaptureQueriesContext(connection) as few:
        make_duties(period_of_all(world), today=FIRST, at=moment(FIRST))
    for number in range(30):
        PersonFactory(username=f"extra{number}", organisation=world.north)
    with CaptureQueriesContext(connection) as many:
        make_duties(period_of_all(world), today=FIRST, at=moment(FIRST))

    assert len(few) == len(many)
    assert Duty.objects.filter(assignee__username="extra29").exists()


def period_of_all(world):
    period = period_of(world.root, *plan()["cadence"])
    period.campaign.organisation  # noqa: B018  (fetched before the statements are counted)
    return period


def test_a_hundred_people_are_one_insert(world):
    period = period_of(world.root, rule(act="write_pledge", item="pledge", who="members"))

    with CaptureQueriesContext(connection) as queries:
        make_duties(period, today=FIRST, at=moment(FIRST))

    inserts = [q for q in queries if q["sql"].lstrip().startswith("INSERT INTO campaigns_duty")]
    assert len(inserts) == 1


def test_days_before_the_campaign_are_not_asked(world):
    asked = rule(
        act="inspect", item="inspect", who="inspector", frequency="monthly", due={"day": 20}
    )
    period = period_of(world.root, asked, starts_on=date(2026, 8, 25))

    dates = list(made(period).values_list("due_on", flat=True))

    assert dates == [date(2026, 8, 31), date(2026, 9, 20)]
    assert dates[0] - timedelta(days=6) == period.starts_on
