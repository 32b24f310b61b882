"""Who may do what to organisations, people, roles, windows and accounts (design §8)."""

from branches.models import Affiliation, Organisation, Person, Role, Window, scope_paths
from common.dates import today

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
KEEPERS = ("secretary", "committee", "office")  # keep the roster and the windows
RULERS = ("committee", "office")
# What a 党委 may appoint by itself; administrators are the security administrator's to name.
APPOINTED = ("secretary", "leader", "committee", "office", "inspector")


def holds(person: Person, path: str, *kinds: str) -> bool:
    """Whether one of the roles covers the organisation at this path."""
    return any(path.startswith(scope) for scope in scope_paths(person, *kinds))


def paths_of(person: Person) -> list[str]:
    """Paths of the organisations the person belongs to today; lists have fetched them already."""
    if hasattr(person, "belonging"):
        return [stretch.organisation.path for stretch in person.belonging]
    current = Affiliation.objects.current(today=today()).filter(person=person)
    return list(current.values_list("organisation__path", flat=True))


def keeps(by: Person, person: Person, *kinds: str) -> bool:
    return any(holds(by, path, *kinds) for path in paths_of(person))


def can_edit_organisation(by: Person, organisation: Organisation) -> bool:
    return holds(by, organisation.path, *KEEPERS)


def can_add_organisation(by: Person, parent: Organisation) -> bool:
    return holds(by, parent.path, *RULERS)


def can_move_organisation(by: Person, organisation: Organisation) -> bool:
    """Not the top of one's own scope: nobody moves the ground he stands on."""
    above = organisation.path[: -Organisation.steplen]
    return bool(above) and holds(by, above, *RULERS)


def can_dissolve_organisation(by: Person, organisation: Organisation) -> bool:
    return can_move_organisation(by, organisation)


def can_add_person(by: Person, organisation: Organisation) -> bool:
    return holds(by, organisation.path, *KEEPERS)


def can_edit_person(by: Person, person: Person) -> bool:
    return keeps(by, person, *KEEPERS)


def can_transfer_person(by: Person, person: Person) -> bool:
    return keeps(by, person, *RULERS)


def can_remove_person(by: Person, person: Person) -> bool:
    """A secretary writes off people of the branch, nobody writes off himself."""
    return by != person and can_edit_person(by, person) and not _outranks(person, by)


def can_see_private(by: Person, person: Person) -> bool:
    """Telephone, birth date, ID number: oneself and those who keep the roster."""
    return by == person or can_edit_person(by, person)


def can_reveal_private(by: Person, person: Person) -> bool:
    """The whole number, for a reason: those who keep the roster the person stands in."""
    return can_edit_person(by, person)


def can_see_accounts(by: Person) -> bool:
    return bool(scope_paths(by, *KEEPERS, "system_admin", "security_admin"))


def can_issue_code(by: Person, person: Person) -> bool:
    """Resetting an account is taking it over for a moment: never one that may do more than oneself."""
    return (
        by != person and keeps(by, person, *KEEPERS, "system_admin") and not _outranks(person, by)
    )


def can_issue_slips(by: Person) -> bool:
    return bool(scope_paths(by, *KEEPERS, "system_admin"))


def can_disable_account(by: Person, person: Person) -> bool:
    return can_issue_code(by, person)


def can_grant_roles(by: Person) -> bool:
    return bool(scope_paths(by, *RULERS, "security_admin"))


def can_grant_role(by: Person, kind: str, organisation: Organisation) -> bool:
    if holds(by, organisation.path, "security_admin"):
        return True
    return kind in APPOINTED and holds(by, organisation.path, *RULERS)


def can_end_role(by: Person, role: Role) -> bool:
    """Nobody edits his own role (A8)."""
    return by.pk != role.person_id and can_grant_role(by, role.kind, role.organisation)


def can_see_roles(by: Person) -> bool:
    return can_grant_roles(by)


def can_see_audit(by: Person) -> bool:
    return bool(scope_paths(by, "audit_admin"))


def can_import(by: Person) -> bool:
    """Somewhere; what and into which organisation is the kind's to say."""
    return bool(scope_paths(by, *KEEPERS))


def can_edit_window(by: Person, window: Window) -> bool:
    return holds(by, window.organisation.path, *KEEPERS)


def can_add_window(by: Person, organisation: Organisation) -> bool:
    return holds(by, organisation.path, *KEEPERS)


def _outranks(person: Person, by: Person) -> bool:
    """The person holds a role that `by` could not have given him."""
    if hasattr(person, "current_roles"):
        roles = person.current_roles
    else:
        roles = Role.objects.current(today=today()).filter(person=person)
        roles = roles.select_related("organisation")
    return any(role.kind in ADMINISTRATORS or not _stands_over(by, role) for role in roles)


def _stands_over(by: Person, role: Role) -> bool:
    path = role.organisation.path
    if holds(by, path, "system_admin", *RULERS):
        return True
    return role.kind in {"leader", "inspector"} and holds(by, path, "secretary")
