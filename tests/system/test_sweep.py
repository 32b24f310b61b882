import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from kombu import pools

from campaign_portal import sweep as sweeper
from campaign_portal import tasks
from campaign_portal.celery import OwnBell, app
from common import jobs
from common.heartbeats import note_heartbeat
from common.models import Job
from common.tasks import ring, run_job, send, send_waiting_jobs


@pytest.fixture
def steps(monkeypatch):
    """Two steps: one counts, one fails."""
    seen = []

    def counting(*, at):
        seen.append(at)
        return len(seen)

    def failing(*, at):
        raise ValueError("what somebody wrote")

    monkeypatch.setattr(sweeper, "STEPS", [failing, counting])
    return seen


@pytest.mark.django_db  # a step that failed looks after the connection
def test_a_failing_step_does_not_keep_the_others_from_running(steps):
    now = timezone.now()

    outcome = sweeper.sweep(at=now)

    assert steps == [now]
    assert list(outcome["done"].values()) == [1]
    assert list(outcome["failed"].values()) == ["ValueError"]


@pytest.mark.django_db  # a step that failed looks after the connection
def test_the_command_fails_when_a_step_failed(steps):
    with pytest.raises(CommandError, match="有步骤失败"):
        call_command("sweep", stdout=StringIO())


def test_the_command_prints_one_json_object(monkeypatch):
    monkeypatch.setattr(sweeper, "STEPS", [])
    out = StringIO()

    call_command("sweep", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"done": {}, "failed": {}}


@pytest.mark.django_db
def test_without_a_beat_a_worker_sweeps_by_itself(monkeypatch):
    """T8: no beat at all; with one, a worker's own bell does not sweep."""
    swept = []
    monkeypatch.setattr(sweeper, "STEPS", [lambda *, at: swept.append(at)])
    assert OwnBell in app.steps["consumer"]
    assert OwnBell.seconds + tasks.QUIET.total_seconds() < 120

    tasks.sweep_if_quiet()
    tasks.sweep_if_quiet()
    note_heartbeat(at=timezone.now())
    tasks.sweep_if_quiet()

    assert len(swept) == 2


def test_beat_rings_every_minute():
    entry = app.conf.beat_schedule["sweep"]

    assert entry["task"] == "common.sweep"
    assert entry["schedule"] == 60.0


@pytest.mark.django_db
def test_all_steps_run_on_an_empty_database_twice():
    now = timezone.now()

    assert sweeper.sweep(at=now)["failed"] == {}
    assert sweeper.sweep(at=now)["failed"] == {}


def new_job(**values):
    return Job.objects.create(
        kind="test.echo", key="1", label="测试", arguments={}, created_at=timezone.now(), **values
    )


@pytest.mark.django_db
def test_waiting_jobs_are_sent_again(monkeypatch):
    sent = []
    monkeypatch.setattr(run_job, "delay", lambda *, job_id: sent.append(job_id))
    job = new_job()

    assert send_waiting_jobs(at=timezone.now()) == 1
    assert sent == [str(job.pk)]


@pytest.mark.django_db
def test_what_the_queue_lost_is_sent_within_two_minutes(monkeypatch):
    """T8, E3: the message is gone, or the worker died with it; the bell rings once a minute."""
    sent = []
    monkeypatch.setattr(run_job, "delay", lambda *, job_id: sent.append(job_id))
    begun = timezone.now()
    lost = new_job()
    held = Job.objects.create(
        kind="test.echo", key="2", label="测试", arguments={}, created_at=begun,
        state=Job.State.RUNNING, attempts=1, lease_until=begun + Job.LEASE,
    )  # fmt: skip
    bell = timedelta(seconds=app.conf.beat_schedule["sweep"]["schedule"])

    for number in (1, 2):
        send_waiting_jobs(at=begun + number * bell)

    assert set(sent) == {str(lost.pk), str(held.pk)}
    assert 2 * bell <= timedelta(seconds=120)


@pytest.mark.django_db
def test_what_a_killed_worker_held_is_begun_again_with_time_to_spare(monkeypatch):
    """T8: beat swept a moment before the lease ended; its next minute would be the second one, so workers look too."""
    sent = []
    monkeypatch.setattr(run_job, "delay", lambda *, job_id: sent.append(job_id))
    begun = timezone.now()
    lost, waiting = new_job(), Job.objects.create(
        kind="test.echo", key="2", label="测试", arguments={}, created_at=begun
    )  # fmt: skip
    Job.objects.filter(pk=lost.pk).update(
        state=Job.State.RUNNING, attempts=1, lease_until=begun + Job.LEASE
    )
    note_heartbeat(at=begun + Job.LEASE)
    worst = begun + Job.LEASE + timedelta(seconds=OwnBell.seconds)

    monkeypatch.setattr(tasks.timezone, "now", lambda: begun + Job.LEASE - timedelta(seconds=1))
    tasks.sweep_if_quiet()
    assert sent == []
    monkeypatch.setattr(tasks.timezone, "now", lambda: worst)
    tasks.sweep_if_quiet()

    assert sent == [str(lost.pk)]
    assert str(waiting.pk) not in sent
    assert worst - begun <= timedelta(seconds=90)


@pytest.mark.django_db
def test_a_bell_rings_only_after_the_commit(monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(run_job, "delay", lambda *, job_id: sent.append(job_id))

    with django_capture_on_commit_callbacks(execute=True):
        ring(new_job())
        assert sent == []

    assert len(sent) == 1


@pytest.mark.django_db
def test_a_dead_broker_is_no_error():
    url, app.conf.broker_url = app.conf.broker_url, "redis+socket:///nowhere/valkey.sock"
    reset_pools()
    try:
        assert send("00000000-0000-0000-0000-000000000000") is False
    finally:
        app.conf.broker_url = url
        reset_pools()


def reset_pools():
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_does_what_the_sweeper_sends(worker, wait_for):
    """The kind is unknown to every process: the worker says so in the job's own row."""
    job = new_job()

    send_waiting_jobs(at=timezone.now())

    wait_for(lambda: Job.objects.get(pk=job.pk).attempts >= 1, what="job claimed")


@pytest.mark.django_db
def test_running_a_job_twice_does_it_once(monkeypatch):
    done = []
    monkeypatch.setitem(jobs._KINDS, "test.echo", lambda job, report: done.append(job.pk))
    job = new_job()

    run_job(job_id=str(job.pk))
    run_job(job_id=str(job.pk))

    assert done == [job.pk]
