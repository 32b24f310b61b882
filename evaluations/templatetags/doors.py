"""Which doors of a window the person may open: codes for visits, tablets, paper (window_detail is a page of branches)."""

from django import template

from common.dates import today
from evaluations.permissions.reviews import can_issue_tickets
from evaluations.queries import ratings

register = template.Library()


@register.simple_tag
def may_hand_out_codes(person, window):
    """Only where the plan has ratings by a one-time code, and the window still serves."""
    if window.closed_on or not can_issue_tickets(person, window):
        return False
    period = ratings.running_period(window, today=today())
    return period is not None and ratings.channel_of(period.plan, "ticket") is not None
