"""Jobs of supervision. common.jobs runs them; each is safe to run twice."""

from branches.models import Person
from campaigns.models import Period
from common import jobs
from common.jobs import JobRefused, job
from supervision.actions.closing import ClosingRefused, close_period
from supervision.queries.readiness import due_for_closing


@job("close_period")
def close_period_job(task, report):
    period = Period.objects.get(pk=task.arguments["period"])
    by = Person.objects.filter(pk=task.arguments["by"]).first()
    try:
        closing = close_period(period, by=by, at=task.created_at, report=report)
    except ClosingRefused as refused:
        raise JobRefused(str(refused)) from refused
    return {"url": f"/scorecards?period={period.key}", "closing": closing.pk}


def request_due_closings(*, at):
    """The sweeper's step: periods past their closing day are closed by the portal itself."""
    due = due_for_closing(at=at)
    for period in due:
        jobs.request(
            "close_period",
            key=str(period.pk),
            label=f"结算{period.name}",
            arguments={"period": period.pk, "by": None},
            by=None,
            at=at,
        )
    return len(due)
