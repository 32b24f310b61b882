"""T22: a moment belongs to the day it is in Shanghai, whatever clock the host keeps."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db.models.functions import TruncDate, TruncQuarter

from common import dates, notices
from common.models import Notice

QUARTERS = {  # the last second of a quarter in Shanghai, and the first of the next
    datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC): (2026, 1),
    datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC): (2026, 2),
    datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC): (2026, 2),
    datetime(2026, 6, 30, 16, 0, 0, tzinfo=UTC): (2026, 3),
    datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC): (2026, 3),
    datetime(2026, 9, 30, 16, 0, 0, tzinfo=UTC): (2026, 4),
    datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC): (2026, 4),
    datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC): (2027, 1),
}
SCRIPT = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from datetime import datetime
import time_machine
from common.dates import quarter_at, quarter_of, today
for text in {moments!r}:
    moment = datetime.fromisoformat(text)
    with time_machine.travel(moment, tick=False):
        print(quarter_at(moment), quarter_of(today()))
"""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_quarter_turns_at_midnight_in_shanghai_on_every_host(zone):
    script = SCRIPT.format(moments=[moment.isoformat() for moment in QUARTERS])

    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    expected = [f"{quarter} {quarter}" for quarter in QUARTERS.values()]
    assert told.strip().splitlines() == expected


@pytest.mark.parametrize(("moment", "quarter"), QUARTERS.items())
def test_duties_and_lateness_turn_with_it(world, moment, quarter):
    """The database's own dates agree: what is due on the last day is late from the first second."""
    from campaigns.actions import fulfil  # noqa: PLC0415
    from tests.factories import DutyFactory  # noqa: PLC0415

    last_day = dates.quarter_dates(2026, 3)[1]
    duty = DutyFactory(
        period=world.period,
        assignee=world.member,
        organisation=world.north,
        starts_on=date(2026, 1, 1),
        due_on=last_day,
    )

    fulfil(
        campaign=world.campaign,
        period=world.period,
        act="write_pledge",
        by=world.member,
        at=moment,
    )

    duty.refresh_from_db()
    assert duty.is_late is (quarter > (2026, 3))
    assert dates.quarter_at(moment) == quarter


def test_the_quarter_turns_in_shanghai_in_the_database_too(world):
    """Both databases cut a stored moment at the same midnight."""
    for moment in QUARTERS:
        notices.post([world.member], event=f"{moment}", title="一条", at=moment)

    rows = Notice.objects.annotate(begins=TruncQuarter("created_at"), day=TruncDate("created_at"))
    told = {row.created_at: (row.begins.date(), row.day) for row in rows}

    for moment in QUARTERS:
        begins, day = told[moment]
        assert dates.quarter_of(begins) == dates.quarter_of(day) == dates.quarter_at(moment)


@pytest.mark.parametrize(
    ("kind", "first", "last", "key", "name"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 28), "2026-02", "2026年2月"),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31), "2026-Q1", "2026年一季度"),
        ("half", date(2026, 1, 1), date(2026, 6, 30), "2026-H1", "2026年上半年"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "2026", "2026年"),
    ],
)
def test_ranges_and_their_names(kind, first, last, key, name):
    day = date(2026, 2, 17)

    assert dates.range_of(kind, day) == (first, last)
    assert dates.period_key(kind, day) == key
    assert dates.period_name(kind, day) == name


def test_a_leap_february_has_29_days():
    assert dates.range_of("month", date(2028, 2, 3)) == (date(2028, 2, 1), date(2028, 2, 29))


def test_a_week_runs_from_monday_to_sunday():
    assert dates.range_of("week", date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "half", "year"])
def test_ranges_follow_each_other_without_gap(kind):
    ranges = list(dates.ranges_between(kind, date(2026, 5, 5), date(2028, 5, 5)))

    assert ranges[0][0] <= date(2026, 5, 5) <= ranges[0][1]
    assert ranges[-1][0] <= date(2028, 5, 5) <= ranges[-1][1]
    gaps = {later[0] - earlier[1] for earlier, later in pairwise(ranges)}
    assert gaps == {timedelta(days=1)}


def test_working_days_are_counted_after_the_day_itself():
    assert dates.add_working_days(date(2026, 9, 25), 3) == date(2026, 9, 30)


def test_working_days_by_the_calendar_of_2026(db):
    from campaigns.queries.calendar import working_calendar  # noqa: PLC0415

    is_working_day = working_calendar()

    assert dates.add_working_days(date(2026, 9, 30), 1, is_working_day) == date(2026, 10, 8)
    assert is_working_day(date(2026, 10, 10))  # a Saturday worked for the holiday
    assert not is_working_day(date(2026, 10, 11))
