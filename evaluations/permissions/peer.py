"""Peer rounds: who opens, closes, voids, moderates, and reads whose results. Nobody ever reads a ballot."""

from branches.models import is_over, scope_paths
from branches.models.scope import SEEING_ROLES

ORGANISERS = ("secretary", "committee", "office")
SUPERIORS = ("committee", "office")


def can_open_rounds(person):
    return bool(scope_paths(person, *ORGANISERS))


def can_open_round(person, organisation):
    return is_over(person, organisation, *ORGANISERS)


def can_close_round(person, round):
    return is_over(person, round.organisation, *ORGANISERS)


def can_void_round(person, round):
    """Not the secretary: voiding makes an unwelcome result possible to undo before it is known."""
    return is_over(person, round.organisation, *SUPERIORS)


def can_see_result(person, round, subject):
    """One's own, and those of the people one is over."""
    return person.pk == subject.pk or is_over(person, round.organisation, *SEEING_ROLES)


def can_see_all_results(person, round):
    return is_over(person, round.organisation, *SEEING_ROLES)


def can_moderate_comments(person, round):
    return is_over(person, round.organisation, *ORGANISERS)


def can_moderate_comment(person, comment):
    """Nobody judges what was said about himself."""
    return person.pk != comment.person_id and can_moderate_comments(person, comment.round)
