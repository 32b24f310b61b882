"""一年节奏: each month's asks and what came of them; evidence, not forms (S11)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.models.document import CadenceRule
from campaigns.queries.rhythm import months_of, year_of
from tests.factories import CampaignFactory, DutyFactory, PeriodFactory, PledgeFactory
from tests.factories.branches import moment

TODAY = date(2026, 8, 10)


@pytest.fixture
def campaign(world):
    return CampaignFactory(
        organisation=world.root, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )


@pytest.mark.parametrize(
    ("frequency", "due", "months"),
    [
        ("monthly", {"day": -3}, list(range(1, 13))),
        ("quarterly", {"day": 10, "working_days": True}, [1, 4, 7, 10]),
        ("quarterly", {"day": -5}, [3, 6, 9, 12]),
        ("quarterly", {"day": 5, "after_period": True}, [1, 4, 7, 10]),
        ("half_yearly", {"day": -1, "month": 3}, [3, 9]),
        ("yearly", {"day": -5, "month": 12}, [12]),
        ("irregular", None, []),
    ],
)
def test_the_months_of_a_rule(frequency, due, months):
    rule = CadenceRule(
        key="r", name="事", act="inspect", who=["office"], frequency=frequency, due=due
    )

    assert months_of(rule) == months


def concluded(world, period, branch, month):
    at = moment(date(2026, month, 5))
    PledgeFactory(
        period=period, organisation=branch, published=True, status="kept", concluded_at=at,
        concluded_by=world.secretary,
    )  # fmt: skip


def test_what_was_brought_about_stands_by_month_and_silence_is_named(world, campaign):
    period = PeriodFactory(campaign=campaign)
    concluded(world, period, world.north, 2)
    concluded(world, period, world.south, 5)
    DutyFactory(period=period, organisation=world.north, assignee=world.member,
                due_on=date(2026, 3, 31))  # fmt: skip

    whole = year_of(campaign, campaign.plan, year=2026, paths=[world.root.path], today=TODAY)
    north = year_of(campaign, campaign.plan, year=2026, paths=[world.north.path], today=TODAY)

    (row,) = whole.rows
    assert (row.label, row.total) == ("承诺有了结论", 2)
    assert row.cells[:9] == (0, 1, 0, 0, 1, 0, 0, 0, None)
    assert whole.still == [1, 3, 4, 6, 7]
    assert (whole.months[2].due, whole.months[2].done) == (1, 0)
    assert north.rows[0].total == 1


@time_machine.travel("2026-08-10 09:00+08:00")
def test_a_branch_sees_its_own_and_the_committee_may_choose(world, campaign, as_person):
    period = PeriodFactory(campaign=campaign)
    concluded(world, period, world.south, 5)
    url = reverse("campaigns:campaign_rhythm", args=[campaign.slug])

    member = as_person(world.member).get(url, {"branch": world.south.pk, "year": "2026"})
    committee = as_person(world.committee_member).get(url, {"branch": world.south.pk})

    assert member.context["chosen"] is None
    assert not member.context["rhythm"].rows
    assert committee.context["chosen"] == world.south
    assert committee.context["rhythm"].rows[0].total == 1


def test_the_page_costs_the_same_for_more_pledges(
    world, campaign, as_person, django_assert_num_queries
):
    client, period = as_person(world.committee_member), PeriodFactory(campaign=campaign)
    url = reverse("campaigns:campaign_rhythm", args=[campaign.slug])
    client.get(url)
    for count in (1, 3):
        for _ in range(count):
            concluded(world, period, world.north, 2)
        with django_assert_num_queries(13):
            client.get(url)
