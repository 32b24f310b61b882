"""Counting work without an error, one tap a shift; a reset says why, in the open (B07)."""

from django.db import IntegrityError, transaction

from campaigns.actions import fulfil
from common import audit, notices
from competitions.actions.contests import Refused
from competitions.models import Milestone, Shift, Streak, fields_of, key_of


@transaction.atomic
def open_streak(*, campaign, item, kind, subject, place, by, at):  # noqa: PLR0913 (a row is that much)
    """The counter of a subject; there is one a campaign and item."""
    streak, is_new = Streak.objects.get_or_create(
        campaign=campaign,
        item=item,
        subject_key=key_of(kind, subject),
        defaults=fields_of(kind, subject, place),
    )
    if is_new:
        audit.record("开始计数", streak, by=by, at=at, path=place.path)
    return streak


@transaction.atomic
def tap(streak, *, expected, clean, worked_on, rules, period, by, at):  # noqa: PLR0913 (one tap)
    """Add shifts without an error. `expected` is the tap number the page showed: a double tap counts once."""
    held = _held(streak, expected, worked_on, today=at)
    before, held.count = held.count, held.count + clean
    held.best = max(held.best, held.count)
    shift = _note(held, clean=clean, reason="", worked_on=worked_on, by=by, at=at)
    reached = [
        Milestone(streak=held, threshold=line, name=name, shift=shift, reached_on=worked_on)
        for line, name in thresholds_of(rules)
        if before < line <= held.count
    ]
    Milestone.objects.bulk_create(reached)
    if period is not None:
        fulfil(
            campaign=held.campaign, period=period, act="record_streak", by=by, at=at,
            assignee=held.person, about_person=held.person, about_window=held.window,
        )  # fmt: skip
    for milestone in reached:
        _tell(held, milestone, by=by, at=at)
    return reached


@transaction.atomic
def reset(streak, *, expected, reason, worked_on, by, at):  # noqa: PLR0913 (one tap)
    """An error: the count begins anew; what was reached stays."""
    held = _held(streak, expected, worked_on, today=at)
    lost, held.count = held.count, 0
    _note(held, clean=0, reason=reason, worked_on=worked_on, by=by, at=at)
    detail = {"原因": reason, "此前连续": lost}
    audit.record("连续计数清零", held, by=by, at=at, path=held.organisation.path, detail=detail)


def thresholds_of(rules):
    """[(count, name)] of the scheme, names filled in where it gives none."""
    names = list(rules.names)
    return [
        (line, names[number] if number < len(names) else f"连续 {line} {rules.unit}无差错")
        for number, line in enumerate(rules.thresholds)
    ]


def _held(streak, expected, worked_on, *, today):
    held = Streak.objects.select_for_update(of=("self",)).with_subjects().get(pk=streak.pk)
    if held.taps != expected:
        raise Refused(f"刚才已经登记过了，现在连续 {held.count}。请刷新后再登记下一班。")
    if worked_on > today.date() and worked_on > today.astimezone().date():
        raise Refused("不能登记以后的班次。")
    if held.last_on and worked_on < held.last_on:
        raise Refused(f"最近一次登记的是 {held.last_on}，不能补在它之前。")
    return held


def _note(streak, *, clean, reason, worked_on, by, at):  # noqa: PLR0913 (a row is that much)
    streak.taps, streak.last_on = streak.taps + 1, worked_on
    streak.save(update_fields=["count", "best", "taps", "last_on"])
    try:
        with transaction.atomic():
            return Shift.objects.create(
                streak=streak, number=streak.taps, worked_on=worked_on, clean=clean,
                reason=reason, noted_by=by, noted_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("刚才已经登记过了，请刷新。") from error


def _tell(streak, milestone, *, by, at):
    if streak.person_id:
        notices.post(
            [streak.person],
            event=f"streak:{streak.pk}:{milestone.shift_id}:{milestone.threshold}",
            title=f"您已达到“{milestone.name}”",
            url=f"/streaks/{streak.pk}",
            at=at,
        )
    path = streak.organisation.path
    audit.record("达到连续无差错", streak, by=by, at=at, path=path, detail={"称号": milestone.name})
