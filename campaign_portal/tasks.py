from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from campaign_portal.sweep import sweep
from common.models import Heartbeat
from common.tasks import send_lost_jobs

QUIET = timedelta(seconds=settings.SWEEP_SECONDS * 1.25)


@shared_task(name="common.sweep_if_quiet")
def sweep_if_quiet():
    """A worker's own bell: the sweep when no beat rings, else only jobs whose worker died.

    Left to the sweep those would wait for the lease and then up to a whole minute: two in all, with nothing to spare.
    """
    now = timezone.now()
    if not Heartbeat.objects.filter(name="sweeper", at__gt=now - QUIET).exists():
        sweep(at=now)
    else:
        send_lost_jobs(at=now)


@shared_task(name="common.sweep")
def sweep_what_is_due():
    sweep(at=timezone.now())
