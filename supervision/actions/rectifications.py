"""The life of a ledger item. Each deed is one conditional write and one step, in one transaction."""

from django.db import transaction
from django.utils import timezone

from campaigns.actions import fulfil
from campaigns.queries.calendar import working_calendar
from common import audit, notices
from common.dates import add_working_days
from evaluations.actions.feedback import answer_feedback
from supervision.models import Rectification, Step

State, Kind = Rectification.State, Step.Kind


class LedgerMoved(Exception):
    """Somebody else acted on the item in the meantime; the text says what to do."""


def default_due_on(plan, *, today):
    """So many working days from today as the scheme says (Z03)."""
    days = plan.rectification.deadline_working_days
    return add_working_days(today, days, working_calendar())


@transaction.atomic
def add_rectification(item, *, by, at):
    """Put a problem into the ledger. The caller has set campaign, period, place, source, problem, due."""
    item.found_by, item.found_at = by, at
    item.first_due_on = item.due_on
    item.save()
    _step(item, Kind.FOUND, item.problem, by=by, at=at)
    _tell_secretaries(item, "新的整改事项", at=at)
    audit.record("列入整改", item, by=by, at=at, path=item.organisation.path)
    return item


@transaction.atomic
def plan_rectification(item, *, measure, owner, category, due_on, reason, by, at):  # noqa: PLR0913 (a ledger line)
    """Measure, owner, deadline. A later deadline is an extension: reasoned, the first one is kept."""
    held = _held(item, State.FOUND, State.MENDING)
    later = held.state == State.MENDING and due_on > held.due_on
    if later and not reason:
        raise LedgerMoved("推后时限要写明原因。")
    held.measure, held.owner, held.category, held.due_on = measure, owner, category, due_on
    held.state = State.MENDING
    held.save(update_fields=["measure", "owner", "category", "due_on", "state"])
    text = (
        f"延期至 {due_on:%Y-%m-%d}：{reason}"
        if later
        else f"{measure}（{owner}，{due_on:%Y-%m-%d} 前）"
    )
    _step(held, Kind.EXTENDED if later else Kind.PLANNED, text, by=by, at=at)
    notices.post(
        [owner],
        event=f"ledger-owner:{held.pk}:{owner.pk}",
        title="有整改事项由您负责",
        body=held.problem,
        url=f"/ledger/{held.pk}",
        at=at,
    )
    audit.record("定整改措施", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def report_rectification(item, *, evidence, by, at):
    """Say that it is mended; this fulfils the duty to rectify. Somebody else signs it off."""
    held = _held(item, State.MENDING)
    held.state, held.evidence = State.REPORTED, evidence
    held.reported_by, held.reported_at = by, at
    held.save(update_fields=["state", "evidence", "reported_by", "reported_at"])
    _step(held, Kind.REPORTED, evidence, by=by, at=at)
    fulfil(campaign=held.campaign, period=held.period, act="rectify", by=by, at=at)
    _tell_secretaries(held, "整改已报告，等待销号", at=at, besides={by.pk, held.owner_id})
    audit.record("报告整改", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def sign_off_rectification(item, *, passed, note, by, at):
    """Close it, or send it back; never by the one who mended it (also a constraint)."""
    held = _held(item, State.REPORTED)
    if by.pk in {held.owner_id, held.reported_by_id}:
        raise LedgerMoved("整改的人不能给自己销号，请由别人来核。")
    if passed:
        held.state, held.signed_off_by, held.signed_off_at = State.SIGNED_OFF, by, at
    else:
        held.state = State.MENDING
    held.save(update_fields=["state", "signed_off_by", "signed_off_at"])
    _step(held, Kind.SIGNED_OFF if passed else Kind.RETURNED, note, by=by, at=at)
    audit.record("销号" if passed else "退回再改", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def answer_rectification(item, *, answer, by, at):
    """The public answer; the sender of the opinion reads it with his receipt code."""
    held = _held(item, State.SIGNED_OFF)
    held.public_answer = answer
    held.save(update_fields=["public_answer"])
    if held.feedback_id:
        answer_feedback(held.feedback, answer=answer, by=by, at=at, today=timezone.localdate(at))
    _step(held, Kind.ANSWERED, answer, by=by, at=at)
    audit.record("公开答复", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def recheck_rectification(item, *, answers, note, reopen, due_on, by, at):  # noqa: PLR0913 (one form)
    """回头看 (Z04): the scheme's questions; what was not solved is opened again with a new deadline."""
    held = _held(item, State.SIGNED_OFF)
    _step(held, Kind.RECHECKED, note, by=by, at=at, answers=answers)
    if reopen:
        held.state, held.signed_off_by, held.signed_off_at = State.MENDING, None, None
        held.due_on, held.reopened = due_on, held.reopened + 1
        held.save(update_fields=["state", "signed_off_by", "signed_off_at", "due_on", "reopened"])
        _step(held, Kind.REOPENED, note, by=by, at=at)
        _tell_secretaries(held, "复查后重新整改", at=at)
    fulfil(campaign=held.campaign, period=held.period, act="recheck", by=by, at=at)
    audit.record("复查整改", held, by=by, at=at, path=held.organisation.path)


def escalate_overdue(*, at):
    """The sweeper's step (Z08): what stayed overdue goes up once, on record."""
    today = timezone.localdate(at)
    items = Rectification.objects.overdue(today=today).filter(escalated_at=None)
    items = items.select_related("campaign__organisation", "organisation", "period__scheme_version")
    is_working_day = working_calendar()
    return sum(_escalate(item, today, is_working_day, at=at) for item in items[:500])


@transaction.atomic
def _escalate(item, today, is_working_day, *, at):
    rules = item.period.plan.rectification
    rule = rules.escalation if rules else None
    if rule is None:
        return 0
    if add_working_days(item.due_on, rule.after_overdue_working_days, is_working_day) > today:
        return 0
    mine = Rectification.objects.filter(pk=item.pk, escalated_at=None).update(escalated_at=at)
    if mine:
        _step(item, Kind.ESCALATED, f"逾期未整改，原定 {item.due_on:%Y-%m-%d}", by=None, at=at)
        _tell_above(item, rule.to, at=at)
    return mine


def _held(item, *states):
    """The row under a lock, or a refusal when it is no longer in one of the states."""
    held = (
        Rectification.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period__scheme_version")
        .get(pk=item.pk)
    )
    if held.state not in states:
        raise LedgerMoved(f"这一项现在是“{held.get_state_display()}”，请刷新页面再看。")
    return held


def _step(item, kind, text, *, by, at, answers=None):  # noqa: PLR0913 (one row)
    Step.objects.create(item=item, kind=kind, text=text, answers=answers or {}, by=by, at=at)


def _tell_secretaries(item, title, *, at, besides=()):
    roles = item.organisation.roles.filter(kind="secretary", ends_on=None).select_related("person")
    notices.post(
        [role.person for role in roles if role.person_id not in besides],
        event=f"ledger:{item.pk}:{title}:{item.reopened}",
        title=f"{title}：{item}"[:120],
        body=item.problem,
        url=f"/ledger/{item.pk}",
        at=at,
    )


def _tell_above(item, kind, *, at):
    roles = item.campaign.organisation.roles.filter(kind=kind, ends_on=None)
    notices.post(
        [role.person for role in roles.select_related("person")],
        event=f"ledger-overdue:{item.pk}",
        title=f"整改逾期：{item}"[:120],
        body=item.problem,
        url=f"/ledger/{item.pk}",
        at=at,
    )
