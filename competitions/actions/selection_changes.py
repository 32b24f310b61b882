"""Putting a selection right: another deadline, a list made public too early, called off, an honour taken back."""

from django.db import transaction
from django.utils import timezone

from common import audit, notices
from competitions.actions.contests import Refused
from competitions.actions.selections import State, hold
from competitions.models import Award, Nomination


@transaction.atomic
def change_selection(selection, *, closes_on, reason, by, at):
    """Nominations end on another day; once reviewed they are taken again."""
    held = hold(selection, State.NOMINATING, State.REVIEWING)
    if closes_on < timezone.localdate(at):
        raise Refused("推荐截止日期不能早于今天。")
    detail = {"推荐截止": f"{held.closes_on} → {closes_on}", "原因": reason}
    held.closes_on, held.state = closes_on, State.NOMINATING
    held.save(update_fields=["closes_on", "state"])
    audit.record("修改评选", held, by=by, at=at, path=held.organisation.path, detail=detail)
    return held


@transaction.atomic
def recall_selection(selection, *, reason, by, at):
    """The list leaves the public page; those on it are candidates again, what was objected stays."""
    held = hold(selection, State.PUBLICISED)
    held.nominations.filter(state=Nomination.State.CHOSEN).update(state=Nomination.State.CANDIDATE)
    held.state, held.publicised_on, held.objections_until = State.REVIEWING, None, None
    held.save(update_fields=["state", "publicised_on", "objections_until"])
    path = held.organisation.path
    audit.record("撤回公示", held, by=by, at=at, path=path, detail={"原因": reason})


@transaction.atomic
def cancel_selection(selection, *, reason, by, at):
    """Called off before the decision. Whoever was nominated is told why."""
    held = hold(selection, State.NOMINATING, State.REVIEWING, State.PUBLICISED)
    before = held.get_state_display()
    held.state, held.cancelled_reason = State.CANCELLED, reason
    held.cancelled_by, held.cancelled_at = by, at
    held.save(update_fields=["state", "cancelled_reason", "cancelled_by", "cancelled_at"])
    shown = held.nominations.filter(state__in=["candidate", "chosen"], person__isnull=False)
    notices.post(
        [one.person for one in shown.select_related("person")],
        event=f"selection-cancelled:{held.pk}",
        title=f"“{held}”评选已取消",
        body=f"原因：{reason}",
        url=f"/selections/{held.pk}",
        at=at,
    )
    detail = {"取消前": before, "原因": reason}
    audit.record("取消评选", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def revoke_award(award, *, reason, by, at):
    """An honour given wrongly is taken back; it stays on record with the reason."""
    day = timezone.localdate(at)
    held = (
        Award.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=award.pk)
    )
    if held.revoked_reason:
        raise Refused("这项荣誉已经撤销过了。")
    held.revoked_reason = reason
    held.ended_on = max(day, held.granted_on) if held.ended_on is None else held.ended_on
    held.save(update_fields=["revoked_reason", "ended_on"])
    path = held.organisation.path
    audit.record("撤销荣誉", held, by=by, at=at, path=path, detail={"原因": reason})
