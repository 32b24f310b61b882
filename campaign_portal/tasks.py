from celery import shared_task
from django.utils import timezone

from campaign_portal.sweep import sweep


@shared_task(name="common.sweep")
def sweep_what_is_due():
    sweep(at=timezone.now())
