"""Putting a contest right: other words, a wrong entrant or judge, ranked too early, called off. Each says why."""

from django.db import transaction

from common import audit, notices
from competitions.actions.contests import State, hold

CHANGEABLE = {"name": "名称", "held_on": "举办日期", "place": "地点"}


@transaction.atomic
def change_contest(contest, *, values, by, at):
    """Name, day and place, as before and after on record; the rules stay the scheme's."""
    held = hold(contest, State.PREPARING, State.JUDGING)
    detail = {
        label: f"{getattr(held, key)} → {values[key]}"
        for key, label in CHANGEABLE.items()
        if getattr(held, key) != values[key]
    }
    for key in CHANGEABLE:
        setattr(held, key, values[key])
    held.save(update_fields=list(CHANGEABLE))
    audit.record("修改竞赛", held, by=by, at=at, path=held.organisation.path, detail=detail)
    return held


@transaction.atomic
def remove_entrant(entrant, *, reason, by, at):
    """Who should not be on the list leaves it, with the marks already given."""
    held = hold(entrant.contest, State.PREPARING, State.JUDGING)
    marks = entrant.marks.count()
    detail = {"参赛者": entrant.label, "原因": reason, "一并删去的评分": marks}
    entrant.delete()
    audit.record("移出参赛者", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def remove_judge(judge, *, reason, by, at):
    """Who does not come holds nobody up; a contest without judges waits for new ones."""
    held = hold(judge.contest, State.JUDGING)
    detail = {"评委": str(judge.person), "原因": reason, "一并删去的评分": judge.marks.count()}
    judge.delete()
    if not held.judges.exists():
        held.state = State.PREPARING
        held.save(update_fields=["state"])
    audit.record("移出评委", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def reopen_contest(contest, *, reason, by, at):
    """Ranked too early: back to judging; places, prizes and the decision on ties are void."""
    held = hold(contest, State.RANKED)
    held.entrants.update(score="", place=None, prize="", is_tied=False, explanation={}, tie_order=0)
    held.state, held.ranked_at, held.tie_reason, held.decided_by = State.JUDGING, None, "", None
    held.save(update_fields=["state", "ranked_at", "tie_reason", "decided_by"])
    path = held.organisation.path
    audit.record("退回评分", held, by=by, at=at, path=path, detail={"原因": reason})


@transaction.atomic
def cancel_contest(contest, *, reason, by, at):
    """Called off in any state; published places are withdrawn, and all concerned are told why."""
    held = hold(contest, State.PREPARING, State.JUDGING, State.RANKED, State.PUBLISHED)
    before = held.get_state_display()
    held.state, held.cancelled_reason = State.CANCELLED, reason
    held.cancelled_by, held.cancelled_at = by, at
    held.save(update_fields=["state", "cancelled_reason", "cancelled_by", "cancelled_at"])
    entrants = held.entrants.filter(person__isnull=False).select_related("person")
    notices.post(
        [one.person for one in entrants] + [one.person for one in held.judges.select_related("person")],
        event=f"contest-cancelled:{held.pk}",
        title=f"“{held}”已取消",
        body=f"原因：{reason}",
        url=f"/contests/{held.pk}",
        at=at,
    )  # fmt: skip
    detail = {"取消前": before, "原因": reason}
    audit.record("取消竞赛", held, by=by, at=at, path=held.organisation.path, detail=detail)
