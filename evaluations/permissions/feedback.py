"""Opinions: the branch answers and appeals; who is above decides, calls back and publishes."""

from branches.models import home_paths, is_over
from evaluations.models import Feedback

ANSWERERS = ("secretary", "committee", "office")
SUPERIORS = ("committee", "office")


def can_answer_feedback(person, feedback):
    return is_over(person, feedback.place, *ANSWERERS)


def can_assign_feedback(person, feedback):
    return can_answer_feedback(person, feedback)


def can_appeal_feedback(person, feedback):
    """Those whom the rating is about: people of the branch and its secretary; bad ratings only."""
    belongs = feedback.place.path.startswith(home_paths(person)) or is_over(
        person, feedback.place, "secretary"
    )
    return feedback.is_bad and feedback.kind == Feedback.Kind.RATING and belongs


def can_decide_feedback(person, feedback):
    """From above, and never by people of the window's own branch."""
    return is_over(person, feedback.place, *SUPERIORS) and _is_outsider(person, feedback)


def can_call_back_feedback(person, feedback):
    """The phone is for people who do not work at the window's branch."""
    return is_over(person, feedback.place, *SUPERIORS, "inspector") and _is_outsider(
        person, feedback
    )


def can_publish_feedback(person, feedback):
    return is_over(person, feedback.place, *ANSWERERS)


def _is_outsider(person, feedback):
    return not feedback.place.path.startswith(home_paths(person))
