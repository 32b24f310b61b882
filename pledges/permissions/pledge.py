"""Who may do what with pledges. Nobody reviews or concludes his own."""

from branches.models import home_paths, is_over, scope_paths
from pledges.models import Pledge

EDITABLE = {Pledge.Status.DRAFT, Pledge.Status.RETURNED}


def can_write_pledge_for(person, organisation):
    """Secretaries and the committee write for their organisations, windows and, on behalf, people (L15)."""
    return is_over(person, organisation, "secretary", "committee", "office")


def can_write_own_pledge(person):
    return bool(home_paths(person))


def can_edit_pledge(person, pledge):
    return pledge.status in EDITABLE and _is_writer(person, pledge)


def can_submit_pledge(person, pledge):
    return can_edit_pledge(person, pledge)


def can_review_pledge(person, pledge):
    return pledge.status == Pledge.Status.SUBMITTED and _is_judge(person, pledge)


def can_note_progress(person, pledge):
    return pledge.status == Pledge.Status.PUBLISHED and _is_writer(person, pledge)


def can_revise_pledge(person, pledge):
    return pledge.status == Pledge.Status.PUBLISHED and _is_writer(person, pledge)


def can_conclude_pledge(person, pledge):
    return pledge.status == Pledge.Status.PUBLISHED and _is_judge(person, pledge)


def can_take_down_pledge(person, pledge):
    """Its writer's secretary, or who is over him; what was concluded stays as it was judged."""
    return pledge.status == Pledge.Status.PUBLISHED and is_over(
        person, pledge.organisation, "secretary", "committee", "office"
    )


def can_review_any_pledge(person):
    return bool(scope_paths(person, "secretary", "committee", "office"))


def _is_writer(person, pledge):
    return person.pk in {pledge.owner_person_id, pledge.written_by_id} or is_over(
        person, pledge.organisation, "secretary"
    )


def _is_judge(person, pledge):
    """Secretary or committee over the pledge, but neither its owner nor its writer."""
    if person.pk in {pledge.owner_person_id, pledge.written_by_id}:
        return False
    return is_over(person, pledge.organisation, "secretary", "committee", "office")
