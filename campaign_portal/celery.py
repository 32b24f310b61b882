"""The Celery application and every timetable of the portal, on one screen.

The database is the truth and a message only a bell: `common.sweep` looks for what is due and not
done, so 0, 1 or 5 beats give the same result and a lost message costs at most one more minute.
"""

import contextlib
import logging.config
import os

from celery import Celery, bootsteps
from celery.signals import setup_logging, worker_ready
from django.conf import settings
from kombu.exceptions import OperationalError

from campaign_portal.environment import Environment, bells

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")

app = Celery("campaign_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEP_SECONDS, OWN_BELL_SECONDS = bells(Environment())  # bad values are refused by the settings

app.conf.beat_schedule = {
    # A bell that nobody answered within a minute is worth nothing: the next one rings.
    "sweep": {
        "task": "common.sweep",
        "schedule": float(SWEEP_SECONDS),
        "options": {"expires": 55},
    },
}


@setup_logging.connect
def use_the_portals_logging(**_kwargs):
    logging.config.dictConfig(settings.LOGGING)


@worker_ready.connect
def sweep_at_start(sender, **_kwargs):
    """Whatever fell due while no worker ran is done at once."""
    sender.app.send_task("common.sweep", expires=55)


class OwnBell(bootsteps.StartStopStep):
    """Every worker looks three times a minute what was left lying: with no beat at all the work goes on (T8).

    A step of the consumer, because its timer is emptied whenever the connection is made anew.
    """

    requires = {"celery.worker.consumer.tasks:Tasks"}
    seconds = float(OWN_BELL_SECONDS)

    def start(self, c):
        self.held = c.timer.call_repeatedly(self.seconds, ring_own_bell, (c.app,))

    def stop(self, c):
        self.held = getattr(self, "held", None) and self.held.cancel()


def ring_own_bell(app):
    """Asks somebody to look; a broker that is away is left alone."""
    with contextlib.suppress(OperationalError):
        app.send_task("common.sweep_if_quiet", expires=55, retry=False)


app.steps["consumer"].add(OwnBell)
