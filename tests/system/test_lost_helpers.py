"""T8, E3, E5: two beats, no beat, a killed worker, an emptied queue, a killed queue: what is due is done all the same."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings
from django.db.models import Count

from common import jobs
from common.models import Job, Notice
from supervision.actions.archives import request_archive
from supervision.models import Archive
from tests.conftest import BASE
from tests.factories.branches import moment
from tests.world import build_world
from tools import servers

pytestmark = [pytest.mark.system, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def queue():
    """A queue of this test's own that may be killed."""
    folder = servers.short_socket_folder(settings.TEST_VAR / "lost")
    held = [servers.start_valkey(folder / "v.sock", folder, log=folder / "v.log", keep=False)]

    def again():
        servers.stop(held[0], by=signal.SIGKILL)
        held[0] = servers.start_valkey(folder / "v.sock", folder, log=folder / "v.log", keep=False)

    yield f"unix://{folder}/v.sock?db=0", again
    servers.stop(held[0])


@contextmanager
def helpers(logs, wait_for):
    """{log: (environment, arguments of Celery)}: workers and beats, begun together, killed at the end."""
    held = []
    try:
        for log, (environment, arguments) in logs.items():
            command = [sys.executable, "-m", "celery", "-A", "campaign_portal", *arguments]
            log.write_bytes(b"")
            with open(log, "wb") as output:
                held.append(
                    servers.start(
                        command, cwd=BASE, env=environment, stdout=output, stderr=subprocess.STDOUT
                    )
                )
        for log in logs:
            wait_for(lambda log=log: _begun(log), seconds=60, what=log.stem, log=log)
        yield
    finally:
        for process in held:
            servers.stop(process, by=signal.SIGKILL)


def _begun(log):
    return any(sign in log.read_bytes() for sign in (b" ready", b"beat: Starting"))


WORKER = ("worker", "--concurrency", "1", "--without-gossip", "--without-mingle")
OFTEN = {"SWEEP_SECONDS": "1", "OWN_BELL_SECONDS": "1"}  # else a minute, and a third of one
SELDOM = {"SWEEP_SECONDS": "60", "OWN_BELL_SECONDS": "30"}


def asked(world):
    """A folder is asked for; nobody rings for it."""
    return request_archive(world.campaign, by=world.committee_member, at=moment()).job_id


def done(job_id):
    return Job.objects.filter(pk=job_id, state=Job.State.DONE).exists()


def test_whatever_is_killed_the_work_is_done_without_any_beat(child_environment, queue, wait_for):
    """T8, E3: no beat at all; the worker was killed, the queue emptied, the queue killed. Nobody sweeps by hand."""
    address, killed_and_started_again = queue
    environment = {**child_environment, "REDIS_URL": address, **OFTEN}
    log = settings.TEST_VAR / "lost-worker.log"
    world, took = build_world(), []

    def wait(job_id):
        begun = time.monotonic()
        wait_for(lambda: done(job_id), seconds=60, what="job", log=log)
        took.append(time.monotonic() - begun)

    job = asked(world)  # nobody there
    Job.objects.filter(pk=job).update(  # the killed worker had claimed it
        state=Job.State.RUNNING, attempts=1, lease_until=moment()
    )
    with helpers({log: (environment, WORKER)}, wait_for):
        wait(job)
        wait(asked(world))  # no beat, and no message
        job = asked(world)
        redis.Redis.from_url(address).flushall()
        wait(job)
        job = asked(world)
        killed_and_started_again()
        wait_for(lambda: _heard(address), seconds=60, what="worker listening again", log=log)
        wait(job)

    assert len(took) == 4
    assert max(took) < 60
    assert jobs.due_ids(at=moment()) == []


def test_two_beats_do_it_once(child_environment, queue, wait_for):
    """T8, E5: the bell rings twice as often; the folder is made once and everybody told once."""
    address, _ = queue
    var = settings.TEST_VAR
    quiet = {**child_environment, "REDIS_URL": address, **SELDOM}  # the worker does not ring
    often = {**quiet, **OFTEN}
    world = build_world()

    log = var / "two-worker.log"
    logs = {log: (quiet, WORKER)}
    for number in (1, 2):
        own = ("beat", "--pidfile=", f"--schedule={var}/two-beat{number}.db", "-linfo")
        logs[var / f"two-beat{number}.log"] = (often, own)
    with helpers(logs, wait_for):
        job = asked(world)
        wait_for(lambda: done(job), seconds=60, what="job", log=log)

    assert Job.objects.get(pk=job).attempts == 1
    assert Archive.objects.exclude(made_at=None).count() == 1
    told = Notice.objects.values("event", "recipient", "step").annotate(n=Count("pk"))
    assert not told.filter(n__gt=1).exists()


def _heard(address):
    """The worker listens at the new queue."""
    return redis.Redis.from_url(address).client_list(_type="normal")[1:]
