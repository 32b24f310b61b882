"""Who watches over what. Inspectors see and inspect; only committee and office close."""

from branches.models import is_over, scope_paths


def can_close_period(person, period):
    return is_over(person, period.campaign.organisation, "committee", "office")


def can_see_closings(person, campaign):
    """Those who close: what waits, and what was closed in which version."""
    return is_over(person, campaign.organisation, "committee", "office")


def can_see_dashboard(person, campaign):
    """Anybody who holds a role somewhere in the campaign's tree; rows are cut to his scope."""
    root = campaign.organisation.path
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    return any(path.startswith(root) or root.startswith(path) for path in scopes)


def can_add_inspection(person, campaign):
    return is_over(person, campaign.organisation, "inspector", "committee", "office", "leader")


def can_see_point_entries(person, campaign):
    return is_over(person, campaign.organisation, "committee", "office", "inspector")


def can_add_point_entry(person, campaign):
    """Points and sanctions are entered, and signed by another, where periods are closed."""
    return is_over(person, campaign.organisation, "committee", "office")


URGING_ROLES = ("secretary", "committee", "office")


def can_make_archive(person, campaign):
    return is_over(person, campaign.organisation, "committee", "office")


def can_see_archives(person, campaign):
    return is_over(person, campaign.organisation, "committee", "office", "inspector")


def can_keep_robots(person, campaign):
    return is_over(person, campaign.organisation, "committee", "office")


def can_urge_late(person):
    """Committee, office and secretaries call on those below them who are late."""
    return bool(scope_paths(person, *URGING_ROLES))


DASHBOARD_ROLES = ("committee", "office", "leader", "inspector", "secretary")


def can_demand_rectification(person, inspection):
    """Whoever inspects turns a finding with a problem into a ledger item (Z05)."""
    return bool(
        inspection.problem
        and inspection.period.plan.rectification
        and can_add_rectification(person, inspection.organisation)
    )


def can_add_rectification(person, organisation):
    """Secretaries for their branch; leaders, inspectors, committee and office for their scope (Z01)."""
    return is_over(person, organisation, *DASHBOARD_ROLES)


def can_plan_rectification(person, item):
    """The branch sets measure, owner and deadline; so does the committee."""
    return item.is_running and is_over(
        person, item.organisation, "secretary", "committee", "office"
    )


def can_report_rectification(person, item):
    """The owner says it is mended; his secretary may say it for him."""
    if item.state != item.State.MENDING:
        return False
    return person.pk == item.owner_id or is_over(person, item.organisation, "secretary")


def can_sign_off_rectification(person, item):
    """Somebody else: neither who mended nor who reported it."""
    if item.state != item.State.REPORTED or person.pk in {item.owner_id, item.reported_by_id}:
        return False
    return is_over(person, item.organisation, "secretary", "committee", "office", "inspector")


def can_recheck_rectification(person, item):
    """回头看 is done from above, on items that were signed off."""
    return item.state == item.State.SIGNED_OFF and is_over(
        person, item.organisation, "committee", "office", "inspector"
    )


def can_call_back_rectification(person, item):
    """回访 after the sign-off: the branch, or those above it; not whoever mended it."""
    if item.state != item.State.SIGNED_OFF or person.pk in {item.owner_id, item.reported_by_id}:
        return False
    return is_over(person, item.organisation, "secretary", "committee", "office", "inspector")


def can_conclude_rectification(person, item):
    """What came of an item that went up is written by those it went up to."""
    return item.escalated_at is not None and is_over(
        person, item.campaign.organisation, "committee", "office"
    )


def can_draw_rechecks(person, campaign):
    return is_over(person, campaign.organisation, "committee", "office", "inspector")


def can_answer_rectification(person, item):
    return item.state == item.State.SIGNED_OFF and is_over(
        person, item.organisation, "secretary", "committee", "office"
    )


def can_list_standing(person, period):
    """Proposals are for those above until they are decided."""
    return is_over(
        person, period.campaign.organisation, "committee", "office", "leader", "inspector"
    )


def can_decide_standing(person, period):
    """Whoever the plan lets decide (S06); the office writes it down for the committee."""
    rules = period.plan.classification
    roles = ("leader",) if rules and rules.decided_by == "leader" else ("committee", "office")
    return rules is not None and is_over(person, period.campaign.organisation, *roles)


def can_answer_standing(person, standing):
    return (
        bool(standing.decided)
        and not standing.answer
        and is_over(person, standing.organisation, "secretary")
    )


def can_add_guide_visit(person, standing):
    """The guide himself, or those who decide (S09)."""
    return bool(standing.decided) and (
        person.pk == standing.guide_id or can_decide_standing(person, standing.period)
    )


def can_appoint_seat(person, campaign):
    """Committee and office of the organisation that runs the campaign (R01 to R03)."""
    return is_over(person, campaign.organisation, "committee", "office")
