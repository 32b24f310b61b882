"""横向 and 纵向: one query for chart and table; medians are scoring's (B04)."""

from dataclasses import dataclass, replace
from fractions import Fraction

from competitions.models import Benchmark, Reading
from scoring.numbers import Rounding, as_decimal
from scoring.sample import bag_of, statistic

FEWEST_RANKED = 5  # alike subjects below which no places are given, only where one lies
DIGITS = Rounding(2)


@dataclass(frozen=True)
class Line:
    """A subject among those alike: its figure, its place or why there is none."""

    subject: object
    pk: int
    value: float
    place: int | None
    where: str


@dataclass(frozen=True)
class Group:
    """Subjects of one kind and one unit type."""

    name: str
    lines: list
    count: int
    median: str
    lowest: str
    highest: str


def horizontal(period, item, measure, kind):
    """Like units of the same type, the better first; places only among enough of them."""
    rows = (
        Reading.objects.filter(period=period, item=item, measure=measure.key)
        .filter(**{f"{kind}__isnull": False})
        .select_related(kind, "organisation__unit_type")
        .order_by("organisation__path", "pk")
    )
    groups = {}
    for row in rows:
        unit_type = row.organisation.unit_type
        groups.setdefault(unit_type.name if unit_type else "", []).append(row)
    return [_group(name, members, measure) for name, members in sorted(groups.items())]


def _group(name, rows, measure):
    sign = 1 if measure.better == "less" else -1
    rows = sorted(rows, key=lambda row: (sign * row.value, row.pk))
    bag = bag_of(Fraction(row.value) for row in rows)
    median = statistic(bag, "median")
    places = [1 + sum(sign * other.value < sign * row.value for other in rows) for row in rows]
    ranked = len(rows) >= FEWEST_RANKED
    lines = [
        Line(
            row.subject,
            row.subject_id,
            float(row.value),
            place if ranked else None,
            _where(Fraction(row.value), median),
        )
        for row, place in zip(rows, places, strict=True)
    ]
    return Group(
        name=name, lines=lines, count=len(lines), median=told(median),
        lowest=told(statistic(bag, "lowest")), highest=told(statistic(bag, "highest")),
    )  # fmt: skip


def part_of(groups, lines):
    """The groups with those of the lines that are on the page; what is said of a group stays of all."""
    shown = {id(line) for line in lines}
    parts = [
        replace(group, lines=[one for one in group.lines if id(one) in shown]) for group in groups
    ]
    return [part for part in parts if part.lines]


def _where(value, median):
    if value == median:
        return "与中位数相同"
    return "高于中位数" if value > median else "低于中位数"


def vertical(campaign, item, measure, kind, pk):
    """[(reading, own value, median of those alike)] of one subject's own past, oldest first."""
    own = list(
        Reading.objects.filter(campaign=campaign, item=item, measure=measure, **{kind: pk})
        .select_related("period", "noted_by")
        .order_by("period__starts_on")
    )
    alike = Reading.objects.filter(
        campaign=campaign, item=item, measure=measure, **{f"{kind}__isnull": False}
    ).values_list("period", "value")
    values = {}
    for period, value in alike:
        values.setdefault(period, []).append(Fraction(value))
    return [
        (row, float(row.value), float(statistic(bag_of(values[row.period_id]), "median")))
        for row in own
    ]


def benchmark_of(campaign, item, measure):
    return Benchmark.objects.filter(campaign=campaign, item=item, measure=measure).first()


def told(number):
    return str(as_decimal(Fraction(number), DIGITS))


def horizontal_chart(groups, measure, benchmark):
    """Every subject a bar, the benchmark beside it; the same figures stand in the table."""
    lines = [line for group in groups for line in group.lines]
    series = [{"name": measure.name, "values": [line.value for line in lines]}]
    if benchmark:
        series.append({"name": benchmark.name, "values": [float(benchmark.value)] * len(lines)})
    return {
        "id": "horizontal",
        "kind": "hbar",
        "labels": [str(line.subject) for line in lines],
        "series": series,
        "caption": f"{measure.name} 横向比",
        "unit": measure.unit or "",
        "min": 0,
    }


def vertical_chart(past, measure, benchmark):
    series = [
        {"name": measure.name, "values": [value for _, value, _ in past]},
        {"name": "同类中位数", "values": [median for _, _, median in past]},
    ]
    if benchmark:
        series.append({"name": benchmark.name, "values": [float(benchmark.value)] * len(past)})
    return {
        "id": "vertical",
        "kind": "line",
        "labels": [row.period.name for row, _, _ in past],
        "series": series,
        "caption": f"{measure.name} 纵向比",
        "unit": measure.unit or "",
        "min": 0,
    }
