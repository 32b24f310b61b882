from datetime import timedelta

import pytest
from django.utils import timezone

from common import jobs
from common.models import Job
from tests.factories import JobFactory, PersonFactory
from tests.factories.branches import moment

done = []


@jobs.job("test-counts")
def counts(task, report):
    report(1, 2, "一半")
    done.append(task.pk)
    return {"url": "/somewhere"}


@jobs.job("test-refuses")
def refuses(task, report):
    raise jobs.JobRefused("本期还有未办结的事项。")


@jobs.job("test-breaks")
def breaks(task, report):
    raise RuntimeError("boom")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def ask(kind, key="one"):
    return jobs.request(kind, key=key, label="结算", arguments={}, by=PersonFactory(), at=moment())


def test_a_job_is_done_once_and_says_where_its_result_is(db):
    job = ask("test-counts")

    assert jobs.run(job.pk) is True
    assert jobs.run(job.pk) is False

    job.refresh_from_db()
    assert done == [job.pk]
    assert (job.state, job.result_url, job.attempts) == (Job.State.DONE, "/somewhere", 1)


def test_the_same_thing_asked_for_twice_is_one_job(db):
    assert ask("test-counts") == ask("test-counts")
    assert Job.objects.count() == 1


def test_it_may_be_asked_for_again_once_it_has_ended(db):
    first = ask("test-counts")
    jobs.run(first.pk)

    assert ask("test-counts") != first


def test_a_job_with_a_running_lease_is_left_alone(db):
    job = JobFactory(
        kind="test-counts",
        state=Job.State.RUNNING,
        attempts=1,
        lease_until=timezone.now() + timedelta(seconds=30),
    )

    assert jobs.run(job.pk) is False
    assert jobs.due_ids(at=timezone.now()) == []


def test_a_job_whose_worker_was_killed_is_taken_up_again(db):
    job = JobFactory(
        kind="test-counts",
        state=Job.State.RUNNING,
        attempts=1,
        lease_until=timezone.now() - timedelta(seconds=1),
    )

    assert jobs.due_ids(at=timezone.now()) == [str(job.pk)]
    assert jobs.run(job.pk) is True

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)


def test_a_worker_that_lost_its_lease_writes_nothing_more(db):
    job = JobFactory(kind="test-counts", state=Job.State.RUNNING, attempts=1)
    Job.objects.filter(pk=job.pk).update(attempts=2)

    jobs._finish(job, Job.State.FAILED, message="zu spät")

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.RUNNING, "")


def test_a_refusal_is_told_to_the_person_who_asked(db):
    job = ask("test-refuses")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "本期还有未办结的事项。")


def test_a_broken_job_is_tried_again_and_given_up_after_five_times(db, caplog):
    job = ask("test-breaks")

    for _ in range(Job.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            jobs.run(job.pk)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, "多次尝试仍未完成，请联系管理员。")


def test_progress_inside_a_transaction_is_seen_by_others(db):
    job = JobFactory(kind="test-counts", state=Job.State.RUNNING, attempts=1)

    jobs._reporter(job)(3, 10, "计分")

    shown = jobs.progress(Job.objects.get(pk=job.pk))
    assert (shown.done_steps, shown.total_steps, shown.percent) == (3, 10, 30)


def test_a_real_worker_does_a_job_that_the_sweeper_sends(worker, wait_for, transactional_db):
    """The kind is unknown to that worker, so it ends as failed attempts: what counts is the claim."""
    from common.tasks import send_waiting_jobs  # noqa: PLC0415

    job = JobFactory(kind="unknown-kind")

    assert send_waiting_jobs(at=timezone.now()) == 1

    wait_for(lambda: Job.objects.get(pk=job.pk).attempts, what="claimed")
