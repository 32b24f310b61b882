"""What still stands in the way of closing a period, or should be known before."""

from dataclasses import dataclass

from django.utils import timezone

from campaigns.models import Duty, Period
from campaigns.queries.calendar import working_calendar
from common.dates import add_working_days
from evaluations.models import Round
from pledges.models import Pledge
from supervision.models import PointEntry


@dataclass(frozen=True)
class Check:
    """One line of the list before the button; a blocking one keeps the button away."""

    label: str
    count: int
    blocks: bool = False


def readiness(period, *, today):
    """Checks with something to say; rounds that are not counted block, the rest is for the eye."""
    duties = Duty.objects.filter(period=period).pending().exclude(act="close_period")
    checks = [
        Check("本期还没有结束，剩余天数（含今天）", max((period.ends_on - today).days + 1, 0)),
        Check(
            "互评还没有计票的支部",
            Round.objects.not_counted().filter(period=period).count(),
            blocks=True,
        ),
        Check("还没办的职责", duties.count()),
        Check(
            "还没签认的加减分和处分",
            PointEntry.objects.filter(period=period, state=PointEntry.State.WAITING).count(),
        ),
        Check(
            "还没审核的承诺",
            Pledge.objects.filter(period=period, status=Pledge.Status.SUBMITTED).count(),
        ),
    ]
    return [check for check in checks if check.count]


def due_for_closing(*, at):
    """Open periods whose closing day (so many working days after their end) has come.

    A reopened one waits for a person: who opened it says when the correction is done.
    """
    today = timezone.localdate(at)
    is_working_day = working_calendar()
    ended = Period.objects.filter(
        state=Period.State.OPEN, ends_on__lt=today, reopen_reason=""
    ).select_related("campaign", "scheme_version")
    return [period for period in ended if closing_day(period, is_working_day) <= today]


def closing_day(period, is_working_day):
    days = period.plan.periods.close_after_working_days
    return add_working_days(period.ends_on, days, is_working_day)
