"""效能公示 (S10): the figures a notice takes, and what the public reads: now and before."""

from dataclasses import dataclass

from competitions.models import Reading
from pledges.models import PublishedFigure

MOST = 400  # figures in one notice
PLACES = ("window", "branch")  # never a person's


def figures_for(period, organisation):
    """[{…}] of the period's readings of windows and branches below an organisation, ready to be published."""
    measures = {
        (item.key, measure.key): (item, measure)
        for item in period.plan.items_with("indicator")
        for measure in item.options.measures
    }
    rows = (
        Reading.objects.filter(period=period, person=None)
        .filter(organisation__path__startswith=organisation.path)
        .select_related("window", "branch")
        .order_by("organisation__path", "window__number", "window", "item", "measure", "pk")
    )
    found = []
    for row in rows[:MOST]:
        item, measure = measures.get((row.item, row.measure), (None, None))
        if measure is not None:
            found.append(_figure(row, item, measure))
    return found


def _figure(row, item, measure):
    better = "越少越好" if measure.better == "less" else "越多越好"
    return {
        "kind": "window" if row.window_id else "branch",
        "pk": row.window_id or row.branch_id,
        "place": str(row.window or row.branch),
        "key": f"{row.item}.{row.measure}"[:40],
        "label": measure.name[:60],
        "value": f"{row.value.normalize():f}{measure.unit or ''}"[:40],
        "n": row.cases or 0,
        "definition": f"{measure.note or f'{item.name}，{measure.name}'}；{better}"[:200],
        "note": row.note[:120],
    }


@dataclass(frozen=True)
class Line:
    """One measure of one place: the newest figure and the one before it."""

    now: PublishedFigure
    before: PublishedFigure | None


def public_lines(organisation):
    """[(window or branch, [Line])] of everything shown of an organisation's places; one statement."""
    rows = (
        PublishedFigure.objects.filter(window__organisation__path__startswith=organisation.path)
        | PublishedFigure.objects.filter(organisation__path__startswith=organisation.path)
    ).select_related("period", "window", "organisation")
    found = {}
    for row in rows.order_by("-period__starts_on", "-pk"):
        place = row.window or row.organisation
        found.setdefault(place, {}).setdefault(row.key, []).append(row)
    places = sorted(found, key=lambda place: (place.__class__.__name__ == "Window", place.pk))
    return [
        (
            place,
            [
                Line(kept[0], kept[1] if len(kept) > 1 else None)
                for _, kept in sorted(found[place].items())
            ],
        )
        for place in places
    ]
