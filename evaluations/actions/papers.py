"""Typing in paper: what two different people typed alike is counted, once (P05)."""

from django.db import transaction
from django.utils import timezone

from common import audit
from evaluations.actions.close import close_round
from evaluations.actions.polls import add_counts
from evaluations.actions.ratings import add_ratings
from evaluations.actions.rounds import RoundRefused
from evaluations.models import PaperEntry, PaperSheet, Poll, PollCount
from evaluations.queries.ratings import channel_of

State = PaperSheet.State


class PaperRefused(Exception):
    """Not this sheet, or not now; the text is shown."""


@transaction.atomic
def type_paper(sheet, *, slips, totals, by, at):
    """One person's figures. A new sheet is found by its pile when somebody began it already.

    Returns the sheet: counted when another person typed the same, differing, or waiting for one.
    """
    held = _held(sheet)
    if held.state == State.COUNTED:
        raise PaperRefused("这一叠已经计入，不能再录。另有一叠请换一个编号。")
    if held.round_id:
        _refuse_early(held.round, slips, at=at)
    entry = {"slips": slips, "totals": totals, "entered_at": at}
    PaperEntry.objects.update_or_create(sheet=held, by=by, defaults=entry)
    others = list(held.entries.exclude(by=by))
    if any((one.slips, one.totals) == (slips, totals) for one in others):
        _count(held, slips, totals, by=by, at=at)
    held.state = State.COUNTED if held.counted_at else _waiting(others)
    held.save()
    path = held.place.organisation.path
    detail = {"表": str(held), "状态": held.get_state_display()}
    audit.record("录入纸质表", held, by=by, at=at, path=path, detail=detail)
    return held


def _waiting(others):
    return State.DIFFERS if others else State.WAITING


def _held(sheet):
    """The row under a lock; the unique pile makes two beginners meet on one."""
    if sheet.pk is None:
        where = {
            name: getattr(sheet, name)
            for name in (
                "period",
                "form",
                "pile",
                "window",
                "poll",
                "round",
                "position",
                "rater_class",
            )
        }
        sheet, _ = PaperSheet.objects.get_or_create(**where)
    return (
        PaperSheet.objects.select_for_update(of=("self",))
        .select_related(
            "window__organisation", "poll__organisation", "round__organisation",
            "period__scheme_version", "period__campaign",
        )
        .get(pk=sheet.pk)
    )  # fmt: skip


def _count(sheet, slips, totals, *, by, at):
    day = timezone.localdate(at)
    if sheet.round_id:
        _into_round(sheet, by=by, at=at)
    elif sheet.poll_id:
        _into_poll(sheet, slips, totals)
    else:
        channel = channel_of(sheet.period.plan, "paper")
        rows = [
            (question, level, count)
            for question, levels in sorted(totals.items())
            for level, count in sorted(levels.items())
        ]
        add_ratings(sheet.period.campaign, sheet.window, channel.key, rows, day)
    sheet.counted_at = at


def _into_round(sheet, *, by, at):
    """A small branch's own rating (P10): counted at once, by the thresholds of every peer round."""
    PaperSheet.objects.filter(pk=sheet.pk).update(counted_at=at)
    try:
        close_round(sheet.round, by=by, at=at)
    except RoundRefused as refused:
        raise PaperRefused(str(refused)) from refused


def _refuse_early(round, slips, *, at):
    """Not after a slip or two (B10): all of them are in, or the time is over."""
    if slips > round.voter_count:
        raise PaperRefused(f"名册上参评的只有 {round.voter_count} 人，表不会比人多。")
    if slips < round.voter_count and at < round.closes_at:
        raise PaperRefused("还没到收表截止时间，也没有收齐，先不要录入。")


def _into_poll(sheet, slips, totals):
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=sheet.poll_id)
    if poll.state != Poll.State.OPEN:
        raise PaperRefused("这次评议已经结束，纸质表没有计入。")
    rows = [(0, sheet.rater_class, PollCount.FORMS, "", slips)]
    for question, levels in sorted(totals.items()):
        rows += [
            (sheet.position, sheet.rater_class, question, level, count)
            for level, count in sorted(levels.items())
        ]
    add_counts(poll, rows)
