from branches.models import is_over, scope_paths
from branches.models.scope import SEEING_ROLES

DECIDERS = ("secretary", "committee", "office")


def can_see_file(person, subject, home):
    """One's own, and those of the people one is over; never a colleague's."""
    return person.pk == subject.pk or (home is not None and is_over(person, home, *SEEING_ROLES))


def can_appraise(person, organisation):
    return is_over(person, organisation, *DECIDERS)


def can_appraise_any(person):
    return bool(scope_paths(person, *DECIDERS))
