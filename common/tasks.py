import logging

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from common import jobs

log = logging.getLogger(__name__)


@shared_task(name="common.run_job")
def run_job(*, job_id):
    jobs.run(job_id)


def ring(job):
    """Tell a worker on commit. The row is the truth: without a broker the sweeper sends it later."""
    transaction.on_commit(lambda: send(job.pk))


def send(job_id):
    try:
        run_job.delay(job_id=str(job_id))
    except OperationalError as error:
        log.warning("broker is away, the job waits for the sweeper: %s", type(error).__name__)
        return False
    return True


def send_lost_jobs(*, at):
    """Jobs whose worker died, as soon as their lease is over; those that wait have a message, mostly."""
    return sum([send(job_id) for job_id in jobs.lost_ids(at=at)])


def send_waiting_jobs(*, at):
    """The sweeper's step: jobs nobody works on, because a message or a worker was lost."""
    return sum([send(job_id) for job_id in jobs.due_ids(at=at)])
