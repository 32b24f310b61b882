"""Moments of a period as shares of it: 0 its first morning, 1 its end, or now while it runs."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from common.dates import ONE_DAY, add_months, range_of

CLOSED_PERIODS = 2
PERIODS = 6
SATURDAY = 5
LONG = timedelta(days=4)


class Clock:
    """Never tells a moment that is still to come."""

    def __init__(self, starts_on, ends_on, *, now):
        self.now = now
        self.start = midnight(starts_on)
        self.end = min(midnight(ends_on + ONE_DAY), now)

    def at(self, share):
        moment = self.start + (self.end - self.start) * share
        if self.end - self.start > LONG:
            moment = _in_office(timezone.localtime(moment), self.start)
        return min(moment, self.now)

    def day(self, share):
        return timezone.localdate(self.at(share))


def _in_office(moment, start):
    """The same order inside a day, between 8:30 and 17:30; weekends fall on the Friday before."""
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    day = moment.date()
    while day.weekday() >= SATURDAY and midnight(day) > start:
        day -= ONE_DAY
    begun = midnight(day) + timedelta(hours=8, minutes=30)
    return begun + timedelta(seconds=seconds * 9 // 24)


def midnight(day):
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def campaign_dates(today):
    """First and last day: some closed quarters, the running one, and a year to come."""
    running = range_of("quarter", today)[0]
    first = add_months(running, -3 * CLOSED_PERIODS)
    return first, add_months(first, 3 * PERIODS) - ONE_DAY
