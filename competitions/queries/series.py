"""A series of contests as one table (B06): points by place, or results added up, as the scheme says. One statement."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from competitions.models import Contest, Entrant
from scoring.numbers import Rounding, as_decimal

MOST_DRAWN = 20  # bars that can still be read
DIGITS = Rounding(2)
BY = {
    "points": "按名次积分相加",
    "sum": "公布的成绩相加",
    "mean": "参加各场的成绩平均",
}
TIES = {
    "firsts": "合计相同的，看谁的第一名多，再看第二名，依次类推；仍相同的名次并列",
    "last": "合计相同的，看最近一场的名次，再看上一场；仍相同的名次并列",
    "shared": "合计相同的，名次并列",
}
NEVER = 10**6  # the place of who was not there, when ties look at places


@dataclass(frozen=True)
class Standing:
    """One line: who, its place, its total, and what it comes from, contest by contest."""

    name: str
    place: int
    total: str
    count: int
    by_contest: list  # (contest, (place, score, what it counts), or None where it was not in)


@dataclass(frozen=True)
class Series:
    """Contests in the order they were held, and the standings, the best first."""

    contests: list
    standings: list


def contests_of(campaign, item, series, *, subject, period=None):
    """The published ones, oldest first."""
    rows = Contest.objects.filter(
        campaign=campaign, item=item, series=series, subject=subject, state="published"
    )
    rows = rows.filter(period=period) if period else rows
    return list(rows.order_by("held_on", "pk"))


def table_of(contests, options):
    """Who stands where after these contests, by the rule of the scheme's settings."""
    results = defaultdict(dict)
    names = {}
    rows = Entrant.objects.filter(contest__in=contests, place__isnull=False)
    for row in rows.order_by("contest__held_on", "contest", "number"):
        key = (row.person_id, row.window_id, row.branch_id) if row.has_subject else row.label
        names[key] = row.label
        results[key][row.contest_id] = (row.place, row.score, _counts(row, options))
    lines = [
        (_total(found, options), _tie_key(found, contests, options.series_tie), names[key], found)
        for key, found in results.items()
    ]
    lines.sort(key=lambda line: (-line[0], line[1], line[2]))
    standings = [
        Standing(
            name,
            1 + sum((-other, tie_of) < (-total, tie) for other, tie_of, _, _ in lines),
            told(total),
            len(found),
            [(contest, found.get(contest.pk)) for contest in contests],
        )
        for total, tie, name, found in lines
    ]
    return Series(contests, standings)


def _counts(row, options):
    """What one result counts: the points of its place, or the result itself."""
    if options.series_by == "points":
        points = options.series_points
        return Fraction(points[row.place - 1] if row.place <= len(points) else 0)
    return Fraction(Decimal(row.score))


def _total(found, options):
    total = sum((counts for _, _, counts in found.values()), Fraction(0))
    return total / len(found) if options.series_by == "mean" else total


def _tie_key(found, contests, tie):
    """Smaller is better."""
    places = [found[one.pk][0] if one.pk in found else NEVER for one in contests]
    if tie == "last":
        return tuple(reversed(places))
    if tie == "firsts":
        last = max((place for place in places if place != NEVER), default=0)
        return tuple(-places.count(place) for place in range(1, last + 1))
    return ()


def told(number):
    """As short as it is exact: 18, not 18.00; means to two decimals."""
    return f"{as_decimal(Fraction(number), DIGITS).normalize():f}"


def chart_of(series, caption):
    """The first of the same lines as the table, and the middle of all beside them."""
    lines = series.standings[:MOST_DRAWN]
    totals = sorted(float(line.total) for line in series.standings)
    half = len(totals) // 2
    middle = totals[half] if len(totals) % 2 else (totals[half - 1] + totals[half]) / 2
    return {
        "id": "series",
        "kind": "hbar",
        "labels": [line.name for line in lines],
        "series": [
            {"name": "合计", "values": [float(line.total) for line in lines]},
            {"name": "全体中位数", "values": [round(middle, 2)] * len(lines)},
        ],
        "caption": caption,
        "min": 0,
    }
