"""What a closing gets from here: {subject pk: data} a source and kind, one statement each (docs/schemes.md §12)."""

from collections import defaultdict

from django.db.models import Count, Q

from competitions.models import (
    Activity,
    Attendance,
    Award,
    Benchmark,
    Entrant,
    Milestone,
    Reading,
    Target,
)


def contests(period, kind):
    """Places in the contests of the period that were published."""
    rows = Entrant.objects.filter(
        contest__period=period, contest__state="published", place__isnull=False
    ).filter(**{f"{kind}__isnull": False})
    found = defaultdict(list)
    for pk, place in rows.order_by("contest", "number").values_list(kind, "place"):
        found[pk].append({"place": place})
    return dict(found)


def activities(period, kind):
    """How often a person took part; how many a branch organised."""
    if kind == "person":
        rows = Attendance.objects.filter(activity__period=period).values_list("person")
    elif kind == "branch":
        rows = Activity.objects.filter(period=period).values_list("organisation")
    else:
        return {}
    return dict(rows.annotate(Count("pk")).order_by())


def streaks(period, kind):
    """Thresholds reached between the period's first and last day."""
    rows = Milestone.objects.filter(
        streak__campaign=period.campaign, reached_on__range=(period.starts_on, period.ends_on)
    )
    rows = rows.filter(**{f"streak__{kind}__isnull": False}).values_list(f"streak__{kind}")
    return dict(rows.annotate(Count("pk")).order_by())


def awards(period, kind):
    """Honours given in the period that were not taken back."""
    held = Award.objects.filter(period=period, revoked_reason="")
    rows = held.filter(**{f"{kind}__isnull": False}).values_list(kind)
    return dict(rows.annotate(Count("pk")).order_by())


def indicators(period, kind):
    """The plan's first measure: its value, the benchmark as target, the figure before."""
    item = period.plan.item_with("indicator")
    if item is None or not item.options.measures:
        return {}
    first = {"campaign": period.campaign, "item": item.key, "measure": item.options.measures[0].key}
    benchmark = Benchmark.objects.filter(**first).first()
    rows = Reading.objects.filter(**first, **{f"{kind}__isnull": False}).filter(
        period__starts_on__lte=period.starts_on
    )
    found, before = {}, {}
    for pk, of, value in rows.order_by("period__starts_on").values_list(kind, "period", "value"):
        if of == period.pk:
            found[pk] = {"value": _number(value)}
        else:
            before[pk] = _number(value)
    for pk, data in found.items():
        data |= {"previous": before[pk]} if pk in before else {}
        data |= {"target": _number(benchmark.value)} if benchmark else {}
    return found


def targets(period, kind):
    """Met of those that fell due by the end of the period."""
    rows = (
        Target.objects.filter(
            period=period, due_on__lte=period.ends_on, **{f"{kind}__isnull": False}
        )
        .values_list(kind)
        .annotate(done=Count("pk", filter=Q(state="met")), total=Count("pk"))
        .order_by()
    )
    return {pk: {"done": done, "total": total} for pk, done, total in rows}


def _number(value):
    """Exact, as JSON holds it."""
    return f"{value.normalize():f}"


FEEDS = {
    "contests": contests,
    "activities": activities,
    "streaks": streaks,
    "awards": awards,
    "indicators": indicators,
    "targets": targets,
}
