from pledges.views.board import (
    organisation_board,
    pledge_public,
    window_board,
    window_board_list,
    window_qr,
)
from pledges.views.pledge import (
    pledge_add,
    pledge_detail,
    pledge_edit,
    pledge_list,
    pledge_progress,
    pledge_revise,
    pledge_submit,
    pledge_withdraw,
)
from pledges.views.verdict import pledge_conclude, pledge_review, pledge_review_list

__all__ = [
    "organisation_board",
    "pledge_add",
    "pledge_conclude",
    "pledge_detail",
    "pledge_edit",
    "pledge_list",
    "pledge_progress",
    "pledge_public",
    "pledge_review",
    "pledge_review_list",
    "pledge_revise",
    "pledge_submit",
    "pledge_withdraw",
    "window_board",
    "window_board_list",
    "window_qr",
]
