"""Ratings by channel, verified and open apart, and the days and hours that look made up (C6 to C8)."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from django.db.models import Sum

from branches.models import Window, under
from campaigns.queries.calendar import working_calendar
from evaluations.models import RatingCount, RatingHour
from evaluations.queries.ratings import satisfaction_of
from scoring import wilson_interval

BURST_LEAST, BURST_TIMES = 20, 5  # a day of at least so many, and so many times the usual
REST_LEAST = (
    10  # a counter may be open on a Saturday; many ratings then are for somebody to look at
)
HOUR_LEAST, HOUR_TIMES = 12, 6  # the same within an hour: a queue is served one after the other
OPEN_HOURS = range(7, 20)  # ratings at night do not come from a counter
NIGHT_LEAST = 3
SAME_LEAST = 20  # answers of one day in one channel, all alike


@dataclass(frozen=True)
class Figure:
    """One channel's ratings of a window."""

    channel: str
    n: int
    share: float | None
    low: float | None
    high: float | None
    bad: int


@dataclass(frozen=True)
class Line:
    window: Window
    verified: tuple
    open: tuple
    flags: tuple  # (day, channel name, what is strange)


def windows_of(period, paths):
    return (
        Window.objects.filter(organisation__path__startswith=period.campaign.organisation.path)
        .filter(under(paths, "organisation__path"))
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )


def lines(period, windows, *, until=None):
    """A line per window; one statement for all counts, one for the calendar. `until` a day, or all."""
    plan = period.plan
    if plan.satisfaction is None:
        return []
    days, hours = _days(period, windows, until or period.ends_on), _hours(period, windows)
    is_working_day = working_calendar()
    return [
        _line(plan, window, days[window.pk], hours[window.pk], is_working_day) for window in windows
    ]


def _days(period, windows, until):
    """{window: {channel: {day: {level: count}}}} of the overall question."""
    rows = (
        RatingCount.objects.filter(
            campaign=period.campaign_id,
            window__in=[window.pk for window in windows],
            day__range=(period.starts_on, until),
            question=period.plan.satisfaction.question,
        )
        .values_list("window", "channel", "day", "level")
        .annotate(total=Sum("count"))
        .order_by("window", "channel", "day", "level")
    )
    found = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for window, channel, day, level, total in rows:
        if total:
            found[window][channel][day][level] = total
    return found


def _hours(period, windows):
    """{window: {channel: {(day, hour): count}}}"""
    rows = RatingHour.objects.filter(
        campaign=period.campaign_id,
        window__in=[window.pk for window in windows],
        day__range=(period.starts_on, period.ends_on),
    ).order_by("window", "channel", "day", "hour")
    found = defaultdict(lambda: defaultdict(dict))
    for window, channel, day, hour, count in rows.values_list(
        "window", "channel", "day", "hour", "count"
    ):
        found[window][channel][day, hour] = count
    return found


def _line(plan, window, channels, hours, is_working_day):
    figures = {True: [], False: []}
    flags = []
    for channel in plan.channels:
        by_day = channels.get(channel.key, {})
        if by_day:
            figures[channel.verified].append(_figure(plan, channel, by_day))
            if channel.kind != "paper":  # a pile comes in on one day
                flags += strange_days(channel.name, by_day, is_working_day)
                flags += strange_hours(channel.name, hours.get(channel.key, {}))
    return Line(window, tuple(figures[True]), tuple(figures[False]), tuple(sorted(flags)))


def _figure(plan, channel, by_day):
    counts = defaultdict(int)
    for levels in by_day.values():
        for level, count in levels.items():
            counts[level] += count
    satisfied, n, bad = satisfaction_of(plan.satisfaction, counts)
    if n < plan.thresholds.public_results:
        return Figure(channel.name, n, None, None, None, 0)
    low, high = wilson_interval(satisfied, n)
    return Figure(channel.name, n, satisfied / n, float(low), float(high), bad)


def strange_days(name, by_day, is_working_day):
    """[(day, channel, what)]: a burst, a run of equal answers, ratings on a day of rest."""
    totals = {day: sum(levels.values()) for day, levels in by_day.items()}
    usual = median(totals.values())
    flags = []
    for day, total in sorted(totals.items()):
        if total >= BURST_LEAST and total >= BURST_TIMES * usual and len(totals) > 1:
            flags.append((day, name, f"一天 {total} 票，平时约 {usual:.0f} 票"))
        if total >= SAME_LEAST and len(by_day[day]) == 1:
            flags.append((day, name, f"{total} 票全是同一档"))
        if total >= REST_LEAST and not is_working_day(day):
            flags.append((day, name, f"休息日有 {total} 票"))
    return flags


def strange_hours(name, by_hour):
    """[(day, channel, what)]: many within one hour, or some at night."""
    usual = median(by_hour.values()) if by_hour else 0
    flags = []
    for (day, hour), count in sorted(by_hour.items()):
        if count >= HOUR_LEAST and count >= HOUR_TIMES * usual:
            flags.append((day, name, f"{hour} 点这一小时 {count} 票，平时约 {usual:.0f} 票"))
        if hour not in OPEN_HOURS and count >= NIGHT_LEAST:
            flags.append((day, name, f"夜里 {hour} 点有 {count} 票"))
    return flags
