"""Who may do what to campaigns, schemes and duties (design §8)."""

from branches.models import Organisation, Person, scope_paths
from campaigns.models import BranchPlan, Campaign, Duty, Scheme

RULERS = ("committee", "office")


def _covers(person: Person, path: str, *kinds: str) -> bool:
    return any(path.startswith(scope) for scope in scope_paths(person, *kinds))


def can_load_scheme(person: Person) -> bool:
    """Plans belong to nobody's branch: whoever runs campaigns anywhere may bring one in."""
    return bool(scope_paths(person, *RULERS))


def can_edit_calendar(person: Person) -> bool:
    return can_load_scheme(person)


def can_run_campaign(person: Person, campaign: Campaign) -> bool:
    return _covers(person, campaign.organisation.path, *RULERS)


def can_see_progress(person: Person, campaign: Campaign) -> bool:
    """How far everybody is: those who lead or supervise the whole campaign."""
    return _covers(person, campaign.organisation.path, *RULERS, "leader", "inspector")


def can_waive_duty(person: Person, duty: Duty) -> bool:
    """The secretary in the branch, the committee everywhere below it; nobody for himself."""
    if duty.assignee_id == person.pk or duty.done_at or duty.waived_at:
        return False
    return _covers(person, duty.organisation.path, "secretary", *RULERS)


def can_write_scheme(person: Person, scheme: Scheme) -> bool:
    """Change a plan under its own name: committee or office of every campaign that runs it."""
    paths = Campaign.objects.filter(scheme_version__scheme=scheme).values_list(
        "organisation__path", flat=True
    )
    return can_load_scheme(person) and all(_covers(person, path, *RULERS) for path in paths)


def can_start_campaign(person: Person, organisation: Organisation) -> bool:
    return _covers(person, organisation.path, *RULERS)


def can_write_branch_plan(person: Person, campaign: Campaign, organisation: Organisation) -> bool:
    """The secretary, for his own branch inside the campaign's tree."""
    inside = organisation.path.startswith(campaign.organisation.path)
    return inside and _covers(person, organisation.path, "secretary")


def can_decide_branch_plan(person: Person, plan: BranchPlan) -> bool:
    """Not by whoever wrote it."""
    return plan.written_by_id != person.pk and _covers(person, plan.organisation.path, *RULERS)
