"""The scheme document: a plan as typed, frozen data. See docs/schemes.md."""

from campaigns.models.document.cadence import ACTS, FREQUENCY_LABELS, Act, CadenceRule, Due
from campaigns.models.document.checks import problems_of
from campaigns.models.document.families import MEASURES, Family, Item, Stage
from campaigns.models.document.mechanisms import MECHANISMS, Mechanism
from campaigns.models.document.oversight import Classification, Criteria, Title
from campaigns.models.document.people import RaterClass, UnitType
from campaigns.models.document.questions import (
    Channel,
    Level,
    Question,
    Questionnaire,
    Quota,
    Satisfaction,
    Scale,
)
from campaigns.models.document.reasons import Problem, problems_from
from campaigns.models.document.recipes import RecipePart
from campaigns.models.document.scheme import SchemeDocument

__all__ = [
    "ACTS",
    "FREQUENCY_LABELS",
    "MEASURES",
    "MECHANISMS",
    "Act",
    "CadenceRule",
    "Channel",
    "Classification",
    "Criteria",
    "Due",
    "Family",
    "Item",
    "Level",
    "Mechanism",
    "Problem",
    "Question",
    "Questionnaire",
    "Quota",
    "RaterClass",
    "RecipePart",
    "Satisfaction",
    "Scale",
    "SchemeDocument",
    "Stage",
    "Title",
    "UnitType",
    "problems_from",
    "problems_of",
]
