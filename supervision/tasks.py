"""Jobs of supervision. common.jobs runs them; each is safe to run twice."""

from django.utils import timezone

from branches.models import Person
from campaigns.models import Period
from common import jobs
from common.jobs import JobRefused, job
from supervision.actions import robots
from supervision.actions.archives import make_archive
from supervision.actions.closing import ClosingRefused, close_period
from supervision.models import Archive, Robot
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


@job("send_robot")
def send_robot_job(task, report):
    """The clock is the worker's: a job that waited through the night sends in the morning."""
    robot = Robot.objects.get(pk=task.arguments["robot"])
    return {"sent": robots.empty_outbox(robot, at=timezone.now())}


def request_sending(robot, *, by, at):
    return jobs.request(
        "send_robot",
        key=str(robot.pk),
        label=f"发群消息：{robot.name}",
        arguments={"robot": robot.pk},
        by=by,
        at=at,
    )


def request_robot_messages(*, at):
    """The sweeper's step: the day's digests, and a job for each robot with something to say."""
    robots.queue_digests(at=at)
    waiting = robots.waiting_robots(at=at)
    for robot in waiting:
        request_sending(robot, by=None, at=at)
    return len(waiting)


@job("make_archive")
def make_archive_job(task, report):
    archives = Archive.objects.select_related("campaign__organisation", "campaign__scheme_version")
    archive = archives.get(job=task)
    make_archive(archive, at=task.created_at, report=report)
    return {"url": "/archives"}
