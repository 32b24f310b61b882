from evaluations.permissions.peer import (
    can_close_round,
    can_moderate_comment,
    can_moderate_comments,
    can_open_round,
    can_open_rounds,
    can_see_result,
    can_void_round,
)
from evaluations.permissions.self_review import can_edit_self_review, can_write_self_review

__all__ = [
    "can_close_round",
    "can_edit_self_review",
    "can_moderate_comment",
    "can_moderate_comments",
    "can_open_round",
    "can_open_rounds",
    "can_see_result",
    "can_void_round",
    "can_write_self_review",
]
