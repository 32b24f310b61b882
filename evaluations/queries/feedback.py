"""Opinions: how long the scheme gives, which box there is, what is public."""

from datetime import timedelta

from django.db.models import Q

from branches.queries import at_place
from evaluations.models import Feedback, FeedbackAppeal

DAYS = 10  # where the scheme says nothing


def days_to_answer(plan, feedback):
    """Working days to answer: bad ratings by the satisfaction rules, others by the box's (P09)."""
    if feedback.is_bad and plan.satisfaction:
        return plan.satisfaction.answer_bad_within_working_days or DAYS
    box = plan.item_with("suggestion_box")
    return box.options.answer_within_working_days if box else DAYS


def box_of(plan):
    """The scheme's suggestion box settings, or None when it asks for none."""
    item = plan.item_with("suggestion_box")
    return item.options if item else None


def published_about(organisation, window=None):
    """Opinions with public answers, the newest first."""
    place = (
        Q(window=window)
        if window
        else Q(organisation=organisation) | Q(window__organisation=organisation)
    )
    return (
        Feedback.objects.published()
        .filter(place)
        .select_related("window", "organisation")
        .order_by("-published_on", "id")
    )


def weeks_of(period):
    """A comment knows its week only: from the Monday of the period's first day (P09)."""
    first = period.starts_on - timedelta(days=period.starts_on.weekday())
    return {"week_on__gte": first, "week_on__lte": period.ends_on}


def listed(person, *, state="", bad="", late="", appeal="", period=None, place=None, today=None):  # noqa: PLR0913 (filters)
    """What the list shows: oldest deadline first among the waiting, then the rest by week."""
    rows = Feedback.objects.visible_to(person).select_related(
        "window__organisation", "organisation", "owner", "answered_by", "appeal"
    )
    if state in Feedback.State.values:
        rows = rows.filter(state=state)
    if bad:
        rows = rows.filter(is_bad=True)
    if period:
        rows = rows.filter(campaign=period.campaign_id, **weeks_of(period))
    rows = at_place(rows, place, "window__organisation__path", "organisation__path")
    if appeal:
        rows = rows.filter(appeal__state=FeedbackAppeal.State.WAITING)
    if late:
        rows = rows.overdue(today=today)
    return rows.order_by("-state", "due_on", "-week_on", "id")


def chain_of(feedback):
    return feedback.steps.select_related("by").order_by("pk")
