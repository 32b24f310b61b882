from pledges.permissions.pledge import (
    can_conclude_pledge,
    can_edit_pledge,
    can_note_progress,
    can_review_any_pledge,
    can_review_pledge,
    can_revise_pledge,
    can_submit_pledge,
    can_write_own_pledge,
    can_write_pledge_for,
)

__all__ = [
    "can_conclude_pledge",
    "can_edit_pledge",
    "can_note_progress",
    "can_review_any_pledge",
    "can_review_pledge",
    "can_revise_pledge",
    "can_submit_pledge",
    "can_write_own_pledge",
    "can_write_pledge_for",
]
