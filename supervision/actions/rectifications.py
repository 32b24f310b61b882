"""The life of a ledger item. Each deed is one conditional write and one step, in one transaction."""

from django.db import transaction
from django.utils import timezone

from campaigns.actions import fulfil
from campaigns.models import Duty, Period
from campaigns.models.document import ACTS
from campaigns.queries.calendar import working_calendar
from common import audit, notices
from common.dates import add_working_days
from evaluations.actions.feedback import answer_feedback
from supervision.models import Rectification, Step

State, Kind = Rectification.State, Step.Kind
CARRIED_AT_ONCE = 500  # items a sweep


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
    add_step(item, Kind.FOUND, item.problem, by=by, at=at)
    tell_secretaries(item, "新的整改事项", at=at)
    audit.record("列入整改", item, by=by, at=at, path=item.organisation.path)
    return item


@transaction.atomic
def plan_rectification(item, *, measure, owner, category, due_on, reason, by, at, checked=""):  # noqa: PLR0913 (a ledger line)
    """Measure, owner, deadline. A later deadline is an extension: reasoned, the first one is kept."""
    held = held_item(item, State.FOUND, State.MENDING)
    if due_on < timezone.localdate(at):
        raise LedgerMoved("整改时限不能早于今天。")
    if checked:
        add_step(held, Kind.CHECKED, checked, by=by, at=at)
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
    add_step(held, Kind.EXTENDED if later else Kind.PLANNED, text, by=by, at=at)
    owe_rectification(held, at=at)
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
    held = held_item(item, State.MENDING)
    held.state, held.evidence = State.REPORTED, evidence
    held.reported_by, held.reported_at = by, at
    held.save(update_fields=["state", "evidence", "reported_by", "reported_at"])
    add_step(held, Kind.REPORTED, evidence, by=by, at=at)
    settle_rectification(held, by=by, at=at)
    tell_secretaries(held, "整改已报告，等待销号", at=at, besides={by.pk, held.owner_id})
    audit.record("报告整改", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def sign_off_rectification(item, *, passed, note, by, at):
    """Close it, or send it back; never by the one who mended it (also a constraint)."""
    held = held_item(item, State.REPORTED)
    if by.pk in {held.owner_id, held.reported_by_id}:
        raise LedgerMoved("整改的人不能给自己销号，请由别人来核。")
    if passed:
        held.state, held.signed_off_by, held.signed_off_at = State.SIGNED_OFF, by, at
    else:
        held.state = State.MENDING
    held.save(update_fields=["state", "signed_off_by", "signed_off_at"])
    add_step(held, Kind.SIGNED_OFF if passed else Kind.RETURNED, note, by=by, at=at)
    if not passed:
        owe_rectification(held, at=at)
    audit.record("销号" if passed else "退回再改", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def answer_rectification(item, *, answer, by, at):
    """The public answer; the sender of the opinion reads it with his receipt code."""
    held = held_item(item, State.SIGNED_OFF)
    held.public_answer = answer
    held.save(update_fields=["public_answer"])
    if held.feedback_id:
        answer_feedback(held.feedback, answer=answer, by=by, at=at, today=timezone.localdate(at))
    add_step(held, Kind.ANSWERED, answer, by=by, at=at)
    audit.record("公开答复", held, by=by, at=at, path=held.organisation.path)


def held_item(item, *states):
    """The row under a lock, or a refusal when it is no longer in one of the states."""
    held = (
        Rectification.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period__scheme_version")
        .get(pk=item.pk)
    )
    if held.state not in states:
        raise LedgerMoved(f"这一项现在是“{held.get_state_display()}”，请刷新页面再看。")
    return held


def add_step(item, kind, text, *, by, at, answers=None):  # noqa: PLR0913 (one row)
    Step.objects.create(item=item, kind=kind, text=text, answers=answers or {}, by=by, at=at)


def tell_secretaries(item, title, *, at, besides=()):
    roles = item.organisation.roles.filter(kind="secretary", ends_on=None).select_related("person")
    notices.post(
        [role.person for role in roles if role.person_id not in besides],
        event=f"ledger:{item.pk}:{title}:{item.reopened}",
        title=f"{title}：{item}"[:120],
        body=item.problem,
        url=f"/ledger/{item.pk}",
        at=at,
    )


def owe_rectification(item, *, at):
    """The item as a duty of its owner: 今天要办, reminders and 催办 know it from there."""
    period = present_period(item, at=at)
    if period is None:
        return
    rule, day = rule_of(item), timezone.localdate(at)
    Duty.objects.pending().filter(
        rule=rule, campaign=item.campaign, period__state=Period.State.OPEN
    ).exclude(period=period, assignee=item.owner, due_on=item.due_on).update(
        waived_at=at, waived_reason="整改事项的责任人或时限已改"
    )
    Duty.objects.update_or_create(
        period=period,
        rule=rule,
        assignee=item.owner,
        subject_key="",
        due_on=item.due_on,
        defaults={
            "campaign": item.campaign,
            "act": "rectify",
            "title": f"落实整改：{item}"[:60],
            "organisation": item.organisation,
            "starts_on": min(day, item.due_on),
            "minutes": ACTS["rectify"].minutes,
            "done_at": None,
            "done_by": None,
            "is_late": False,
            "waived_at": None,
            "waived_reason": "",
        },
    )


def settle_rectification(item, *, by, at):
    """The report fulfils the owner's duty, and what the plan's own rule asks of whoever reports."""
    Duty.objects.pending().filter(rule=rule_of(item), campaign=item.campaign).update(
        done_at=at, done_by=by, is_late=item.due_on < timezone.localdate(at)
    )
    period = present_period(item, at=at)
    if period is not None:
        fulfil(
            campaign=item.campaign,
            period=period,
            act="rectify",
            by=by,
            at=at,
            about_organisation=item.organisation,
        )


def carry_rectifications(*, at):
    """The sweeper's step: what is still being mended is owed in the period that runs now."""
    day = timezone.localdate(at)
    running = Period.objects.filter(state=Period.State.OPEN).values("campaign")
    items = Rectification.objects.filter(state=State.MENDING, campaign__in=running)
    items = items.select_related("campaign", "owner")
    there = Duty.objects.filter(
        act="rectify", period__state=Period.State.OPEN, period__starts_on__lte=day
    ).filter(period__ends_on__gte=day)
    owed = set(there.pending().values_list("rule", flat=True))
    left = [item for item in items.order_by("pk") if rule_of(item) not in owed]
    for item in left[:CARRIED_AT_ONCE]:
        owe_rectification(item, at=at)
    return len(left[:CARRIED_AT_ONCE])


def rule_of(item):
    """How the item's duty is named among the rules of the plan."""
    return f"ledger-{item.pk}"


def present_period(item, *, at):
    """The open period of the item's campaign that holds the day, else the newest open one."""
    open_now = item.campaign.periods.filter(state=Period.State.OPEN)
    day = timezone.localdate(at)
    return open_now.containing(day).first() or open_now.order_by("-starts_on").first()
