"""Polls: committee and office open and close them; the branch types paper in; results by the threshold."""

from branches.models import is_over, scope_paths

ORGANISERS = ("committee", "office")


def can_open_polls(person):
    return bool(scope_paths(person, *ORGANISERS))


def can_run_poll(person, poll):
    return is_over(person, poll.organisation, *ORGANISERS)


def can_appoint_supervisors(person):
    return bool(scope_paths(person, *ORGANISERS))


def can_end_supervisor(person, supervisor):
    return is_over(person, supervisor.organisation, *ORGANISERS)
