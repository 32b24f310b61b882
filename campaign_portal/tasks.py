from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from campaign_portal.sweep import sweep
from common.models import Heartbeat

QUIET = timedelta(seconds=75)  # beat rings every minute


@shared_task(name="common.sweep_if_quiet")
def sweep_if_quiet():
    """A worker's own bell: nothing while a beat rings, the sweep when none does."""
    now = timezone.now()
    if not Heartbeat.objects.filter(name="sweeper", at__gt=now - QUIET).exists():
        sweep(at=now)


@shared_task(name="common.sweep")
def sweep_what_is_due():
    sweep(at=timezone.now())
