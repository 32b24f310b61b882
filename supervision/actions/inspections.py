import secrets

from django.db import transaction
from django.utils import timezone

from campaigns.actions import fulfil
from common import audit, locks, notices
from supervision.actions.rectifications import add_rectification
from supervision.models import Checking, Draw, Rectification
from supervision.queries.inspections import pool_of, unanswered


class DrawRefused(Exception):
    """The text says what to change."""


class CheckingGone(Exception):
    """Somebody finished or dropped the check in the meantime."""


class PointsLeft(Exception):
    """Points nobody answered; the text names them."""


def draw_windows(period, *, count, by, at):
    """Draw windows by lot out of all that serve in the campaign."""
    return draw_by_lot(period, subject=Draw.Subject.WINDOW, count=count, by=by, at=at)


@transaction.atomic
def draw_by_lot(period, *, subject, count, by, at):
    """Draw windows or people; who was drawn least goes first (S04). Every draw is kept, also one not liked."""
    locks.hold(f"draw:{period.campaign_id}")
    pool = pool_of(period, subject)
    if count > len(pool):
        what = Draw.Subject(subject)
        unit = "个" if what == Draw.Subject.WINDOW else "名"
        raise DrawRefused(
            f"一共只有 {len(pool)} {unit}{what.label}，抽不出 {count} {unit}，请改小数量。"
        )
    draw = Draw.objects.create(
        campaign=period.campaign,
        period=period,
        subject=subject,
        seed=secrets.token_hex(16),
        pool=pool,
        count=count,
        drawn_at=at,
        drawn_by=by,
    )
    root = period.campaign.organisation.path
    audit.record("随机抽签", draw, by=by, at=at, path=root, detail={"种子": draw.seed})
    return draw


@transaction.atomic
def finish_checking(checking, inspection, *, by, at):
    """What was tapped point by point becomes the inspection; the draft goes in the same transaction."""
    held = Checking.objects.select_for_update().filter(pk=checking.pk, begun_by=by).first()
    if held is None:
        raise CheckingGone("这次检查已经保存过了，不会再记一遍。")
    if left := unanswered(held):
        raise PointsLeft(f"还有 {len(left)} 项没有点：{'、'.join(left)}。不涉及的请点“不涉及”。")
    for name in ("campaign", "period", "organisation", "window", "person", "draw"):
        setattr(inspection, f"{name}_id", getattr(held, f"{name}_id"))
    inspection.method, inspection.points = held.method, held.points
    held.delete()
    return add_inspection(inspection, by=by, at=at)


@transaction.atomic
def mark_point(checking, *, key, met):
    """One tapped point; None says that it does not apply. Another phone's tap on another point is not lost."""
    held = Checking.objects.select_for_update().filter(pk=checking.pk).first()
    if held is None:
        raise CheckingGone("这次检查已经结束。")
    held.points[key] = met
    held.save(update_fields=["points"])


@transaction.atomic
def demand_rectification(inspection, *, by, at):
    """Finding → ledger in one tap: problem, demand and date as the inspection has them (Z05)."""
    sources = [one.key for one in inspection.period.plan.rectification.sources]
    item = Rectification(
        campaign=inspection.campaign,
        period=inspection.period,
        organisation=inspection.organisation,
        window=inspection.window,
        source="inspection" if "inspection" in sources else sources[-1],
        problem=f"{inspection.problem}\n整改要求：{inspection.demand}"[:1000],
        due_on=max(inspection.demand_due_on, timezone.localdate(at)),
        inspection=inspection,
    )
    return add_rectification(item, by=by, at=at)


@transaction.atomic
def add_inspection(inspection, *, by, at):
    """Store what was found, fulfil the duty to inspect, tell the branch's secretaries of a demand."""
    inspection.inspected_by, inspection.inspected_at = by, at
    inspection.save()
    fulfil(
        campaign=inspection.campaign,
        period=inspection.period,
        act="inspect",
        by=by,
        at=at,
        about_window=inspection.window,
        about_organisation=inspection.organisation,
    )
    if inspection.problem or inspection.guidance:
        _tell_secretaries(inspection, at=at)
    audit.record("督查", inspection, by=by, at=at, path=inspection.organisation.path)
    return inspection


def _tell_secretaries(inspection, *, at):
    roles = inspection.organisation.roles.filter(kind="secretary", ends_on=None)
    said = [f"指导意见：{inspection.guidance}"] if inspection.guidance else []
    if inspection.problem:
        said += [inspection.problem, f"整改要求：{inspection.demand}"]
    notices.post(
        [role.person for role in roles.select_related("person")],
        event=f"inspection:{inspection.pk}",
        title=f"督查{'发现问题' if inspection.problem else '有指导意见'}：{inspection.target}",
        body="\n".join(said),
        url=f"/inspections/{inspection.pk}",
        at=at,
    )
