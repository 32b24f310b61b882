from celery import shared_task

from common import jobs


@shared_task(name="common.run_job")
def run_job(*, job_id):
    jobs.run(job_id)
