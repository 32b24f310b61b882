from pledges.views.board import (
    organisation_board,
    pledge_public,
    window_board,
    window_board_list,
    window_qr,
)
from pledges.views.card import card, zone_add, zone_edit, zone_end, zone_list
from pledges.views.pledge import (
    pledge_add,
    pledge_detail,
    pledge_edit,
    pledge_evidence,
    pledge_list,
    pledge_progress,
    pledge_revise,
    pledge_submit,
    pledge_withdraw,
)
from pledges.views.prints import print_batch, print_file, print_list
from pledges.views.verdict import pledge_conclude, pledge_review, pledge_review_list
from pledges.views.wall import campaign_wall, member_board, organisation_wall, window_wall

__all__ = [
    "campaign_wall",
    "card",
    "member_board",
    "organisation_board",
    "organisation_wall",
    "pledge_add",
    "pledge_conclude",
    "pledge_detail",
    "pledge_edit",
    "pledge_evidence",
    "pledge_list",
    "pledge_progress",
    "pledge_public",
    "pledge_review",
    "pledge_review_list",
    "pledge_revise",
    "pledge_submit",
    "pledge_withdraw",
    "print_batch",
    "print_file",
    "print_list",
    "window_board",
    "window_board_list",
    "window_qr",
    "window_wall",
    "zone_add",
    "zone_edit",
    "zone_end",
    "zone_list",
]
