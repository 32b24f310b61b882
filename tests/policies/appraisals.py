"""Policy rows of files, replies, grades and letters; see tests/policy.py."""

from tests.factories import CampaignFactory, PeriodFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    MEMBERS,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
    organisations,
)


def periods(world):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {"own": {"pk": world.period.pk}, "foreign": {"pk": abroad.pk}}


def files(world):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {
        "own": {"pk": world.period.pk, "person_pk": world.member2.pk},
        "sibling": {"pk": world.period.pk, "person_pk": world.neighbour2.pk},
        "foreign": {"pk": abroad.pk, "person_pk": world.stranger.pk},
    }


READING = {
    "own": audience("colleague") | SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "foreign": FAR,
}
LOOKING = {
    "own": MEMBERS - audience("colleague"),
    "sibling": SIBLING - SECRETARY2,
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

ROWS = [
    Row(
        "evaluations:review_file",
        {"own": BRANCH | SIBLING | ABOVE, "foreign": FAR},
        exempt="one's own file of a period; tests/evaluations/test_appraisal.py",
        objects=periods,
        methods="GET POST",
    ),
    Row("evaluations:person_file", READING, forbidden=LOOKING, objects=files, marker="评议情况"),
    Row(
        "evaluations:review_letter",
        READING,
        forbidden=LOOKING,
        objects=files,
        content_type=WORD,
    ),
    Row("evaluations:appraisal_list", SIGNED_IN, marker="民主评议"),
    Row(
        "evaluations:appraisal_edit",
        {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "parent": RULERS},
        exempt="of the chosen period; tests/evaluations/test_appraisal.py",
        objects=organisations,
        methods="GET POST",
    ),
]
