"""The Celery application and every timetable of the portal, on one screen.

The database is the truth and a message only a bell: `common.sweep` looks for what is due and not
done, so 0, 1 or 5 beats give the same result and a lost message costs at most one more minute.
"""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging, worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")

app = Celery("campaign_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # A bell that nobody answered within a minute is worth nothing: the next one rings.
    "sweep": {"task": "common.sweep", "schedule": 60.0, "options": {"expires": 55}},
}


@setup_logging.connect
def use_the_portals_logging(**_kwargs):
    logging.config.dictConfig(settings.LOGGING)


@worker_ready.connect
def sweep_at_start(sender, **_kwargs):
    """Whatever fell due while no worker ran is done at once."""
    sender.app.send_task("common.sweep", expires=55)
