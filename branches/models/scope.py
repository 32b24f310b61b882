"""Whose rows a person may see: path prefixes of the organisation tree (design §8).

Rights are always asked as of today, so this is the one place below the views that reads the clock:
a role that ended yesterday gives nothing today, in a session that is still open (reliability A3, A4).
The answer is kept on the person object, which lives for one request.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from common.dates import today


def scope_paths(person, *kinds):
    """Paths of the organisations in which the person holds one of the roles (any role when none named)."""
    if not person.is_authenticated:
        return ()
    return tuple(path for kind, path in _grants(person) if not kinds or kind in kinds)


def home_paths(person):
    """Paths of the organisations the person belongs to today."""
    if not person.is_authenticated:
        return ()
    if not hasattr(person, "_home_paths"):
        current = person.affiliations.current(today=today())
        person._home_paths = tuple(current.values_list("organisation__path", flat=True))
    return person._home_paths


def visible_paths(person):
    """What the person may look into: role scopes that see rows, and his own branch."""
    return scope_paths(person, *SEEING_ROLES) + home_paths(person)


def under(paths, field="path"):
    """Q: `field` lies at or below one of the paths; matches nothing when there is none."""
    if not paths:
        return Q(pk__in=[])
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths))


def _grants(person):
    if not hasattr(person, "_role_grants"):
        current = person.roles.current(today=today())
        person._role_grants = tuple(current.values_list("kind", "organisation__path"))
    return person._role_grants


SEEING_ROLES = ("secretary", "leader", "committee", "office", "inspector")
