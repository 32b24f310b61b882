"""Killed workers, emptied queues, a database that is stopped."""

from tests.mutants.table import breaks

JOBS = "common/test_jobs.py"
SWEEP = "system/test_sweep.py"


@breaks(
    f"{SWEEP}::test_waiting_jobs_are_sent_again",
    f"{SWEEP}::test_what_the_queue_lost_is_sent_within_two_minutes",
)
def queue_is_the_truth(patch):
    """Nobody looks into the database for jobs whose message was lost (T8, E3)."""
    from common import jobs

    patch.setattr(jobs, "due_ids", lambda *, at: [])


@breaks(f"{SWEEP}::test_beat_rings_every_minute")
def lazy_beat(patch):
    from campaign_portal.celery import app

    patch.setitem(app.conf.beat_schedule["sweep"], "schedule", 900.0)


@breaks(f"{SWEEP}::test_what_a_killed_worker_held_is_begun_again_with_time_to_spare")
def only_beat_looks(patch):
    """What a killed worker held waits for the sweep: lease and a whole minute, two in all (T8)."""
    from campaign_portal import tasks

    patch.setattr(tasks, "send_lost_jobs", lambda *, at: 0)


@breaks(f"{JOBS}::test_a_job_whose_worker_was_killed_is_taken_up_again")
def claimed_for_ever(patch):
    """Who claimed a job keeps it, dead or alive (T8)."""
    from datetime import timedelta

    from common.models import Job

    patch.setattr(Job, "LEASE", timedelta(days=365))
    real = Job.objects.due

    def due(*, at):
        return real(at=at).filter(state=Job.State.WAITING)

    patch.setattr(Job.objects, "due", due)


@breaks(f"{SWEEP}::test_running_a_job_twice_does_it_once")
def runs_without_claim(patch):
    """Two workers with the same message both do the work (E5)."""
    from common import jobs
    from common.models import Job

    def run(job_id):
        jobs._work(Job.objects.get(pk=job_id))
        return True

    patch.setattr(jobs, "run", run)


@breaks(f"{SWEEP}::test_a_dead_broker_is_no_error")
def broker_needed(patch):
    """A page fails because the queue is away (E3)."""
    from common import tasks

    def send(job_id):
        tasks.run_job.delay(job_id=str(job_id))
        return True

    patch.setattr(tasks, "send", send)
    from tests.system import test_sweep

    patch.setattr(test_sweep, "send", send)
