from pledges.actions.appearances import note_appearances
from pledges.actions.cards import confirm_card, end_zone, save_zone
from pledges.actions.figures import publish_figures
from pledges.actions.pledges import (
    conclude_pledge,
    note_progress,
    publish_pledge,
    return_pledge,
    revise_pledge,
    save_pledge,
    submit_pledge,
    take_down_pledge,
    withdraw_pledge,
)
from pledges.actions.prints import (
    PrintsMoved,
    PrintsRefused,
    address_of,
    drop_old_print_files,
    drop_print_file,
    finish_prints,
    order_prints,
)

__all__ = [
    "PrintsMoved",
    "PrintsRefused",
    "address_of",
    "conclude_pledge",
    "confirm_card",
    "drop_old_print_files",
    "drop_print_file",
    "end_zone",
    "finish_prints",
    "note_appearances",
    "note_progress",
    "order_prints",
    "publish_figures",
    "publish_pledge",
    "return_pledge",
    "revise_pledge",
    "save_pledge",
    "save_zone",
    "submit_pledge",
    "take_down_pledge",
    "withdraw_pledge",
]
