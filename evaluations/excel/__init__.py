from evaluations.excel import paper
from evaluations.excel.lists import (
    APPRAISALS,
    FEEDBACK,
    FOLLOW_UPS,
    KIOSKS,
    MEETINGS,
    PAPERS,
    RATINGS,
    REVIEWS,
    ROUNDS,
    TO_REVIEW,
    poll_columns,
    review_ledger,
    supervisor_columns,
)

__all__ = [
    "APPRAISALS",
    "FEEDBACK",
    "FOLLOW_UPS",
    "KIOSKS",
    "MEETINGS",
    "PAPERS",
    "RATINGS",
    "REVIEWS",
    "ROUNDS",
    "TO_REVIEW",
    "paper",
    "poll_columns",
    "review_ledger",
    "supervisor_columns",
]
