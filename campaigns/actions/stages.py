"""A campaign moves to its next stage, and the committee confirms what no figure tells (T05)."""

from datetime import timedelta

from django.db import transaction

from campaigns.models import Campaign, Stage
from common import audit


class StageRefused(Exception):
    """The campaign cannot move on like this; the text says what to do."""


@transaction.atomic
def confirm_condition(stage, text, *, by, at, today):
    """The committee says that a condition is met; said once, it stays."""
    stage = _locked(stage)
    if text not in stage.confirmed:
        stage.confirmed[text] = {"by": by.name, "on": today.isoformat()}
        stage.save(update_fields=["confirmed"])
        _record("认定阶段条件", stage, by=by, at=at, detail={"条件": text})
    return stage


@transaction.atomic
def enter_stage(stage, *, unmet, reason, by, at, today):  # noqa: PLR0913
    """Begin the stage today; the one before ends yesterday. What is not met asks for a reason."""
    stage = _locked(stage)
    if stage.entered_on is not None:
        return stage
    if unmet and not reason.strip():
        raise StageRefused(f"还有 {len(unmet)} 个条件没有满足，要转入请写明理由。")
    if not stage.campaign.starts_on <= today <= stage.campaign.ends_on:
        raise StageRefused("今天不在活动期间，不能转入阶段。")
    before = stage.campaign.stages.filter(order__lt=stage.order).order_by("-order").first()
    if before:
        before.ends_on = max(before.starts_on, today - timedelta(days=1))
        before.save(update_fields=["ends_on"])
    stage.starts_on, stage.ends_on = today, max(stage.ends_on, today)
    stage.entered_on, stage.entered_by, stage.entered_reason = today, by, reason.strip()
    stage.save()
    detail = {"未满足": list(unmet), "理由": reason.strip()}
    _record("转入阶段", stage, by=by, at=at, detail=detail)
    return stage


def _locked(stage):
    """One at a time for the whole campaign: the neighbour's days change too."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=stage.campaign_id)
    return Stage.objects.select_related("campaign__organisation").get(pk=stage.pk)


def _record(what, stage, *, by, at, detail):
    path = stage.campaign.organisation.path
    audit.record(what, stage, by=by, at=at, path=path, detail={"阶段": stage.name} | detail)
