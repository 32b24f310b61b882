"""What the sweeper does each minute, at worker start and as `manage.py sweep`.

Every step looks into the database for what is due and not done, does it and is safe to run twice
or beside itself. A step is a function `step(*, at)`; what it returns (a number) is shown and logged.
"""

import logging

from django.db import close_old_connections

from branches.actions import drop_expired_uploads, purge_leavers
from campaigns.actions import make_due_duties, open_due_periods, send_reminders
from common.anchor import drop_anchor
from common.heartbeats import note_heartbeat
from common.notices import send_waiting_mail
from common.tasks import send_waiting_jobs
from competitions.actions.showing import show_honours
from evaluations.actions.feedback import tell_owners
from evaluations.actions.ratings import forget_old_nonces
from evaluations.actions.sweep import close_due_rounds, destroy_left_keys, remind_voters
from pledges.actions import drop_old_print_files
from supervision.actions.aftercare import escalate_overdue
from supervision.actions.rectifications import carry_rectifications
from supervision.actions.rollups import refresh_open_rollups
from supervision.actions.urging import escalate_late, withdraw_told_escalations
from supervision.tasks import request_due_closings, request_robot_messages

log = logging.getLogger(__name__)

# Rooms append their step here, in the order in which one needs the other.
STEPS = [
    open_due_periods,
    make_due_duties,
    send_reminders,
    remind_voters,
    tell_owners,
    close_due_rounds,
    destroy_left_keys,
    request_due_closings,
    carry_rectifications,
    escalate_overdue,
    escalate_late,
    withdraw_told_escalations,
    request_robot_messages,
    send_waiting_jobs,
    refresh_open_rollups,
    show_honours,
    forget_old_nonces,
    drop_expired_uploads,
    purge_leavers,
    drop_old_print_files,
    send_waiting_mail,
    drop_anchor,
    note_heartbeat,
]


def sweep(*, at):
    """Run every step; one that fails is reported and does not keep the others from running."""
    done, failed = {}, {}
    for step in STEPS:
        name = f"{step.__module__}.{step.__name__}"
        try:
            done[name] = step(at=at)
        except Exception as error:
            log.exception("sweep step failed: %s", name)
            failed[name] = type(error).__name__
            close_old_connections()
    return {"done": done, "failed": failed}
