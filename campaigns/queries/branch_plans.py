"""The branches of a campaign with their own plans, and what a plan is derived from."""

from dataclasses import dataclass

from branches.models import Organisation
from campaigns.models import BranchPlan

PARTS = ("standard", "carrier", "measures")


@dataclass(frozen=True)
class BranchState:
    """One branch and its plan, if there is one."""

    organisation: Organisation
    plan: BranchPlan | None


def plans_of(campaign, person):
    """Every branch below the campaign that one may look into, written or not."""
    branches = (
        Organisation.objects.visible_to(person)
        .below(campaign.organisation)
        .filter(kind=Organisation.Kind.BRANCH)
        .order_by("path")
    )
    found = {
        plan.organisation_id: plan
        for plan in BranchPlan.objects.visible_to(person)
        .filter(campaign=campaign)
        .select_related("written_by")
    }
    return [BranchState(branch, found.get(branch.pk)) for branch in branches]


def lines_for(scheme, plan=None):
    """[(family, [(item, what the plan says, what the scheme suggests)])] in the scheme's order."""
    written = plan.lines if plan else {}
    return [
        (family, [(item, written.get(item.key, {}), _suggested(item)) for item in family.items])
        for family in scheme.families
    ]


def _suggested(item):
    """What the scheme itself says about the item and everything below it."""
    hints = {"standard": "", "carrier": "", "measures": ""}
    for one in item.walk():
        options = one.options if one.machinery and one.settings else None
        hints["standard"] = (
            hints["standard"] or getattr(options, "standard", None) or one.note or ""
        )
        hints["measures"] = hints["measures"] or getattr(options, "measure", None) or ""
    hints["carrier"] = "、".join(one.name for one in item.items)
    return hints
