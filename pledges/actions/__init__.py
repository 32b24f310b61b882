from pledges.actions.figures import publish_figures
from pledges.actions.pledges import (
    conclude_pledge,
    note_progress,
    publish_pledge,
    return_pledge,
    revise_pledge,
    save_pledge,
    submit_pledge,
    withdraw_pledge,
)

__all__ = [
    "conclude_pledge",
    "note_progress",
    "publish_figures",
    "publish_pledge",
    "return_pledge",
    "revise_pledge",
    "save_pledge",
    "submit_pledge",
    "withdraw_pledge",
]
