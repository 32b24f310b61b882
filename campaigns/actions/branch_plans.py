"""A branch writes its own plan, the committee approves it or gives it back."""

from django.db import transaction

from campaigns.actions.duties import fulfil
from campaigns.models import BranchPlan
from common import audit, notices


class BranchPlanRefused(Exception):
    """The text says why, and what to do."""


@transaction.atomic
def write_branch_plan(  # noqa: PLR0913 (what the plan says)
    campaign, organisation, *, goal, lines, revision, submit, by, at
):
    """Keep what is written; with `submit` hand it to the committee."""
    plan, new = BranchPlan.objects.select_for_update().get_or_create(
        campaign=campaign,
        organisation=organisation,
        defaults={"written_at": at, "written_by": by},
    )
    if not new and plan.revision != revision:
        raise BranchPlanRefused(f"{plan.written_by}刚刚改过，请看过现在的内容再存。")
    if not plan.may_be_written:
        raise BranchPlanRefused(f"实施方案{plan.get_status_display()}，不能再改。")
    if submit and not any(line.get("measures") for line in lines.values()):
        raise BranchPlanRefused("至少为一个项目写上措施，再报送。")
    plan.goal, plan.lines = goal, lines
    plan.written_at, plan.written_by = at, by
    plan.revision += 1
    if submit:
        plan.status = BranchPlan.Status.SUBMITTED
    plan.save()
    verb = "报送支部实施方案" if submit else "填写支部实施方案"
    audit.record(verb, plan, by=by, at=at, path=organisation.path)
    return plan


@transaction.atomic
def decide_branch_plan(plan, *, approve, remark, by, at):
    """Approve, or give back with the reason; the secretary's duty is done when it is approved."""
    plan = (
        BranchPlan.objects.select_for_update(of=("self",))
        .select_related("campaign", "organisation", "written_by")
        .get(pk=plan.pk)
    )
    if plan.status != BranchPlan.Status.SUBMITTED:
        raise BranchPlanRefused(f"实施方案现在是“{plan.get_status_display()}”，不用审批。")
    if not approve and not remark:
        raise BranchPlanRefused("退回要写明请支部改什么。")
    plan.status = BranchPlan.Status.APPROVED if approve else BranchPlan.Status.RETURNED
    plan.remark, plan.decided_at, plan.decided_by = remark, at, by
    plan.save()
    if approve:
        _settle(plan, at=at)
    _tell(plan, at=at)
    verb = "批准支部实施方案" if approve else "退回支部实施方案"
    audit.record(verb, plan, by=by, at=at, path=plan.organisation.path)
    return plan


def _settle(plan, *, at):
    """Whichever period owes it: a plan is asked for once."""
    for period in plan.campaign.periods.filter(state="open"):
        fulfil(
            campaign=plan.campaign,
            period=period,
            act="write_branch_plan",
            about_organisation=plan.organisation,
            by=plan.written_by,
            at=at,
        )


def _tell(plan, *, at):
    word = plan.get_status_display()
    notices.post(
        [plan.written_by],
        event=f"branch_plan:{plan.pk}:{plan.revision}",
        title=f"支部实施方案{word}",
        body=plan.remark or f"{plan.decided_by}{word}了{plan}。",
        url=f"/branch-plans/{plan.pk}",
        at=at,
    )
