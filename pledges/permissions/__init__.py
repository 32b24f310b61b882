from pledges.permissions.identity import KEEPERS, can_edit_zone, can_print_any, can_print_for
from pledges.permissions.pledge import (
    can_conclude_pledge,
    can_edit_pledge,
    can_note_progress,
    can_review_any_pledge,
    can_review_pledge,
    can_revise_pledge,
    can_submit_pledge,
    can_take_down_pledge,
    can_write_own_pledge,
    can_write_pledge_for,
)

__all__ = [
    "KEEPERS",
    "can_conclude_pledge",
    "can_edit_pledge",
    "can_edit_zone",
    "can_note_progress",
    "can_print_any",
    "can_print_for",
    "can_review_any_pledge",
    "can_review_pledge",
    "can_revise_pledge",
    "can_submit_pledge",
    "can_take_down_pledge",
    "can_write_own_pledge",
    "can_write_pledge_for",
]
