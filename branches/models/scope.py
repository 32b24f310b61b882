"""Whose rows a person may see: path prefixes of the organisation tree (design §8).

Rights are always asked as of today, so this is the one place below the views that reads the clock:
a role that ended yesterday gives nothing today, in a session that is still open (reliability A3, A4).
The answer is kept on the person object, which lives for one request.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from common.dates import today

STEP = 4  # characters of a path for one level of the tree


def scope_paths(person, *kinds):
    """Paths of the organisations in which the person holds one of the roles (any role when none named)."""
    if not person.is_authenticated:
        return ()
    return tuple(path for kind, path in _grants(person) if not kinds or kind in kinds)


def is_over(person, organisation, *kinds):
    """Whether the person holds one of the roles for the organisation or for something above it."""
    return any(organisation.path.startswith(path) for path in scope_paths(person, *kinds))


def home_paths(person):
    """Paths of the branches (or units) the person belongs to today.

    Belonging to a 党委 or 党总支 itself opens nothing below it: for that one holds a role.
    """
    if not person.is_authenticated:
        return ()
    if not hasattr(person, "_home_paths"):
        current = person.affiliations.current(today=today()).exclude(
            organisation__kind__in=["committee", "general_branch"]
        )
        rows = current.values_list("organisation__kind", "organisation__path")
        person._home_paths = tuple(path[:-STEP] if kind == "group" else path for kind, path in rows)
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
