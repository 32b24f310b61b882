"""双向培养: somebody is developed with a mentor, step by step, and concluded by a third person (G11)."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from common import audit, notices
from competitions.actions.contests import Refused
from competitions.models import Growth, GrowthStep


@transaction.atomic
def add_growth(growth, *, by, at):
    """The caller has filled everything but who and when; both are told."""
    growth.made_by, growth.made_at = by, at
    try:
        with transaction.atomic():
            growth.save()
    except IntegrityError as error:
        raise Refused(
            f"{growth.person} 在“{growth.name}”这个方向正在培养，请接着记步骤。"
        ) from error
    notices.post(
        [growth.person, growth.mentor],
        event=f"growth:{growth.pk}",
        title=f"{growth.mentor} 担任 {growth.person} 的导师",
        body=f"{growth.name}：{growth.goal}",
        url=f"/growth/{growth.pk}",
        at=at,
    )
    audit.record("登记培养", growth, by=by, at=at, path=growth.organisation.path)
    return growth


@transaction.atomic
def note_step(growth, *, step, done_on, text, evidence, by, at):  # noqa: PLR0913 (a line of the record)
    """A step of the plan, as it was done; one may be noted several times."""
    held = _running(growth)
    if step not in held.steps:
        raise Refused("方案里没有这一步，请从列表里选。")
    if done_on > timezone.localdate(at):
        raise Refused("不能登记以后的日期。")
    if done_on < held.starts_on:
        raise Refused(f"培养从 {held.starts_on} 开始，日期不能更早。")
    row = GrowthStep.objects.create(
        growth=held, step=step, done_on=done_on, text=text, evidence=evidence, noted_by=by,
        noted_at=at,
    )  # fmt: skip
    audit.record(
        "记培养步骤", held, by=by, at=at, path=held.organisation.path, detail={"步骤": step}
    )
    return row


@transaction.atomic
def change_mentor(growth, *, mentor, reason, by, at):
    held = _running(growth)
    if mentor.pk == held.person_id:
        raise Refused("导师不能是培养对象自己。")
    detail = {"导师": f"{held.mentor} → {mentor}", "原因": reason}
    held.mentor = mentor
    held.save(update_fields=["mentor"])
    audit.record("换导师", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def conclude_growth(growth, *, reached, result, by, at):
    """达到 only once every step was done; decided by neither the person nor the mentor."""
    held = _running(growth)
    if by.pk in {held.person_id, held.mentor_id}:
        raise Refused("培养对象和导师不能自己下结论，请由别人来办。")
    left = missing_steps(held)
    if reached and left:
        raise Refused(f"还有步骤没有记录：{'、'.join(left)}。补记以后再下结论，或者终止。")
    held.state = Growth.State.REACHED if reached else Growth.State.ENDED
    held.result, held.decided_by, held.ended_on = result, by, timezone.localdate(at)
    held.save(update_fields=["state", "result", "decided_by", "ended_on"])
    detail = {"结论": held.get_state_display()}
    audit.record("培养结论", held, by=by, at=at, path=held.organisation.path, detail=detail)


def missing_steps(growth):
    """Steps of the track without a line yet, in order."""
    there = set(growth.done.values_list("step", flat=True))
    return [step for step in growth.steps if step not in there]


def _running(growth):
    held = (
        Growth.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "mentor")
        .get(pk=growth.pk)
    )
    if held.state != Growth.State.RUNNING:
        raise Refused(f"这份培养记录{held.get_state_display()}，不能再改。")
    return held
