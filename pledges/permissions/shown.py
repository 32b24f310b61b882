"""Who may write, check, approve and take down what a unit shows. Nobody signs twice."""

from branches.models import is_over, scope_paths

WRITERS = ("secretary", "committee", "office")
APPROVERS = ("committee", "office")


def can_write_any_shown(person):
    return bool(scope_paths(person, *WRITERS))


def can_edit_shown(person, shown):
    return shown.is_editable and _writes(person, shown)


def can_revise_shown(person, shown):
    return shown.is_revisable and shown.state in {"live", "down"} and _writes(person, shown)


def can_take_down_shown(person, shown):
    return shown.is_live and _writes(person, shown)


def can_judge_shown(person, shown):
    """Check what is proposed, approve what was checked; never by who signed before (four eyes)."""
    signed = {shown.proposed_by_id, shown.checked_by_id}
    if person.pk in signed or shown.state not in {"proposed", "checked"}:
        return False
    return is_over(
        person, shown.organisation, *(WRITERS if shown.state == "proposed" else APPROVERS)
    )


def _writes(person, shown):
    return is_over(person, shown.organisation, *WRITERS)
