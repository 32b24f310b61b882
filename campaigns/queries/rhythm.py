"""一年节奏 (S11): which month asks what of whom, what came of it, and where nothing moved.

What counts is what was brought about (a pledge concluded with its evidence, a problem signed off), not forms
filled in. The apps above count that and register it here with `evidence`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from branches.models import under
from campaigns.models import Duty
from campaigns.models.document import ACTS
from campaigns.queries.overview import WHO

MONTHS = range(1, 13)
EVERY = {"weekly": 1, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
TIMES = {"weekly": 4}
_EVIDENCE: dict[str, Callable] = {}


def evidence(label):
    """Decorator of the apps above: a function (campaign, year, paths) -> {month: how many}."""

    def register(count):
        _EVIDENCE[label] = count
        return count

    return register


@dataclass
class Month:
    """One month of the year: what is asked, and how much of what fell due was done."""

    number: int
    asked: list = field(default_factory=list)  # (rule name, who, minutes)
    due: int = 0
    done: int = 0

    @property
    def minutes(self):
        return sum(minutes for *_, minutes in self.asked)


@dataclass(frozen=True)
class Row:
    """One kind of evidence through the year; None where the month has not come yet."""

    label: str
    cells: tuple

    @property
    def total(self):
        return sum(cell or 0 for cell in self.cells)


@dataclass(frozen=True)
class Year:
    year: int
    months: list
    rows: list
    at_any_time: list  # names of rules without a date
    still: list  # months gone by in which nothing was brought about


def year_of(campaign, plan, *, year, paths, today):
    """Three statements and one for each kind of evidence, whatever the number of people."""
    months = {number: Month(number) for number in MONTHS}
    for rule in plan.cadence:
        if plan.is_enabled(rule):
            for number in months_of(rule):
                months[number].asked.append(_asked(rule))
    _count_duties(campaign, months, year, paths)
    rows = [
        _row(label, count(campaign, year, paths), year, today) for label, count in _EVIDENCE.items()
    ]
    rows = [row for row in rows if row.total]
    loose = [rule.name for rule in plan.cadence if not months_of(rule) and plan.is_enabled(rule)]
    return Year(year, list(months.values()), rows, loose, _still(campaign, rows, year, today))


def months_of(rule):
    """The months in which the rule falls due; none for what is irregular or happens once."""
    step = EVERY.get(rule.frequency)
    if step is None:
        return []
    if rule.due is not None and rule.due.after_period:
        return sorted(first + step if first + step <= 12 else 1 for first in range(1, 13, step))
    shift = step - 1
    if rule.due is not None and rule.due.month:
        shift = min(rule.due.month, step) - 1
    elif rule.due is not None and rule.due.day > 0:
        shift = min((rule.due.day * 7 // 5 if rule.due.working_days else rule.due.day) // 31, shift)
    return [first + shift for first in range(1, 13, step)]


def _asked(rule):
    who = "、".join(WHO[one] for one in rule.who)
    return rule.name, who, ACTS[rule.act].minutes * TIMES.get(rule.frequency, 1)


def _count_duties(campaign, months, year, paths):
    duties = Duty.objects.filter(
        under(paths, "organisation__path"), campaign=campaign, waived_at=None, due_on__year=year
    )
    rows = duties.values(month=ExtractMonth("due_on")).annotate(
        due=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False))
    )
    for row in rows.order_by("month"):
        months[row["month"]].due, months[row["month"]].done = row["due"], row["done"]


def _row(label, found, year, today):
    found = defaultdict(int, found)
    return Row(label, tuple(_cell(found, year, number, today) for number in MONTHS))


def _cell(found, year, number, today):
    return None if date(year, number, 1) > today else found[number]


def _still(campaign, rows, year, today):
    """Months that are over, inside the campaign, without any evidence (防止一阵风)."""
    return [
        number
        for number in MONTHS
        if campaign.starts_on <= date(year, number, 1)
        and (year, number) < (today.year, today.month)
        and date(year, number, 1) <= campaign.ends_on
        and not any(row.cells[number - 1] for row in rows)
    ]
