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


def lines_for(scheme, plan=None, *, unit_type=None):
    """[(family, [(item, what the plan says, what the scheme suggests)])], the type's emphasis first (S08).

    What the scheme asks only of other types of unit is left out, unless something was written there.
    """
    written = plan.lines if plan else {}
    stressed = emphasis_of(scheme, unit_type)
    families = sorted(scheme.families, key=lambda family: family.key not in stressed)
    return [
        (
            family,
            [
                (item, written.get(item.key, {}), _suggested(item))
                for item in family.items
                if item.key in written or _is_for(item, unit_type)
            ],
        )
        for family in families
    ]


def emphasis_of(scheme, unit_type):
    """Keys of the families that units of this type are to stress."""
    found = (part.emphasis for part in scheme.unit_types if part.key == unit_type)
    return frozenset(next(found, ()))


def _is_for(item, unit_type):
    return not unit_type or not item.unit_types or unit_type in item.unit_types


def unit_type_of(organisation):
    """The branch's own type, or the nearest one above it."""
    step = Organisation.steplen
    paths = [organisation.path[:end] for end in range(step, len(organisation.path) + 1, step)]
    rows = Organisation.objects.filter(path__in=paths, unit_type__isnull=False)
    return rows.order_by("-path").values_list("unit_type", flat=True).first()


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
