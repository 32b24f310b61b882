from branches.models import is_over, scope_paths

TYPISTS = ("secretary", "committee", "office")


def can_type_papers(person):
    return bool(scope_paths(person, *TYPISTS))


def can_type_paper(person, organisation):
    """Who answers for the place, never the window's own staff: they would type in their own marks."""
    return is_over(person, organisation, *TYPISTS)
