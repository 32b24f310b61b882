"""T8, E3, E5: a killed worker, an emptied queue, a killed queue: what is due is done all the same."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings

from common import jobs
from common.models import Job
from supervision.actions.archives import request_archive
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
def helper(environment, log, wait_for):
    command = [sys.executable, "-m", "celery", "-A", "campaign_portal", "worker"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    log.write_bytes(b"")
    with open(log, "wb") as output:
        process = servers.start(
            command, cwd=BASE, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(lambda: b" ready" in log.read_bytes(), seconds=60, what="worker", log=log)
        yield process
    finally:
        servers.stop(process, by=signal.SIGKILL)


def sweep(environment):
    """What beat rings for every minute, here once by hand, in a process of its own."""
    command = [sys.executable, "manage.py", "sweep", "--json"]
    subprocess.run(command, cwd=BASE, env=environment, check=True, capture_output=True)


def asked(world):
    return request_archive(world.campaign, by=world.committee_member, at=moment()).job_id


def done(job_id):
    return Job.objects.filter(pk=job_id, state=Job.State.DONE).exists()


def test_whatever_is_killed_the_work_is_done(child_environment, queue, wait_for):
    """Each phase ends within seconds; the minute between two bells is the rest of the 120 s."""
    address, killed_and_started_again = queue
    environment = {**child_environment, "REDIS_URL": address}
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
    with helper(environment, log, wait_for):  # sweeps when it starts
        wait(job)
        job = asked(world)  # its bell was in the queue that is emptied
        redis.Redis.from_url(address).flushall()
        sweep(environment)
        wait(job)
        job = asked(world)
        killed_and_started_again()
        wait_for(lambda: _heard(address), seconds=60, what="worker listening again", log=log)
        sweep(environment)
        wait(job)

    assert len(took) == 3
    assert max(took) < 60
    assert jobs.due_ids(at=moment()) == []


def _heard(address):
    """The worker listens at the new queue."""
    return redis.Redis.from_url(address).client_list(_type="normal")[1:]
