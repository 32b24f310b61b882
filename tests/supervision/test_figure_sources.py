"""Fulfilment rates and scorecards lead to the rows they were counted from (issue 9, point 4; rows L19, S11)."""

import html
import re

import pytest
from django.urls import reverse

from supervision.queries.card_sources import LISTS, RATED, sources_of
from tests.factories import ClosingFactory, PledgeFactory, ScorecardFactory

CELL = re.compile(
    r'data-label="(公示|已兑现|未兑现|到期未认定)" class="num">\s*<a\s+href="([^"]+)"\s*>(\d+)<'
)


@pytest.fixture
def pledged(world):
    """North has pledges of people and of its window, kept, unkept, late and running; South one."""
    past, place = world.closed_period, {"organisation": world.north, "period": world.period}
    window = {"of_window": True, "owner_window": world.window}
    for status, many in (("kept", 3), ("unkept", 2), ("published", 1)):
        why = {"explanation": "设备没有到货"} if status == "unkept" else {}
        for _ in range(many):
            PledgeFactory(**place, **window, published=True, status=status, **why)
            PledgeFactory(**place, published=True, status=status, **why)
    late = {"due_on": past.ends_on, "starts_on": past.starts_on}
    PledgeFactory(**place, published=True, **late)
    PledgeFactory(**place)  # a draft is nobody's figure
    PledgeFactory(organisation=world.south, period=world.period, published=True)
    PledgeFactory(organisation=world.north, period=past, published=True)
    return world


def test_each_cell_of_the_rates_is_as_many_as_the_pledges_behind_it(pledged, as_person):
    """Row L19."""
    client = as_person(pledged.committee_member)
    page = client.get(reverse("pledges:pledge_rates")).content.decode()

    cells = CELL.findall(page)

    assert len(cells) == 4 * 3  # two branches and a window
    assert {count for _, _, count in cells} >= {"13", "6", "4", "3", "1", "0"}
    for label, address, count in cells:
        rows = client.get(html.unescape(address)).context["page"].paginator.count
        assert rows == int(count), (label, address)


def test_a_card_leads_to_the_lists_of_its_sources(pledged, as_person):
    """Of a window's card: its own pledges only; whoever may not see them sees none of them there."""
    card = ScorecardFactory(
        closing=ClosingFactory(period=pledged.period), subject="window", person=None,
        organisation=pledged.north, subject_id=pledged.window.pk,
        subject_name=pledged.window.name, window=pledged.window,
        inputs={"pledges": {"kept": 3, "total": 6}, "duties": {"done": 0, "total": 0}},
    )  # fmt: skip
    client = as_person(pledged.committee_member)

    links = dict(sources_of(card))

    assert list(links) == ["承诺", "职责"]
    assert client.get(links["承诺"]).context["page"].paginator.count == 6
    assert client.get(links["职责"]).status_code == 200
    stranger = as_person(pledged.far_secretary)
    assert stranger.get(links["承诺"]).status_code == 404


@pytest.mark.parametrize("key", [*LISTS, *RATED])
def test_every_kind_of_source_has_a_list_that_opens(world, as_person, key):
    card = ScorecardFactory(
        closing=ClosingFactory(period=world.closed_period), organisation=world.north,
        person=world.member, inputs={key: {}},
    )  # fmt: skip

    ((_, address),) = sources_of(card) or [(None, reverse("supervision:scorecard_list"))]

    assert as_person(world.secretary).get(address).status_code == 200


def test_garbage_for_an_owner_shows_the_list_without_it(pledged, as_person):
    client = as_person(pledged.committee_member)

    for value in ("x", "-1", "1 OR 1=1", "9" * 60, "²"):
        answer = client.get(reverse("pledges:pledge_list"), {"window": value, "person": value})
        assert answer.status_code == 200
