"""A contest from its announcement to the certificates. Marks are the judges', places are scoring's."""

from django.db import transaction
from django.db.models import Max

from campaigns.actions import fulfil
from common import audit, notices
from competitions.models import Contest, Entrant, Judge, Mark
from competitions.queries import ranking

State = Contest.State


class Refused(Exception):
    """It cannot be done now; the text says why and what to do."""


@transaction.atomic
def add_contest(contest, *, by, at):
    """The caller has set everything but who and when."""
    contest.made_by, contest.made_at = by, at
    contest.save()
    audit.record("发起竞赛", contest, by=by, at=at, path=contest.organisation.path)
    return contest


@transaction.atomic
def add_entrants(contest, *, entries, by, at):
    """`entries` are (label, {kind: subject}, room). Who is there already only gets the room."""
    held = hold(contest, State.PREPARING, State.JUDGING)
    there = {entrant.label: entrant for entrant in held.entrants.all()}
    judges = set(held.judges.values_list("person", flat=True))
    number = held.entrants.aggregate(Max("number"))["number__max"] or 0
    new = []
    for label, subject, room in entries:
        _refuse_judge(label, subject, judges)
        known = there.get(label)
        if known is not None:
            Entrant.objects.filter(pk=known.pk).update(room=room)
            continue
        number += 1
        there[label] = Entrant(contest=held, number=number, label=label, room=room, **subject)
        new.append(there[label])
    Entrant.objects.bulk_create(new)
    audit.record(
        "添加参赛者", held, by=by, at=at, path=held.organisation.path, detail={"人数": len(new)}
    )
    return len(new)


def _refuse_judge(label, subject, judges):
    person = subject.get("person")
    if person is not None and person.pk in judges:
        raise Refused(f"{label} 是本次竞赛的评委，不能参赛。")


@transaction.atomic
def add_judges(contest, *, judges, by, at):
    """`judges` are (person, room). The contest goes into judging with the first one."""
    held = hold(contest, State.PREPARING, State.JUDGING)
    if not held.entrants.exists():
        raise Refused("还没有参赛者，请先添加参赛者。")
    competing = set(held.entrants.values_list("person", flat=True))
    for person, room in judges:
        if person.pk in competing:
            raise Refused(f"{person} 参加本次竞赛，不能当评委。")
        Judge.objects.update_or_create(contest=held, person=person, defaults={"room": room})
    held.state = State.JUDGING
    held.save(update_fields=["state"])
    notices.post(
        [person for person, _ in judges],
        event=f"contest-judge:{held.pk}",
        title=f"请您担任“{held}”的评委",
        url=f"/contests/{held.pk}/sheet",
        at=at,
    )
    audit.record("设评委", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def save_sheet(judge, *, marks, at):
    """{(entrant pk, question): value}. What is not given is left blank; nothing is half stored."""
    held = Judge.objects.select_for_update().select_related("contest").get(pk=judge.pk)
    _refuse_locked(held)
    Mark.objects.filter(judge=held).delete()
    Mark.objects.bulk_create(
        Mark(judge=held, entrant_id=entrant, question=question, value=value)
        for (entrant, question), value in marks.items()
    )


@transaction.atomic
def submit_sheet(judge, *, by, at):
    """Handed in it is locked; every entrant of the room must have every mark."""
    held = Judge.objects.select_for_update().select_related("contest").get(pk=judge.pk)
    _refuse_locked(held)
    left = missing_of(held)
    if left:
        names = "、".join(left[:5])
        more = f"等 {len(left)} 处" if len(left) > 5 else ""
        raise Refused(f"还没有评完：{names}{more}。补齐后再交表，已填的都已保存。")
    Judge.objects.filter(pk=held.pk).update(submitted_at=at, returned_reason="")
    audit.record("评委交表", held.contest, by=by, at=at, path=held.contest.organisation.path)


def missing_of(judge):
    """In words: the entrants of the judge's room and the questions without a mark."""
    asked = ranking.questions_of(judge.contest.rules)
    there = set(judge.marks.values_list("entrant", "question"))
    return [
        f"{entrant}（{name}）" if len(asked) > 1 else str(entrant)
        for entrant in entrants_for(judge)
        for key, name, _ in asked
        if (entrant.pk, key) not in there
    ]


def entrants_for(judge):
    """The entrants this judge marks: all, or those of his room."""
    entrants = judge.contest.entrants.order_by("number")
    return entrants.filter(room=judge.room) if judge.room else entrants


def _refuse_locked(judge):
    if judge.submitted_at is not None:
        raise Refused("评分表已经交了，不能再改；确要更正请主办方退回。")
    if judge.contest.state != State.JUDGING:
        raise Refused("这项竞赛现在不在评分中。")


@transaction.atomic
def return_sheet(judge, *, reason, by, at):
    """A submitted sheet goes back to its judge, with the reason on it."""
    done = Judge.objects.filter(
        pk=judge.pk, submitted_at__isnull=False, contest__state=State.JUDGING
    ).update(submitted_at=None, returned_reason=reason)
    if not done:
        raise Refused("这张评分表没有交，或竞赛已经定了名次。")
    path = judge.contest.organisation.path
    audit.record("退回评分表", judge.contest, by=by, at=at, path=path, detail={"原因": reason})


@transaction.atomic
def close_contest(contest, *, by, at):
    """Rank. Refused while a sheet is missing or an entrant has no mark at all."""
    held = hold(contest, State.JUDGING)
    waiting = [str(j) for j in held.judges.filter(submitted_at=None).select_related("person")]
    if waiting:
        raise Refused(f"还有评委没有交表：{'、'.join(waiting)}。")
    least = held.rules.get("judges_min", 1)
    if held.judges.count() < least:
        raise Refused(f"方案要求至少 {least} 名评委，现在只有 {held.judges.count()} 名。")
    _rank(held)
    held.state, held.ranked_at = State.RANKED, at
    held.save(update_fields=["state", "ranked_at"])
    audit.record("竞赛定名次", held, by=by, at=at, path=held.organisation.path)
    return held


def _rank(contest):
    entrants = list(contest.entrants.order_by("number"))
    marks = Mark.objects.filter(entrant__contest=contest).order_by("judge", "question")
    rows = marks.values_list("entrant", "judge", "question", "value")
    found = ranking.outcomes(contest.name, contest.rules, entrants, rows)
    for entrant in entrants:
        outcome = found[entrant.pk]
        if not outcome.shown:
            raise Refused(f"{entrant} 没有任何评分，请补评，或移出参赛名单。")
        entrant.score, entrant.place = outcome.shown, outcome.place
        entrant.prize, entrant.is_tied = outcome.prize, outcome.is_tied
        entrant.explanation = outcome.explanation
    Entrant.objects.bulk_update(entrants, ["score", "place", "prize", "is_tied", "explanation"])


@transaction.atomic
def decide_tie(contest, *, order, reason, by, at):
    """The committee's order of those who are tied at a prize ({entrant pk: 1, 2, …}), with its reason."""
    held = hold(contest, State.RANKED)
    tied = {entrant.pk: entrant for entrant in held.entrants.filter(is_tied=True)}
    if any(entrant.person_id == by.pk for entrant in tied.values()):
        raise Refused("并列的人里有您自己，请由别人来定先后。")  # D4
    if not tied:
        raise Refused("没有在奖项末位并列的参赛者，不需要决定。")
    if set(order) != set(tied) or len(set(order.values())) != len(order):
        raise Refused("请给每位并列的参赛者写一个不同的先后次序。")
    for pk, place in order.items():
        Entrant.objects.filter(pk=pk).update(tie_order=place)
    held.tie_reason, held.decided_by = reason, by
    held.save(update_fields=["tie_reason", "decided_by"])
    _rank(held)
    audit.record(
        "决定并列名次", held, by=by, at=at, path=held.organisation.path, detail={"原因": reason}
    )


@transaction.atomic
def publish_contest(contest, *, by, at):
    """Everybody in the campaign sees places, prizes and how they came about; duties are fulfilled."""
    held = hold(contest, State.RANKED)
    tied = held.entrants.filter(is_tied=True).count()
    if tied:
        raise Refused(f"有 {tied} 位参赛者在奖项末位并列，请先决定并写明理由。")
    held.state, held.published_at = State.PUBLISHED, at
    held.save(update_fields=["state", "published_at"])
    fulfil(campaign=held.campaign, period=held.period, act="contest", by=by, at=at)
    people = [e.person for e in held.entrants.select_related("person") if e.person_id]
    notices.post(
        people,
        event=f"contest-result:{held.pk}",
        title=f"“{held}”成绩已公布",
        url=f"/contests/{held.pk}",
        at=at,
    )
    audit.record("公布竞赛成绩", held, by=by, at=at, path=held.organisation.path)


def hold(contest, *states):
    """The contest locked, in one of the states; otherwise refused in words."""
    held = (
        Contest.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period")
        .get(pk=contest.pk)
    )
    if held.state not in states:
        raise Refused(f"“{held}”{held.get_state_display()}，现在不能这样做。请刷新看看。")
    return held
