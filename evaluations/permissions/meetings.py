from branches.models import is_over, scope_paths

CONVENERS = ("secretary", "committee", "office")


def can_hold_meetings(person):
    return bool(scope_paths(person, *CONVENERS))


def can_hold_meeting(person, organisation):
    return is_over(person, organisation, *CONVENERS)


def can_edit_meeting(person, meeting):
    """The record stands once its comments are published."""
    return can_hold_meeting(person, meeting.organisation) and not meeting.is_published


def can_publish_meeting(person, meeting):
    return can_hold_meeting(person, meeting.organisation)


def can_agree_follow_up(person, meeting):
    return can_hold_meeting(person, meeting.organisation)


def can_do_follow_up(person, follow_up):
    """Whoever it falls to, or the secretary on the record."""
    return follow_up.done_on is None and (
        person.pk == follow_up.person_id or is_over(person, follow_up.organisation, "secretary")
    )
