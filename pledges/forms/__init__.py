from pledges.forms.identity import CardForm, PrintForm, ZoneForm, layouts_of
from pledges.forms.pledge import (
    PledgeConcludeForm,
    PledgeForm,
    PledgeProgressForm,
    PledgeReviewForm,
    PledgeReviseForm,
)

__all__ = [
    "CardForm",
    "PledgeConcludeForm",
    "PledgeForm",
    "PledgeProgressForm",
    "PledgeReviewForm",
    "PledgeReviseForm",
    "PrintForm",
    "ZoneForm",
    "layouts_of",
]
