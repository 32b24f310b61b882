"""Registers are kept by the people of a branch; closing and answering is for whoever is over it too."""

from branches.models import home_paths, is_over, scope_paths

KEEPERS = ("secretary", "committee", "office")


def can_keep_register(person, organisation):
    """People of the unit itself, and those over it."""
    at_home = any(organisation.path.startswith(path) for path in home_paths(person))
    return at_home or is_over(person, organisation, *KEEPERS)


def can_keep_any_register(person):
    return bool(home_paths(person) or scope_paths(person, *KEEPERS))


def can_withdraw_note(person, note):
    """Whoever is over the writer; the writer himself says 我回来了."""
    return note.person_id != person.pk and is_over(person, note.organisation, *KEEPERS)


def can_answer_report(person, report):
    return report.answered_on is None and is_over(person, report.item.organisation, *KEEPERS)


def can_see_coverage(person):
    return bool(scope_paths(person, "secretary", "leader", "committee", "office", "inspector"))
