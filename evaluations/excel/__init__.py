from evaluations.excel import paper
from evaluations.excel.lists import (
    FEEDBACK,
    FOLLOW_UPS,
    MEETINGS,
    RATINGS,
    REVIEWS,
    ROUNDS,
    TO_REVIEW,
    review_ledger,
)

__all__ = [
    "FEEDBACK",
    "FOLLOW_UPS",
    "MEETINGS",
    "RATINGS",
    "REVIEWS",
    "ROUNDS",
    "TO_REVIEW",
    "paper",
    "review_ledger",
]
