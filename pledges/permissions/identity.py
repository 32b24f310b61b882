"""Who keeps zones and prints cards. One's own card is one's own."""

from branches.models import is_over, scope_paths

KEEPERS = ("secretary", "committee", "office")


def can_print_for(person, organisation):
    return is_over(person, organisation, *KEEPERS)


def can_print_any(person):
    return bool(scope_paths(person, *KEEPERS))


def can_edit_zone(person, organisation):
    return is_over(person, organisation, *KEEPERS)
