"""查摆 → 整改 in one tap: the ledger says what will be done, never what was found wanting (L20, Z01)."""

from django.db import transaction
from django.utils import timezone

from pledges.models import SelfExamination
from supervision.actions.rectifications import (
    LedgerMoved,
    add_rectification,
    default_due_on,
    plan_rectification,
)
from supervision.models import Rectification

SOURCE = "self_found"
PRIVATE = "个人查摆的问题（内容只在本人和本支部范围）"


@transaction.atomic
def rectify_examination(examination, *, by, at):
    """A ledger item of one's own with the plan as its measure; those above read no more than that."""
    current = (
        SelfExamination.objects.select_for_update(of=("self",))
        .select_related("organisation", "period__campaign", "period__scheme_version")
        .get(pk=examination.pk)
    )
    rules = current.period.plan.rectification
    if rules is None:
        raise LedgerMoved("本方案没有整改台账，可以转成承诺。")
    if Rectification.objects.filter(examination=current).exists():
        raise LedgerMoved("已经列入整改台账了。")
    due_on = default_due_on(current.period.plan, today=timezone.localdate(at))
    item = Rectification(
        campaign=current.period.campaign,
        period=current.period,
        organisation=current.organisation,
        source=_source(rules),
        problem=PRIVATE,
        due_on=due_on,
        examination=current,
    )
    add_rectification(item, by=by, at=at)
    plan_rectification(
        item, measure=current.plan, owner=by, category="", due_on=due_on, reason="", by=by, at=at
    )
    return item


def _source(rules):
    """自己找 where the plan has it, else its first."""
    keys = [source.key for source in rules.sources]
    return SOURCE if SOURCE in keys or not keys else keys[0]
