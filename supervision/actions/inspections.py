import secrets

from django.db import transaction

from branches.models import Window
from campaigns.actions import fulfil
from common import audit, notices
from supervision.models import Draw


class DrawRefused(Exception):
    """The text says what to change."""


@transaction.atomic
def draw_windows(period, *, count, by, at):
    """Draw windows by lot out of all that serve in the campaign; every draw is kept."""
    root = period.campaign.organisation.path
    pool = list(
        Window.objects.open()
        .filter(organisation__path__startswith=root)
        .order_by("pk")
        .values_list("pk", "name")
    )
    if count > len(pool):
        raise DrawRefused(f"一共只有 {len(pool)} 个窗口，抽不出 {count} 个，请改小数量。")
    draw = Draw.objects.create(
        campaign=period.campaign,
        period=period,
        seed=secrets.token_hex(16),
        pool=[list(entry) for entry in pool],
        count=count,
        drawn_at=at,
        drawn_by=by,
    )
    audit.record("随机抽签", draw, by=by, at=at, path=root, detail={"种子": draw.seed})
    return draw


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
    if inspection.problem:
        _tell_secretaries(inspection, at=at)
    audit.record("督查", inspection, by=by, at=at, path=inspection.organisation.path)
    return inspection


def _tell_secretaries(inspection, *, at):
    roles = inspection.organisation.roles.filter(kind="secretary", ends_on=None)
    notices.post(
        [role.person for role in roles.select_related("person")],
        event=f"inspection:{inspection.pk}",
        title=f"督查发现问题：{inspection.window or inspection.organisation}",
        body=f"{inspection.problem}\n整改要求：{inspection.demand}",
        url=f"/inspections/{inspection.pk}",
        at=at,
    )
