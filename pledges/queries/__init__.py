from pledges.queries.board import (
    board_windows,
    figures_of,
    organisation_pledges,
    pledge_counts,
    window_pledges,
    window_staff,
)
from pledges.queries.pledge import people_to_pledge_for, waiting_for_review

__all__ = [
    "board_windows",
    "figures_of",
    "organisation_pledges",
    "people_to_pledge_for",
    "pledge_counts",
    "waiting_for_review",
    "window_pledges",
    "window_staff",
]
