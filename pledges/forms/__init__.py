from pledges.forms.pledge import (
    PledgeConcludeForm,
    PledgeForm,
    PledgeProgressForm,
    PledgeReviewForm,
    PledgeReviseForm,
)

__all__ = [
    "PledgeConcludeForm",
    "PledgeForm",
    "PledgeProgressForm",
    "PledgeReviewForm",
    "PledgeReviseForm",
]
