"""Typing in paper: what two different people typed alike is counted, once (P05)."""

from django.db import transaction
from django.utils import timezone

from common import audit
from evaluations.actions.polls import add_counts
from evaluations.actions.ratings import add_ratings
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
    entry = {"slips": slips, "totals": totals, "entered_at": at}
    PaperEntry.objects.update_or_create(sheet=held, by=by, defaults=entry)
    others = list(held.entries.exclude(by=by))
    if any((one.slips, one.totals) == (slips, totals) for one in others):
        _count(held, slips, totals, at=at)
    held.state = State.COUNTED if held.counted_at else _waiting(others)
    held.save()
    path = (held.window.organisation if held.window_id else held.poll.organisation).path
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
            for name in ("period", "form", "pile", "window", "poll", "position", "rater_class")
        }
        sheet, _ = PaperSheet.objects.get_or_create(**where)
    return (
        PaperSheet.objects.select_for_update(of=("self",))
        .select_related(
            "window__organisation", "poll__organisation", "period__scheme_version",
            "period__campaign",
        )
        .get(pk=sheet.pk)
    )  # fmt: skip


def _count(sheet, slips, totals, *, at):
    day = timezone.localdate(at)
    if sheet.poll_id:
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
