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


def can_see_result(person, round, entry):
    """One's own, and those of the people one is over: in a joint round of one's own branch only."""
    return person.pk == entry.person_id or is_over(person, _home(round, entry), *SEEING_ROLES)


def result_scopes(person, round):
    """The organisations of the round whose people's results he may read."""
    return [one for one in round.homes if is_over(person, one, *SEEING_ROLES)]


def can_moderate_comments(person, round):
    return bool(moderation_scopes(person, round))


def moderation_scopes(person, round):
    return [one for one in round.homes if is_over(person, one, *ORGANISERS)]


def can_moderate_comment(person, comment, entry):
    """Nobody judges what was said about himself."""
    home = _home(comment.round, entry)
    return person.pk != comment.person_id and is_over(person, home, *ORGANISERS)


def _home(round, entry):
    return entry.organisation or round.organisation
