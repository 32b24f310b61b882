"""Dates as the portal means them: days in Asia/Shanghai, periods as sets of whole days (T22)."""

from datetime import date, timedelta

from django.utils import timezone

ONE_DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
KINDS = ("month", "quarter", "half", "year")
QUARTERS = "一二三四"
SATURDAY = 5


def today():
    """Today's date in the portal's zone, whatever the host's clock is set to."""
    return timezone.localdate()


def quarter_of(day):
    """(year, 1..4) of a date."""
    return day.year, (day.month - 1) // 3 + 1


def quarter_dates(year, quarter):
    """First and last day of a quarter."""
    return range_of("quarter", date(year, quarter * 3 - 2, 1))


def quarter_at(moment):
    """(year, 1..4) of a moment; it belongs to the day it is in Shanghai."""
    return quarter_of(timezone.localdate(moment))


def range_of(kind, day):
    """First and last day of the month, quarter, half or year that holds the day; `week` from Monday."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months) - ONE_DAY


def ranges_between(kind, first, last):
    """Every range of the kind that shares a day with first … last, in order."""
    start, end = range_of(kind, first)
    while start <= last:
        yield start, end
        start, end = range_of(kind, end + ONE_DAY)


def add_months(first, months):
    """The first of a month so many months later."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def period_key(kind, day):
    """2026-07, 2026-Q3, 2026-H2 or 2026."""
    number = (day.month - 1) // MONTHS[kind] + 1
    suffix = {"month": f"-{number:02}", "quarter": f"-Q{number}", "half": f"-H{number}", "year": ""}
    return f"{day.year}{suffix[kind]}"


def period_name(kind, day):
    """2026年7月, 2026年三季度, 2026年下半年 or 2026年."""
    number = (day.month - 1) // MONTHS[kind] + 1
    names = {
        "month": f"{number}月",
        "quarter": f"{QUARTERS[(day.month - 1) // 3]}季度",
        "half": "上半年" if number == 1 else "下半年",
        "year": "",
    }
    return f"{day.year}年{names[kind]}"


def week_name(monday):
    """第39周, as the weeks of the year are counted on Chinese calendars (ISO)."""
    return f"第{monday.isocalendar().week}周"


def is_weekday(day):
    """A working day when no calendar says otherwise: Saturday and Sunday are off."""
    return day.weekday() < SATURDAY


def add_working_days(day, count, is_working_day=is_weekday):
    """The working day so many working days after `day` (办结时限: the day itself is not counted)."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day
