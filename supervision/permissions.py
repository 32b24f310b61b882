"""Who watches over what. Inspectors see and inspect; only committee and office close."""

from branches.models import scope_paths


def can_close_period(person, period):
    return _is_over(person, period.campaign.organisation, "committee", "office")


def can_see_dashboard(person, campaign):
    """Anybody who holds a role somewhere in the campaign's tree; rows are cut to his scope."""
    root = campaign.organisation.path
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    return any(path.startswith(root) or root.startswith(path) for path in scopes)


def can_add_inspection(person, campaign):
    return _is_over(person, campaign.organisation, "inspector", "committee", "office", "leader")


def _is_over(person, organisation, *kinds):
    return any(organisation.path.startswith(path) for path in scope_paths(person, *kinds))


DASHBOARD_ROLES = ("committee", "office", "leader", "inspector", "secretary")
