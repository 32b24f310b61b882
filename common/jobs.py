"""Long work as rows. A view requests a job and rings the bell; a worker claims, works, finishes.

Functions register themselves with @job(kind) and get (job, report); they must be safe to run twice.
"""

import logging
import threading
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from common.models import Job

log = logging.getLogger(__name__)
_KINDS = {}


class JobRefused(Exception):
    """The work cannot be done as asked; the text is Chinese and shown to the person who asked."""


def job(kind):
    def register(function):
        _KINDS[kind] = function
        return function

    return register


def request(kind, *, key, label, arguments, by, at):  # noqa: PLR0913 (a job is all of this)
    """The open job of this kind and key: a new one, or the one that is already under way."""
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, key=key, label=label, arguments=arguments, requested_by=by, created_at=at
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state__in=[Job.State.WAITING, Job.State.RUNNING])


def run(job_id):
    """Claim the job if nobody works on it, do it, and write down how it ended. True when it was ours."""
    at = timezone.now()
    claimed = (
        Job.objects.due(at=at)
        .filter(pk=job_id)
        .update(state=Job.State.RUNNING, attempts=F("attempts") + 1, lease_until=at + Job.LEASE)
    )
    if not claimed:
        return False
    task = Job.objects.get(pk=job_id)
    if task.attempts > Job.MAX_ATTEMPTS:
        _finish(task, Job.State.FAILED, message="多次尝试仍未完成，请联系管理员。")
        return True
    _work(task)
    return True


def _work(task):
    if task.kind not in _KINDS:
        autodiscover_modules("tasks")  # whoever runs jobs knows all kinds, worker or not
    try:
        with _kept_lease(task):
            result = _KINDS[task.kind](task, _reporter(task)) or {}
    except JobRefused as refusal:
        _finish(task, Job.State.FAILED, message=str(refusal))
    except Exception:
        log.exception("job failed", extra={"job": str(task.pk), "kind": task.kind})
        _mine(task).update(lease_until=timezone.now())  # the sweeper tries again
        raise
    else:
        _finish(task, Job.State.DONE, result=result)


def _mine(task):
    """The row while it is still this attempt's: a worker that lost its lease writes nothing more."""
    return Job.objects.filter(pk=task.pk, attempts=task.attempts, state=Job.State.RUNNING)


@contextmanager
def _kept_lease(task):
    """Renews the lease from a thread: the work may be one long transaction that shows nothing."""
    ended = threading.Event()

    def renew():
        while not ended.wait(Job.LEASE.total_seconds() / 3):
            try:
                _mine(task).update(lease_until=timezone.now() + Job.LEASE)
            except DatabaseError:  # SQLite: the work itself holds the only write lock
                log.debug("lease not renewed: %s", task.pk)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _finish(task, state, *, message="", result=None):
    _mine(task).update(
        state=state,
        finished_at=timezone.now(),
        lease_until=None,
        message=message,
        result=result or {},
        result_url=(result or {}).get("url", ""),
    )
    cache.delete(_progress_key(task.pk))


def _reporter(task):
    def report(done, total, message=""):
        """Say how far it is. Inside a transaction nobody could see the row, so the cache carries it."""
        if connection.in_atomic_block:
            cache.set(_progress_key(task.pk), [done, total, message], 600)
            return
        _mine(task).update(
            done_steps=done,
            total_steps=total,
            message=message,
            lease_until=timezone.now() + Job.LEASE,
        )

    return report


def progress(task):
    """The job with its newest progress filled in."""
    newest = cache.get(_progress_key(task.pk)) if task.is_open else None
    if newest:
        task.done_steps, task.total_steps, task.message = newest
    return task


def _progress_key(pk):
    return f"job-progress:{pk}"


def lost_ids(*, at):
    """Jobs that a worker had begun and holds no more."""
    lost = Job.objects.due(at=at).filter(state=Job.State.RUNNING)
    return [str(pk) for pk in lost.values_list("pk", flat=True)[:100]]


def due_ids(*, at):
    """Jobs the sweeper has to send again."""
    return [str(pk) for pk in Job.objects.due(at=at).values_list("pk", flat=True)[:100]]
