"""Dates as the portal means them: days in Asia/Shanghai, periods as half-open sets of days (T22)."""

from datetime import date, timedelta

from django.utils import timezone


def today():
    """Today's date in the portal's zone, whatever the host's clock is set to."""
    return timezone.localdate()


def quarter_of(day):
    """(year, 1..4) of a date."""
    return day.year, (day.month - 1) // 3 + 1


def quarter_dates(year, quarter):
    """First and last day of a quarter."""
    first = date(year, quarter * 3 - 2, 1)
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return first, after - timedelta(days=1)
