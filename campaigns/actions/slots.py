"""When a cadence rule asks for something inside one period."""

from datetime import date, timedelta
from typing import NamedTuple

from common.dates import range_of, ranges_between, week_name

KINDS = {
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "half_yearly": "half",
    "yearly": "year",
}


class Slot(NamedTuple):
    """One occurrence: from when it can be done, until when, and who belonged on which day counts."""

    starts_on: date
    due_on: date
    as_of: date
    label: str


def slots_of(rule, period, *, stages, is_working_day, today):
    """The rule's occurrences that fall due inside the period. `stages`: key → stage of the campaign."""
    wanted = [stages[key] for key in rule.stages if key in stages]
    if rule.stages and not wanted:
        return []
    slots = []
    for first, last in _ranges(rule, period, wanted):
        due_on = _due_on(rule, first, last, period.campaign, is_working_day)
        asked_on, starts_on = due_on, max(first, period.starts_on)
        if _is_after(rule):
            asked_on = min(last, period.campaign.ends_on)
            starts_on = asked_on + timedelta(days=1)
        if _asked(asked_on, period, wanted):
            slots.append(Slot(starts_on, due_on, min(today, due_on), _label(rule, first, period)))
    return slots


def _is_after(rule):
    """What can only be done when the period is over, such as closing it."""
    return rule.due is not None and rule.due.after_period


def _ranges(rule, period, wanted):
    if rule.frequency in KINDS:
        return ranges_between(KINDS[rule.frequency], period.starts_on, period.ends_on)
    if rule.frequency != "once":
        return []
    if wanted:
        return [(min(s.starts_on for s in wanted), max(s.ends_on for s in wanted))]
    return [(period.campaign.starts_on, period.campaign.ends_on)]


def _due_on(rule, first, last, campaign, is_working_day):
    """The rule's day; where the campaign begins or ends in between, its day in what is left."""
    if rule.due is None:
        return min(last, campaign.ends_on)
    if rule.due.after_period:
        return rule.due.within(first, min(last, campaign.ends_on), is_working_day)
    due_on = rule.due.within(first, last, is_working_day)
    if rule.frequency == "weekly" or campaign.starts_on <= due_on <= campaign.ends_on:
        return due_on
    rest = max(first, campaign.starts_on), min(last, campaign.ends_on)
    return rule.due.model_copy(update={"month": None}).within(*rest, is_working_day)


def _asked(due_on, period, wanted):
    if not period.starts_on <= due_on <= period.ends_on:
        return False
    return not wanted or any(stage.starts_on <= due_on <= stage.ends_on for stage in wanted)


def _label(rule, first, period):
    """Which one it is, when a period holds several."""
    if rule.frequency == "weekly":
        return week_name(first)
    is_one_of_many = rule.frequency == "monthly" and (
        range_of("month", period.starts_on) != range_of("month", period.ends_on)
    )
    return f"{first.month}月" if is_one_of_many else ""
