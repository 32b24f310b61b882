"""From each figure of the board to the rows it was counted from: as many, of the same period, of the same place.

Issue 9, point 4; rows S11, P27.
"""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.actions import rectifications
from supervision.actions.rollups import refresh_rollups
from supervision.models import Rectification
from supervision.queries import dashboard
from tests.factories import (
    DutyFactory,
    FeedbackFactory,
    PledgeFactory,
    RatingCountFactory,
    RoundFactory,
)
from tests.supervision.test_ledger import office  # noqa: F401 (a fixture)

WHERE = ["", "NORTH", "SOUTH"]


@pytest.fixture
def counted(office):  # noqa: F811
    """Something of everything in both branches, never the same number of them; more of it in last quarter."""
    world, day = office, timezone.localdate()
    for number, branch in enumerate((world.north, world.south), 1):
        window = (world.window, world.window2)[number - 1]
        _of_a_period(world, branch, window, world.period, number)
        for _ in range(number):
            item = Rectification(
                campaign=world.campaign, period=world.period, organisation=branch,
                source="self_found", problem="排队时间长", due_on=day + timedelta(days=10),
            )  # fmt: skip
            rectifications.add_rectification(item, by=world.inspector, at=timezone.now())
    _of_a_period(world, world.north, world.window, world.closed_period, 5)
    refresh_rollups(world.period, at=timezone.now())
    refresh_rollups(world.closed_period, at=timezone.now())
    return world


def _of_a_period(world, branch, window, period, many):
    late, day = timezone.localdate() - timedelta(days=1), min(period.ends_on, timezone.localdate())
    place = {"period": period, "organisation": branch}
    people = world.members(branch)[:many]
    for person in people:
        DutyFactory(**place, assignee=person, act="self_review", due_on=late)
        DutyFactory(**place, assignee=person, act="branch_review", due_on=late)
        DutyFactory(
            **place,
            assignee=person,
            act="pledge",
            waived_at=timezone.now(),
            waived_reason="病假",
            due_on=late,
        )
        PledgeFactory(**place, published=True)
        PledgeFactory(**place)  # a draft hangs nowhere
        FeedbackFactory(
            campaign=world.campaign, window=window, is_bad=True,
            week_on=day - timedelta(days=day.weekday()),
        )  # fmt: skip
    RoundFactory(**place)
    RatingCountFactory(
        campaign=world.campaign, window=window, day=day, channel="qr", question="overall",
        level="satisfied", count=20 * many,
    )  # fmt: skip


def sources(client, code, period):
    """{label: address behind the figure}"""
    query = {"period": period.key} | ({"org": code} if code else {})
    text = client.get(reverse("supervision:dashboard", query=query)).content.decode()
    found = re.findall(
        r'<a class="stat[^"]*" href="([^"]+)">\s*<span class="stat-label">([^<]+)', text
    )
    return {label: html.unescape(address) for address, label in found}


def rows_behind(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["page"].paginator.count


@pytest.mark.parametrize("code", WHERE)
@pytest.mark.parametrize("span", ["period", "closed_period"])
def test_each_figure_is_as_many_as_the_rows_it_leads_to(counted, as_person, code, span):
    person, period = counted.committee_member, getattr(counted, span)
    client = as_person(person)
    links = sources(client, code, period)
    below = getattr(counted, code.lower()).path if code else ""
    spans = dashboard.spans(person, counted.campaign.pk, below=below)
    figures, _ = dashboard.shown_and_compared(spans, period, "")
    bad = dashboard.bad_ratings(person, period, today=timezone.localdate(), below=below)

    behind = {label: rows_behind(client, address) for label, address in links.items()}

    assert behind["职责完成"] == figures.duties_overdue
    assert behind["点评"] == figures.reviews_due
    assert behind["差评意见"] == bad["received"]
    assert behind["公示承诺"] == figures.pledges
    assert behind["互评参评"] * 8 == figures.ballots_due
    if span == "period":  # what runs is told as it is now
        assert behind["整改"] == figures.ledger_running > 0
    assert any(behind.values()) or code == "SOUTH"


@pytest.mark.parametrize("code", WHERE)
def test_the_ratings_behind_the_rate_add_up_to_its_n(counted, as_person, code):
    """Row P27."""
    client = as_person(counted.committee_member)
    below = getattr(counted, code.lower()).path if code else ""
    spans = dashboard.spans(counted.committee_member, counted.campaign.pk, below=below)
    figures, _ = dashboard.shown_and_compared(spans, counted.period, "")

    lines = client.get(sources(client, code, counted.period)["群众满意率"]).context["lines"]

    assert sum(one.n for line in lines for one in (*line.verified, *line.open)) == figures.ratings


@pytest.mark.parametrize(
    "name",
    [
        "campaigns:duty_list", "evaluations:review_list", "evaluations:rating_list",
        "evaluations:feedback_list", "evaluations:round_list", "pledges:pledge_list",
        "supervision:ledger_list", "supervision:scorecard_list",
    ],
)  # fmt: skip
def test_a_place_is_kept_while_filtering_taken_off_with_a_tap_and_never_opens_another_tree(
    counted, as_person, name
):
    client = as_person(counted.committee_member)

    page = client.get(reverse(name), {"org": "NORTH"}).content.decode()

    assert '<input type="hidden" name="org" value="NORTH">' in page
    assert "只看：第一支部" in page
    assert client.get(reverse(name), {"org": "FAR"}).status_code == 404
    assert client.get(reverse(name), {"org": "\x00' OR 1"}).status_code in {400, 404}
