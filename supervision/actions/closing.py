"""Closing a period: one transaction under a lock; killed anywhere it is run again and gives the same bytes."""

import hashlib

from django.db import transaction

import scoring
from campaigns.actions import closing_lock, fulfil
from campaigns.models import Period
from common import audit, locks, notices
from evaluations.models import Round
from supervision.actions.cards import write_cards
from supervision.actions.rollups import refresh_rollups
from supervision.models import Closing, Scorecard


class ClosingRefused(Exception):
    """The text says why the period cannot be closed and what to do first."""


def close_period(period, *, by, at, report=lambda done, total, message: None):
    """Give every person, window and branch its scorecard. Closing twice gives the same closing."""
    with transaction.atomic():
        locks.hold(closing_lock(period))
        period = (
            Period.objects.select_for_update(of=("self",))
            .select_related("campaign__organisation", "scheme_version")
            .get(pk=period.pk)
        )
        done = period.closings.order_by("-version").first()
        if not period.is_open:
            return done
        _refuse_open_rounds(period)
        closing = _closing(period, done, by=by, at=at)
        try:
            _write_scorecards(closing, period, report)
        except scoring.InputError as error:
            raise ClosingRefused(f"计分办法和数据对不上：{error}。请到活动方案里核对。") from error
        _seal(closing, period, by=by, at=at)
        return closing


def _refuse_open_rounds(period):
    waiting = Round.objects.not_counted().filter(period=period).count()
    if waiting:
        raise ClosingRefused(f"还有 {waiting} 个支部的互评没有计票，请先到“互评”里截止并计票。")


def _closing(period, last, *, by, at):
    """A first closing, or the next version of a reopened one (D10)."""
    if last is None:
        return Closing.objects.create(period=period, closed_at=at, closed_by=by, digest="")
    Scorecard.objects.filter(period=period).update(is_latest=False)
    return Closing.objects.create(
        period=period,
        version=last.version + 1,
        closed_at=at,
        closed_by=by,
        reason=period.reopen_reason,
        digest="",
    )


def _write_scorecards(closing, period, report):
    kinds = [part.subject for part in period.plan.recipes if part.subject in Scorecard.Subject]
    digest = hashlib.sha256()
    closing.figures = write_cards(closing, kinds, digest, report=report)
    closing.digest = digest.hexdigest()
    closing.save(update_fields=["digest", "figures"])
    report(len(kinds), len(kinds) + 1, "汇总")


def _seal(closing, period, *, by, at):
    """Everything else that belongs to the same moment."""
    period.state, period.closed_at, period.closed_by = Period.State.CLOSED, at, by
    period.save(update_fields=["state", "closed_at", "closed_by"])
    version = period.scheme_version
    if version.locked_at is None:
        version.locked_at = at
        version.save(update_fields=["locked_at"])
    fulfil(campaign=period.campaign, period=period, act="close_period", by=by, at=at)
    refresh_rollups(period, at=at)
    _tell(closing, period, at=at)
    detail = {"版次": closing.version, "摘要": closing.digest, **closing.figures}
    audit.record(
        "结算周期", period, by=by, at=at, path=period.campaign.organisation.path, detail=detail
    )


def _tell(closing, period, *, at):
    """Each person once per version: the notice is unique by (event, person, step)."""
    people = closing.scorecards.filter(subject="person").values("person").order_by("person")
    notices.post_to_all(
        people,
        event=f"closing:{closing.period_id}:{closing.version}",
        title=f"{period.name}得分卡出来了",
        body="打开可以看到每个数是怎么算出来的，有不同意见可以提出。",
        url="/scorecards/mine",
        at=at,
    )
