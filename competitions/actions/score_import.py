"""Paper score sheets typed in by the organiser: one row an entrant, a column a judge and question (B02)."""

from decimal import Decimal
from typing import Any, NamedTuple

from branches.actions.list_import import RowIntent, change_row, refuse_doubles
from branches.actions.roster_plan import Change, PlanMoved
from branches.models import scope_paths, under
from common import audit, notices
from competitions.actions.contests import missing_of
from competitions.models import Contest, Judge, Mark
from competitions.permissions import RUNNERS
from competitions.queries.ranking import questions_of


class Slot(NamedTuple):
    """A column: whose mark on which question. The key is the same in every contest of this judge."""

    key: str
    label: str
    judge: Any
    question: str


def contests_to_fill(by):
    """[(key, label)] of the contests being judged that the person runs."""
    contests = Contest.objects.visible_to(by).filter(
        under(scope_paths(by, *RUNNERS), "organisation__path"), state=Contest.State.JUDGING
    )
    return [(str(one.pk), str(one)) for one in contests.order_by("-held_on", "-pk")]


def slots_of(contest):
    """One judge: a column a question. One question: a column a judge. Else one of each pair."""
    judges = list(contest.judges.select_related("person").order_by("pk"))
    asked, names, found = questions_of(contest.rules), {}, []
    for judge in judges:
        name = str(judge.person)
        names[name] = names.get(name, 0) + 1
        shown = name if names[name] == 1 else f"{name}{names[name]}"
        for question, label, _ in asked:
            heading = {(True, False): label, (False, True): shown, (True, True): label}.get(
                (len(judges) == 1, len(asked) == 1), f"{shown}·{label}"
            )
            found.append(Slot(f"p{judge.person_id}_{question}", heading, judge, question))
    return found


def plan_scores(rows, *, scope, about, today):
    """One intent a row: all marks of one entrant; decides, writes nothing."""
    contest = Contest.objects.select_related("organisation").get(pk=int(about))
    if problem := _closed_to(contest, scope):
        return [RowIntent(row, refusal=problem) for row in rows]
    slots = slots_of(contest)
    known = {entrant.label: entrant for entrant in contest.entrants.all()}
    there = {
        (mark.entrant_id, mark.judge_id, mark.question): mark.value
        for mark in Mark.objects.filter(entrant__contest=contest)
    }
    intents = [_intent(row, slots, known, there) for row in rows]
    refuse_doubles(intents, lambda one: one.values["entrant"].pk, "与第 {row} 行是同一个参赛者")
    return intents


def _closed_to(contest, scope):
    if contest.state != Contest.State.JUDGING:
        return f"“{contest}”{contest.get_state_display()}，不能再录成绩"
    if not contest.organisation.path.startswith(scope.path):
        return f"这项竞赛由{contest.organisation}主办，请重新选择组织"
    return ""


def _intent(row, slots, known, there):
    intent = RowIntent(row)
    name = row.values["name"]
    entrant = known.get(name)
    if entrant is None:
        intent.refusal = f"“{name[:40]}”不在参赛名单里"
        return intent
    before = {
        (slot.judge.pk, slot.question): there[entrant.pk, slot.judge.pk, slot.question]
        for slot in slots
        if (entrant.pk, slot.judge.pk, slot.question) in there
    }
    marks, problems = {}, []
    for slot in slots:
        value = row.values.get(slot.key)
        value = None if value is None else Decimal(str(value)).quantize(Decimal("0.001"))
        old = before.get((slot.judge.pk, slot.question))
        problem = _problem(slot, entrant, value, old)
        if problem:
            problems.append(_placed(row, slot, problem))
        elif value is not None:
            marks[slot.judge.pk, slot.question] = value
            if old is not None and old != value:  # a judge's draft stays unseen by others
                intent.changes.append(Change(slot.label, "原有评分", f"{value.normalize():f}"))
    intent.refusal = "；".join(problems)
    intent.values = {"entrant": entrant, "marks": marks}
    intent.target = entrant if before else None
    return intent


def _problem(slot, entrant, value, old):
    judge = slot.judge
    if judge.room and judge.room != entrant.room:
        return "" if value is None else f"评委 {judge} 评 {judge.room} 考场，这位参赛者不在其中"
    if judge.submitted_at is not None:
        same = value is None or value == old
        return "" if same else f"评委 {judge} 已经交表，要更正请先退回"
    return f"缺“{slot.label}”的得分" if value is None else ""


def _placed(row, slot, problem):
    letter = row.letters.get(slot.key)
    return f"{letter} 列：{problem}" if letter else problem


def write_scores(intents, *, undo, by, at):
    """Marks into the judges' sheets; a sheet that is complete by that is handed in."""
    if not intents:
        return
    contest, judges = _held(intents[0].values["entrant"].contest_id)
    touched = {judge for intent in intents for judge, _ in intent.values["marks"]}
    _save_marks(contest, intents, undo)
    filled = [
        judge
        for judge in judges
        if judge.pk in touched and judge.submitted_at is None and not missing_of(judge)
    ]
    moment = at.replace(microsecond=0)  # an undo compares it with what a file can carry
    for judge in filled:
        change_row(judge, {"submitted_at": moment, "returned_reason": ""}, undo=undo)
    undo.change(contest, {"state": contest.state})  # once ranked, nothing is taken back
    names = {"评委": "、".join(str(judge.person) for judge in filled)}
    if filled:
        path = contest.organisation.path
        audit.record("按纸质评分表交表", contest, by=by, at=at, path=path, detail=names)
    notices.post(
        [judge.person for judge in filled if judge.person_id != by.pk],
        event=f"contest-paper:{contest.pk}",
        title=f"主办方已按您的纸质评分表录入“{contest}”的评分，请核对",
        url=f"/contests/{contest.pk}/sheet",
        at=at,
    )


def _held(pk):
    """Contest and judges under lock, judges first as when a sheet is handed in."""
    judges = Judge.objects.select_for_update(of=("self",)).filter(contest=pk)
    judges = list(judges.select_related("person", "contest").order_by("pk"))
    contest = Contest.objects.select_for_update(of=("self",)).select_related("organisation")
    contest = contest.get(pk=pk)
    if contest.state != Contest.State.JUDGING:
        raise PlanMoved
    return contest, judges


def _save_marks(contest, intents, undo):
    there = {
        (mark.entrant_id, mark.judge_id, mark.question): mark
        for mark in Mark.objects.filter(entrant__contest=contest)
    }
    new = []
    for intent in intents:
        entrant = intent.values["entrant"]
        for (judge, question), value in intent.values["marks"].items():
            mark = there.get((entrant.pk, judge, question))
            if mark is None:
                new.append(Mark(judge_id=judge, entrant=entrant, question=question, value=value))
            elif mark.value != value:
                change_row(mark, {"value": value}, undo=undo)
    undo.add(Mark, [mark.pk for mark in Mark.objects.bulk_create(new)])
