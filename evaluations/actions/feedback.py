"""Opinions that come back: owner, deadline, answer, the sender's verdict, appeal, publication (P06, P09, Z06)."""

import json
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from branches.models import Person, Role
from campaigns.queries.calendar import working_calendar
from common import audit, notices, vault
from common.dates import add_working_days
from evaluations.actions.codes import grouped, hash_receipt, new_code
from evaluations.models import Feedback, FeedbackAppeal, FeedbackStep, RatingCount
from evaluations.queries.feedback import days_to_answer

State, Kind, Step = Feedback.State, Feedback.Kind, FeedbackStep.Kind
TOLD_AT_HOUR = 8
SUNDAY = timedelta(days=6)


class FeedbackMoved(Exception):
    """Somebody else acted in the meantime, or it is not allowed now; the text is shown."""


def keep_rating(*, period, window, text, is_bad, channel, levels, today):  # noqa: PLR0913 (one form)
    """A bad rating or a comment, in the transaction that counts it; returns the receipt code."""
    return _keep(
        Feedback(
            kind=Kind.RATING,
            campaign=period.campaign,
            window=window,
            text=text,
            is_bad=is_bad,
            channel=channel,
            levels=levels,
        ),
        period,
        today=today,
    )


@transaction.atomic
def drop_suggestion(*, period, place, text, contact, once, today):  # noqa: PLR0913 (one slip)
    """A slip into the suggestion box of `place`, {"window": …} or {"organisation": …}; returns the receipt code."""
    once(today)
    feedback = Feedback(kind=Kind.BOX, campaign=period.campaign, text=text, **place)
    feedback.contact = seal_contact(**contact)
    return _keep(feedback, period, today=today)


def _keep(feedback, period, *, today):
    """The deadline runs from the end of the week: it must not tell the day (B20)."""
    code = new_code()
    feedback.week_on = today - timedelta(days=today.weekday())
    feedback.due_on = add_working_days(
        feedback.week_on + SUNDAY, days_to_answer(period.plan, feedback), working_calendar()
    )
    feedback.owner_id = _default_owner(feedback.place, today=today)
    feedback.receipt_hash = hash_receipt(code)
    feedback.save(force_insert=True)
    return grouped(code)


def _default_owner(organisation, *, today):
    roles = Role.objects.current(today=today).filter(
        organisation=organisation, kind=Role.Kind.SECRETARY
    )
    return roles.order_by("starts_on", "pk").values_list("person", flat=True).first()


def seal_contact(name="", phone=""):
    """None when nothing was given; otherwise bytes that only the portal can open."""
    if not name and not phone:
        return None
    return vault.seal(json.dumps({"name": name, "phone": phone}).encode())


def open_contact(feedback):
    return json.loads(vault.unseal(feedback.contact)) if feedback.contact else None


@transaction.atomic
def assign_feedback(feedback, *, owner, due_on, by, at):
    """Another owner or deadline; who it is stays on record."""
    held = _held(feedback, State.RECEIVED)
    held.owner, held.due_on = owner, due_on
    held.save(update_fields=["owner", "due_on"])
    _step(held, Step.ASSIGNED, f"{owner}，{due_on:%Y-%m-%d} 前", by=by, at=at)
    notices.post(
        [owner],
        event=f"feedback-owner:{held.pk}:{owner.pk}:{due_on}",
        title=f"{held.place_name}有群众意见由您答复",
        body=held.text,
        url=reverse("evaluations:feedback_detail", args=[held.pk]),
        at=at,
    )
    audit.record("交办群众意见", held, by=by, at=at, path=held.place.path)


@transaction.atomic
def answer_feedback(feedback, *, answer, by, at, today):
    """Answer the sender; the first answer stands until he says that it solved nothing (conditional write)."""
    answered = Feedback.objects.filter(pk=feedback.pk, state=State.RECEIVED).update(
        state=State.ANSWERED, answer=answer, answered_on=today, answered_by=by
    )
    if answered:
        _step(feedback, Step.ANSWERED, answer, by=by, at=at)
        audit.record("答复群众意见", feedback, by=by, at=at, path=feedback.place.path)
    return bool(answered)


@transaction.atomic
def judge_answer(feedback, *, solved, note, today):
    """The sender says 已解决 or 没解决; unsolved it goes back to its owner with a new deadline, at most twice."""
    held = _held(feedback, State.ANSWERED)
    if held.is_solved is not None and held.is_solved == solved:
        return held
    monday = today - timedelta(days=today.weekday())
    held.is_solved = solved
    if not solved:
        _send_back(held, monday)
    held.save(update_fields=["is_solved", "state", "due_on", "reopened", "is_told"])
    FeedbackStep.objects.create(
        feedback=held, kind=Step.SOLVED if solved else Step.UNSOLVED, text=note, day=monday
    )
    return held


def _send_back(held, monday):
    if held.reopened >= 2:
        raise FeedbackMoved("已经退回过两次，请用电话回访或向上级反映。")
    period = held.campaign.periods.order_by("-starts_on").first()
    days = days_to_answer(period.plan, held)
    held.state, held.reopened, held.is_told = State.RECEIVED, held.reopened + 1, False
    held.due_on = add_working_days(monday + SUNDAY, days, working_calendar())


@transaction.atomic
def leave_contact(feedback, *, name, phone):
    """The sender wants to be called back."""
    Feedback.objects.filter(pk=feedback.pk).update(contact=seal_contact(name, phone))


@transaction.atomic
def note_call(feedback, *, note, by, at):
    """回访: what the sender said on the phone. The number is forgotten then."""
    Feedback.objects.filter(pk=feedback.pk).update(contact=None)
    _step(feedback, Step.CALLED, note, by=by, at=at)
    audit.record("电话回访", feedback, by=by, at=at, path=feedback.place.path)


@transaction.atomic
def publish_feedback(feedback, *, question, answer, by, at):
    """Put opinion and answer on the public page, reworded so that nobody is named."""
    held = _held(feedback, State.ANSWERED)
    held.public_question, held.public_answer = question, answer
    held.published_on, held.published_by = timezone.localdate(at), by
    held.save(update_fields=["public_question", "public_answer", "published_on", "published_by"])
    _step(held, Step.PUBLISHED, answer, by=by, at=at)
    audit.record("公开群众意见答复", held, by=by, at=at, path=held.place.path)


@transaction.atomic
def take_down_answer(feedback, *, reason, by, at):
    """Off the public page at once, with the reason on record; the sender reads his answer by the receipt as before."""
    held = _held(feedback, *State)
    if held.published_on is None:
        raise FeedbackMoved("这条答复没有公开，或者已经撤下。")
    held.published_on = held.published_by = None
    held.save(update_fields=["published_on", "published_by"])
    _step(held, Step.HIDDEN, reason, by=by, at=at)
    detail = {"原因": reason}
    audit.record("撤下公开的答复", held, by=by, at=at, path=held.place.path, detail=detail)


@transaction.atomic
def appeal_feedback(feedback, *, reason, by, at):
    """The window's side says that a bad rating is wrong or malicious; once."""
    held = _held(feedback, State.RECEIVED, State.ANSWERED)
    if FeedbackAppeal.objects.filter(feedback=held).exists():
        raise FeedbackMoved("这条差评已经申诉过，请等复核结果。")
    FeedbackAppeal.objects.create(
        feedback=held, reason=reason, asked_by=by, asked_on=timezone.localdate(at)
    )
    _step(held, Step.APPEALED, reason, by=by, at=at)
    audit.record("差评申诉", held, by=by, at=at, path=held.place.path)


@transaction.atomic
def decide_appeal(feedback, *, upheld, decision, by, at):
    """Counted or not, with a reason. Upheld, the levels of that form are taken out of the counters."""
    state = FeedbackAppeal.State.UPHELD if upheld else FeedbackAppeal.State.REJECTED
    held = _held(feedback, State.RECEIVED, State.ANSWERED)
    moved = (
        FeedbackAppeal.objects.filter(feedback=held, state=FeedbackAppeal.State.WAITING)
        .exclude(asked_by=by)
        .update(state=state, decision=decision, decided_by=by, decided_on=timezone.localdate(at))
    )
    if not moved:
        raise FeedbackMoved("没有等您复核的申诉：已经复核过，或者是您自己提出的。")
    if upheld:
        _take_out(held)
        Feedback.objects.filter(pk=held.pk).update(is_counted=False)
    _step(held, Step.DECIDED, f"{state.label}：{decision}", by=by, at=at)
    audit.record(
        "复核差评申诉", held, by=by, at=at, path=held.place.path, detail={"结果": state.label}
    )


def _take_out(feedback):
    """The day of a form is not kept, so one answer of its week goes; sums of week and period are right."""
    week = {"day__gte": feedback.week_on, "day__lte": feedback.week_on + SUNDAY}
    for question, level in sorted(feedback.levels.items()):
        rows = RatingCount.objects.filter(
            campaign=feedback.campaign_id,
            window=feedback.window_id,
            channel=feedback.channel,
            question=question,
            level=level,
            count__gt=0,
            **week,
        )
        fullest = rows.order_by("-count", "day").values_list("pk", flat=True).first()
        RatingCount.objects.filter(pk=fullest, count__gt=0).update(count=F("count") - 1)


def tell_owners(*, at):
    """The sweeper's step: what came since, once each morning; a message at once would tell the hour (B20)."""
    local = timezone.localtime(at)
    if local.hour != TOLD_AT_HOUR:
        return 0
    fresh = Feedback.objects.waiting().filter(is_told=False, owner__isnull=False)
    owners = list(fresh.values_list("owner", flat=True).distinct().order_by("owner"))
    return sum(_tell(owner, fresh.filter(owner=owner), local, at=at) for owner in owners)


@transaction.atomic
def _tell(owner_id, fresh, local, *, at):
    count = fresh.update(is_told=True)
    if count:
        notices.post(
            [Person.objects.get(pk=owner_id)],
            event=f"feedback-new:{local:%Y-%m-%d}",
            title=f"有 {count} 条群众意见等您答复",
            url=reverse("evaluations:feedback_list") + "?state=received",
            at=at,
        )
    return count


def _held(feedback, *states):
    held = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("window__organisation", "organisation", "campaign")
        .get(pk=feedback.pk)
    )
    if held.state not in states:
        raise FeedbackMoved(f"这条意见现在是“{held.get_state_display()}”，请刷新页面再看。")
    return held


def _step(feedback, kind, text, *, by, at):
    FeedbackStep.objects.create(
        feedback=feedback, kind=kind, text=text, day=timezone.localdate(at), by=by
    )
