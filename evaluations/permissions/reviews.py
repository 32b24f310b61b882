"""Who reviews whom by name. Nobody reviews himself; a secretary is reviewed from above (D4)."""

from branches.models import home_paths, scope_paths
from evaluations.models import Review

ROLES = {Review.Kind.BRANCH: ("secretary",), Review.Kind.LEADER: ("leader",)}


def can_write_reviews(person, kind):
    return bool(scope_paths(person, *ROLES[kind]))


def can_write_review(person, about, kind):
    """`about` is another person who belongs to something in the reviewer's scope."""
    if person.pk == about.pk:
        return False
    scopes = scope_paths(person, *ROLES[kind])
    return any(home.startswith(scope) for home in home_paths(about) for scope in scopes)


def can_correct_review(person, review):
    return (
        review.author_id == person.pk and review.superseded_by_id is None and review.period.is_open
    )


def can_issue_tickets(person, window):
    """The window's own people hand them out with a finished visit; so does the secretary."""
    path = window.organisation.path
    over = scope_paths(person, "secretary", "committee", "office")
    return any(path.startswith(scope) for scope in over) or path in home_paths(person)


def can_register_kiosk(person, window):
    """Not the window's own staff: the hours and the pause are a check on them."""
    path = window.organisation.path
    return any(
        path.startswith(scope) for scope in scope_paths(person, "secretary", "committee", "office")
    )
