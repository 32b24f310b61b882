from competitions.models.about import KINDS, About, InsideQuerySet, fields_of, key_of
from competitions.models.activity import (
    Activity,
    ActivityNote,
    ActivityPicture,
    Attendance,
    SelfCheck,
)
from competitions.models.case import Case, CasePicture, Spread
from competitions.models.contest import ORDER, Contest, Entrant, Judge, Mark
from competitions.models.efficacy import EfficacyNotice
from competitions.models.growth import Growth, GrowthStep
from competitions.models.indicator import Benchmark, Reading
from competitions.models.selection import (
    Award,
    Nomination,
    Objection,
    Recommendation,
    Selection,
)
from competitions.models.streak import Milestone, Shift, Streak
from competitions.models.target import Pair, Target, Visit

__all__ = [
    "KINDS",
    "ORDER",
    "About",
    "Activity",
    "ActivityNote",
    "ActivityPicture",
    "Attendance",
    "Award",
    "Benchmark",
    "Case",
    "CasePicture",
    "Contest",
    "EfficacyNotice",
    "Entrant",
    "Growth",
    "GrowthStep",
    "InsideQuerySet",
    "Judge",
    "Mark",
    "Milestone",
    "Nomination",
    "Objection",
    "Pair",
    "Reading",
    "Recommendation",
    "Selection",
    "SelfCheck",
    "Shift",
    "Spread",
    "Streak",
    "Target",
    "Visit",
    "fields_of",
    "key_of",
]
