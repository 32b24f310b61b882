"""Targets: aimed at, declared with evidence, verified and decided by others (C01 to C11); pairs (B13)."""

from django.db import transaction

from campaigns.actions import fulfil
from common import audit, notices
from competitions.actions.contests import Refused
from competitions.models import Pair, Target, Visit, fields_of
from competitions.queries.finding import Directory

State = Target.State


@transaction.atomic
def aim(target, *, by, at):
    """Somebody sets out to attain it. The caller has filled everything but who and when."""
    target.aimed_by, target.aimed_at = by, at
    target.save()
    audit.record("提出创建目标", target, by=by, at=at, path=target.organisation.path)
    return target


@transaction.atomic
def enrol_everybody(*, period, item, words, due_on, by, at):  # noqa: PLR0913 (a whole list)
    """A target for each window and person that the item is for, who has none yet (C09)."""
    made = 0
    for kind in item.options.subjects:
        directory = Directory(kind, period.campaign.organisation, today=period.starts_on)
        there = set(
            Target.objects.filter(period=period, item=item.key).values_list(kind, flat=True)
        )
        new = [
            Target(
                campaign=period.campaign, period=period, item=item.key, name=item.name,
                due_on=due_on, aimed_by=by, aimed_at=at, **words,
                **fields_of(kind, subject, directory.places[subject.pk]),
            )
            for subject in directory.everybody()
            if subject.pk not in there and is_for(item, directory.places[subject.pk])
        ]  # fmt: skip
        made += len(Target.objects.bulk_create(new))
    path = period.campaign.organisation.path
    audit.record("全员参加创建", by=by, at=at, path=path, detail={"项目": item.name, "人数": made})
    return made


def is_for(item, place):
    """Different targets per type of branch: an item without types is for all."""
    return not item.unit_types or place.unit_type_id in item.unit_types


@transaction.atomic
def check_criteria(target, *, criteria_met, by, at):
    """Ticked line by line on the way; the declaration takes over what was ticked."""
    held = _held(target, State.AIMED, State.UNMET)
    Target.objects.filter(pk=held.pk).update(criteria_met=criteria_met)
    detail = {"做到": f"{sum(line['met'] for line in criteria_met)} / {len(criteria_met)} 条"}
    audit.record("逐条对照", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def declare(target, *, evidence, criteria_met, by, at):
    """With evidence, and for each line of the criteria whether it is met."""
    held = _held(target, State.AIMED, State.UNMET)
    Target.objects.filter(pk=held.pk).update(
        state=State.DECLARED, evidence=evidence, criteria_met=criteria_met, declared_by=by,
        declared_at=at, verified_by=None, verified_at=None, decided_by=None, decided_at=None,
    )  # fmt: skip
    audit.record("申报达标", held, by=by, at=at, path=held.organisation.path)


@transaction.atomic
def verify(target, *, passed, note, by, at):
    """Somebody else looked: it goes on to the verdict, or back."""
    held = _held(target, State.DECLARED)
    _refuse_own(held, by)
    if passed:
        Target.objects.filter(pk=held.pk).update(
            state=State.VERIFIED, verified_by=by, verified_at=at, verify_note=note
        )
    else:
        Target.objects.filter(pk=held.pk).update(
            state=State.AIMED, verify_note=note, declared_by=None, declared_at=None
        )
        _tell(held, f"“{held}”的申报被退回", at=at)
    audit.record(
        "核验目标", held, by=by, at=at, path=held.organisation.path, detail={"通过": passed}
    )


@transaction.atomic
def decide(target, *, met, note, by, at):
    """The verdict, of who neither declared it nor is it about."""
    held = _held(target, State.VERIFIED)
    _refuse_own(held, by)
    Target.objects.filter(pk=held.pk).update(
        state=State.MET if met else State.UNMET, decided_by=by, decided_at=at, verdict_note=note
    )
    fulfil(campaign=held.campaign, period=held.period, act="verify_target", by=by, at=at)
    _tell(held, f"“{held}”{'已达到' if met else '未达到'}", at=at)
    audit.record("认定目标", held, by=by, at=at, path=held.organisation.path, detail={"达到": met})


def _refuse_own(target, by):
    if by.pk in {target.declared_by_id, target.person_id}:
        raise Refused("申报的人不能给自己核验和认定，请由别人来办。")


def _tell(target, title, *, at):
    if target.declared_by_id:
        notices.post(
            [target.declared_by],
            event=f"target:{target.pk}:{at.timestamp():.0f}",
            title=title,
            url=f"/targets/{target.pk}",
            at=at,
        )


def _held(target, *states):
    held = (
        Target.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period", "declared_by")
        .get(pk=target.pk)
    )
    if held.state not in states:
        raise Refused(f"“{held}”{held.get_state_display()}，现在不能这样做。")
    return held


@transaction.atomic
def add_pair(pair, *, by, at):
    if pair.stronger_id == pair.weaker_id:
        raise Refused("自己不能帮自己，请选两个不同的支部。")
    pair.made_by, pair.made_at = by, at
    pair.save()
    audit.record("结对", pair, by=by, at=at, path=pair.organisation.path)
    return pair


@transaction.atomic
def add_visit(pair, *, visited_on, text, by, at):
    visit = Visit.objects.create(
        pair=pair, visited_on=visited_on, text=text, noted_by=by, noted_at=at
    )
    audit.record("结对走访", pair, by=by, at=at, path=pair.organisation.path)
    return visit


@transaction.atomic
def end_pair(pair, *, result, by, at):
    Pair.objects.filter(pk=pair.pk).update(result=result)
    audit.record("结对小结", pair, by=by, at=at, path=pair.organisation.path)
