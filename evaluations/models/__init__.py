from evaluations.models.appraisal import Appraisal, AppraisalSheet, Reply
from evaluations.models.feedback import Feedback, FeedbackAppeal, FeedbackStep
from evaluations.models.kiosk import Kiosk
from evaluations.models.meeting import Attendance, FollowUp, Meeting, MeetingComment
from evaluations.models.paper import PaperEntry, PaperSheet
from evaluations.models.poll import (
    PassTaken,
    Poll,
    PollCount,
    PollPass,
    PollRemark,
    PollSubject,
    Supervisor,
)
from evaluations.models.rating import RatingCount, RatingHour, RatingNonce, Ticket
from evaluations.models.review import Review, SelfReview
from evaluations.models.round import (
    Ballot,
    NamedRating,
    PeerComment,
    PeerTally,
    RollEntry,
    Round,
    RoundPart,
)
from evaluations.models.sheet import LEVELS, Sheet, SheetLevel, SheetQuestion, SheetQuota

__all__ = [
    "LEVELS",
    "Appraisal",
    "AppraisalSheet",
    "Attendance",
    "Ballot",
    "Feedback",
    "FeedbackAppeal",
    "FeedbackStep",
    "FollowUp",
    "Kiosk",
    "Meeting",
    "MeetingComment",
    "NamedRating",
    "PaperEntry",
    "PaperSheet",
    "PassTaken",
    "PeerComment",
    "PeerTally",
    "Poll",
    "PollCount",
    "PollPass",
    "PollRemark",
    "PollSubject",
    "RatingCount",
    "RatingHour",
    "RatingNonce",
    "Reply",
    "Review",
    "RollEntry",
    "Round",
    "RoundPart",
    "SelfReview",
    "Sheet",
    "SheetLevel",
    "SheetQuestion",
    "SheetQuota",
    "Supervisor",
    "Ticket",
]
