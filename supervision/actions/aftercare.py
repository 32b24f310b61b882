"""After the sign-off: call-back, the complainant's verdict, what went up and what came of it (Z06, Z08)."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from campaigns.queries.calendar import working_calendar
from common import audit, notices
from common.dates import add_working_days
from supervision.actions.rectifications import (
    LedgerMoved,
    add_step,
    held_item,
    tell_secretaries,
)
from supervision.models import Rectification, Step

State, Kind = Rectification.State, Step.Kind


@transaction.atomic
def call_back(item, *, whom, how, on, said, satisfied, by, at):  # noqa: PLR0913 (one form)
    """回访: who was asked, when and how, what he said. May be done again."""
    held = held_item(item, State.SIGNED_OFF)
    word = "满意" if satisfied else "不满意"
    text = f"{on:%Y-%m-%d} {how}回访{whom}：{said}（{word}）"
    add_step(held, Kind.CALLED_BACK, text, by=by, at=at)
    if not satisfied:
        tell_secretaries(held, "回访不满意", at=at, besides={by.pk})
    audit.record("回访", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def judge_rectification(item, *, verdict, said, at):
    """The complainant's own word, by receipt code, once; known by week only (reliability B19)."""
    held = held_item(item, State.SIGNED_OFF)
    if held.verdict:
        raise LedgerMoved("这件事已经评过了，谢谢。")
    day = timezone.localdate(at)
    held.verdict, held.verdict_week_on = verdict, day - timedelta(days=day.weekday())
    held.save(update_fields=["verdict", "verdict_week_on"])
    monday = timezone.make_aware(datetime.combine(held.verdict_week_on, time.min))
    text = held.get_verdict_display() + (f"：{said}" if said else "")
    add_step(held, Kind.JUDGED, text, by=None, at=monday)
    if verdict == Rectification.Verdict.UNSATISFIED:
        tell_secretaries(held, "提意见的群众不满意", at=at)
        _tell_above(held, "committee", "群众不满意", at=at)


@transaction.atomic
def record_outcome(item, *, outcome, by, at):
    """责任追究 (Z08): what came of an item that went up."""
    held = held_item(item, *State.values)
    if held.escalated_at is None:
        raise LedgerMoved("这一项没有上报，不用记处理结果。")
    held.outcome = outcome
    held.save(update_fields=["outcome"])
    add_step(held, Kind.OUTCOME, outcome, by=by, at=at)
    tell_secretaries(held, "上报事项有了处理结果", at=at, besides={by.pk})
    audit.record("追究处理", held, by=by, at=at, path=held.organisation.path)


def escalate_overdue(*, at):
    """The sweeper's step (Z08): what stayed overdue, or keeps coming back, goes up once, on record, by day."""
    if notices.is_quiet(at):
        return 0
    today = timezone.localdate(at)
    items = Rectification.objects.running().filter(escalated_at=None)
    items = items.select_related("campaign__organisation", "organisation", "period__scheme_version")
    repeats = _repeats()
    is_working_day = working_calendar()
    asked = ((_reason(item, repeats, today, is_working_day), item) for item in items.order_by("pk"))
    due = [(item, reason) for reason, item in asked if reason]
    return sum(_escalate(item, reason, at=at) for item, reason in due)


def _repeats():
    """(campaign, organisation, window, category) → how many items there ever were of that kind."""
    kinds = Rectification.objects.exclude(category="").values_list(
        "campaign", "organisation", "window", "category"
    )
    return {tuple(row[:4]): row[4] for row in kinds.annotate(Count("pk")).order_by()}


def _reason(item, repeats, today, is_working_day):
    rules = item.period.plan.rectification
    rule = rules.escalation if rules else None
    if rule is None:
        return ""
    if item.due_on < today:
        latest = add_working_days(item.due_on, rule.after_overdue_working_days, is_working_day)
        if latest <= today:
            return f"逾期未整改，时限 {item.due_on:%Y-%m-%d}，原定 {item.first_due_on:%Y-%m-%d}"
    key = (item.campaign_id, item.organisation_id, item.window_id, item.category)
    times = repeats.get(key, 1) + item.reopened
    if times > rule.after_repeats:
        return f"同类问题第 {times} 次发生"
    return ""


@transaction.atomic
def _escalate(item, reason, *, at):
    mine = Rectification.objects.filter(pk=item.pk, escalated_at=None).update(escalated_at=at)
    if mine:
        add_step(item, Kind.ESCALATED, reason, by=None, at=at)
        _tell_above(item, item.period.plan.rectification.escalation.to, reason, at=at)
    return mine


def _tell_above(item, kind, reason, *, at):
    roles = item.campaign.organisation.roles.filter(kind=kind, ends_on=None)
    notices.post(
        [role.person for role in roles.select_related("person")],
        event=f"ledger-up:{item.pk}:{reason[:40]}",
        title=f"整改上报：{item}"[:120],
        body=f"{reason}\n{item.problem}",
        url=f"/ledger/{item.pk}",
        at=at,
    )
