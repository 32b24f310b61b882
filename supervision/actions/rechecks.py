"""回头看 (Z04): a sample of what was signed off is drawn by lot and looked at with the plan's questions."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.actions import fulfil
from common import audit
from supervision.actions.rectifications import (
    add_step,
    held_item,
    owe_rectification,
    present_period,
    tell_secretaries,
)
from supervision.models import RecheckDraw, Rectification, Step
from supervision.queries.rechecks import recheck_pool

State, Kind = Rectification.State, Step.Kind


class RecheckRefused(Exception):
    """The text says what to change."""


@transaction.atomic
def draw_rechecks(period, *, days, count, by, at):
    """Draw so many of the items signed off at least so many days ago that nobody has looked at again."""
    until = timezone.localdate(at) - timedelta(days=days)
    pool = list(recheck_pool(period.campaign, until=until).values_list("pk", flat=True))
    if count > len(pool):
        raise RecheckRefused(
            f"销号满 {days} 天、还没回头看的有 {len(pool)} 件，抽不出 {count} 件，请改小数量。"
        )
    draw = RecheckDraw.objects.create(
        campaign=period.campaign,
        period=period,
        signed_off_until=until,
        seed=secrets.token_hex(16),
        pool=pool,
        count=count,
        drawn_at=at,
        drawn_by=by,
    )
    Rectification.objects.filter(pk__in=draw.drawn, recheck_draw=None).update(recheck_draw=draw)
    path = period.campaign.organisation.path
    audit.record("回头看抽样", draw, by=by, at=at, path=path, detail={"种子": draw.seed})
    return draw


@transaction.atomic
def recheck_rectification(item, *, answers, note, reopen, due_on, by, at):  # noqa: PLR0913 (one form)
    """The scheme's questions; what was not solved is opened again with a reason and a new deadline."""
    held = held_item(item, State.SIGNED_OFF)
    if reopen and not (note and due_on and due_on >= timezone.localdate(at)):
        raise RecheckRefused("重新整改要写明原因，并定一个今天以后的时限。")
    add_step(held, Kind.RECHECKED, note, by=by, at=at, answers=answers)
    if reopen:
        held.state, held.signed_off_by, held.signed_off_at = State.MENDING, None, None
        held.due_on, held.reopened, held.verdict = due_on, held.reopened + 1, ""
        held.verdict_week_on = None
        held.save(
            update_fields=[
                "state", "signed_off_by", "signed_off_at", "due_on", "reopened", "verdict",
                "verdict_week_on",
            ]
        )  # fmt: skip
        add_step(held, Kind.REOPENED, note, by=by, at=at)
        owe_rectification(held, at=at)
        tell_secretaries(held, "复查后重新整改", at=at)
    _fulfil(held, by=by, at=at)
    audit.record("复查整改", held, by=by, at=at, path=held.organisation.path)


def _fulfil(item, *, by, at):
    """The duty to look again is done with the last item of the sample."""
    period = present_period(item, at=at)
    left = item.recheck_draw and item.recheck_draw.items.exclude(steps__kind=Kind.RECHECKED)
    if period is not None and not (left is not None and left.exists()):
        fulfil(campaign=item.campaign, period=period, act="recheck", by=by, at=at)
