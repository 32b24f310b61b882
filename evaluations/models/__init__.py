from evaluations.models.rating import Feedback, RatingCount
from evaluations.models.review import Review, SelfReview
from evaluations.models.round import Ballot, PeerComment, PeerTally, RollEntry, Round

__all__ = [
    "Ballot",
    "Feedback",
    "PeerComment",
    "PeerTally",
    "RatingCount",
    "Review",
    "RollEntry",
    "Round",
    "SelfReview",
]
