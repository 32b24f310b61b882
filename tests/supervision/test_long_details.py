"""Pages of one thing that has three hundred rows: paged, and no more statements than with one (issue 7)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competitions.models import Shift, Visit
from pledges.models import PledgeProgress
from supervision.models import Draw, GuideVisit, RecheckDraw, Rectification, Standing, Step
from tests.factories import (
    InspectionFactory,
    OrganisationFactory,
    PledgeFactory,
    WindowFactory,
)
from tests.factories.competitions import (
    NominationFactory,
    PairFactory,
    SelectionFactory,
    StreakFactory,
)
from tests.supervision.test_ledger import office
from tests.supervision.test_standings import RULES

__all__ = ["office"]


@pytest.fixture
def classified(office):
    """With a ledger and with classes."""
    version = office.period.scheme_version
    version.refresh_from_db()
    version.document = {**version.document, "classification": RULES}
    version.digest = "with a ledger and classes"
    version.save()
    return office


def address(app, name, row):
    return reverse(f"{app}:{name}", args=[row.pk])


def item_of(world):
    return Rectification.objects.create(
        campaign=world.campaign, period=world.period, organisation=world.north, source="self_found",
        problem="长行", due_on=date(2026, 3, 1), first_due_on=date(2026, 3, 1),
        found_by=world.inspector, found_at=timezone.now(),
    )  # fmt: skip


def ledger(world, count):
    item = item_of(world)
    Step.objects.bulk_create(
        Step(item=item, kind=Step.Kind.PLANNED, text="长行", by=world.secretary, at=timezone.now())
        for _ in range(count)
    )
    return address("supervision", "ledger_detail", item)


def findings(world, count):
    inspection = InspectionFactory(
        period=world.period, organisation=world.north,
        points={f"长行{n}": n % 2 == 0 for n in range(count)},
    )  # fmt: skip
    return address("supervision", "inspection_detail", inspection)


def draw(world, count):
    row = Draw.objects.create(
        campaign=world.campaign, period=world.period, subject="window", seed="s", count=count,
        pool=[[n, f"长行{n}", 0] for n in range(count)], drawn_at=timezone.now(),
        drawn_by=world.officer,
    )  # fmt: skip
    return address("supervision", "draw_detail", row)


def rechecks(world, count):
    items = [item_of(world) for _ in range(count)]
    row = RecheckDraw.objects.create(
        campaign=world.campaign, period=world.period, signed_off_until=date(2026, 1, 1), seed="s",
        pool=[item.pk for item in items], count=count, drawn_at=timezone.now(),
        drawn_by=world.officer,
    )  # fmt: skip
    Rectification.objects.update(recheck_draw=row)
    return address("supervision", "recheck_detail", row)


def guide_visits(world, count):
    standing = Standing.objects.create(
        period=world.period, subject="branch", proposed="middle",
        organisation=world.north if count == 1 else world.south,
        proposed_at=timezone.now(), decided="middle", decided_at=timezone.now(),
        decided_by=world.officer,
    )  # fmt: skip
    GuideVisit.objects.bulk_create(
        GuideVisit(
            standing=standing, visited_on=date(2026, 3, 1), found="长行", written_at=timezone.now(),
            written_by=world.officer,
        )
        for _ in range(count)
    )  # fmt: skip
    return address("supervision", "standing_detail", standing)


def progress(world, count):
    pledge = PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=world.member
    )
    PledgeProgress.objects.bulk_create(
        PledgeProgress(
            pledge=pledge, note="长行", noted_at=timezone.now(), noted_by=world.member
        )
        for _ in range(count)
    )  # fmt: skip
    return address("pledges", "pledge_detail", pledge)


def pair_visits(world, count):
    pair = PairFactory(campaign=world.campaign, organisation=world.root)
    Visit.objects.bulk_create(
        Visit(
            pair=pair, visited_on=date(2026, 3, 1), text="长行", noted_by=world.officer,
            noted_at=timezone.now(),
        )
        for _ in range(count)
    )  # fmt: skip
    return address("competitions", "pair_detail", pair)


def shifts(world, count):
    streak = StreakFactory(campaign=world.campaign, organisation=world.north)
    Shift.objects.bulk_create(
        Shift(
            streak=streak, number=n, worked_on=date(2026, 3, 1), clean=0, reason="长行",
            noted_by=world.officer, noted_at=timezone.now(),
        )
        for n in range(count)
    )  # fmt: skip
    return address("competitions", "streak_detail", streak)


def candidates(world, count):
    selection = SelectionFactory(
        period=world.period, organisation=world.north, subject="window", title=f"title{count}"
    )
    for n in range(count):
        window = WindowFactory(organisation=world.north, name=f"长行{count}之{n}")
        NominationFactory(
            selection=selection, person=None, window=window, subject_key=f"window:{window.pk}",
            state="candidate",
        )  # fmt: skip
    return address("competitions", "selection_detail", selection)


def branches(world, count):
    for _ in range(min(count, 100)):
        OrganisationFactory(parent=world.root, name="长行支部")
        WindowFactory(organisation=world.south)
    return address("branches", "organisation_detail", world.root)


MADE = [
    ledger, findings, draw, rechecks, guide_visits, progress, pair_visits, shifts, candidates,
    branches,
]  # fmt: skip


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.__name__)
def test_three_hundred_rows_are_paged_at_no_more_statements(classified, as_person, made):
    world = classified
    client = as_person(world.committee_member)
    counts = []
    for count in (1, 300):
        url = made(world, count)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url).content.decode()
        counts.append(len(asked))

    assert 30 <= page.count("长行") <= 260
    assert "分页" in page
    assert counts[1] <= counts[0] + 1, counts
