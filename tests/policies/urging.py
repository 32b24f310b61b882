"""Policy rows of 逾期名单 and 催办; see tests/policy.py."""

from common.dates import today
from common.downloads import XLSX
from tests.factories import CampaignFactory, PeriodFactory
from tests.factories.supervision import UrgeFactory
from tests.policy import ABOVE, FAR_SECRETARY, MEMBER, RULERS, SECRETARY, SECRETARY2, Row, audience

URGERS = RULERS | SECRETARY | SECRETARY2 | FAR_SECRETARY


def urges(world):
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    places = {
        "own": (world.period, world.north, world.member),
        "sibling": (world.period, world.south, world.neighbour1),
        "foreign": (foreign, world.far, world.stranger),
    }
    return {
        position: {
            "pk": UrgeFactory(
                period=period, organisation=place, person=person, urged_by=world.officer
            ).pk
        }
        for position, (period, place, person) in places.items()
    }


ROWS = [
    Row("supervision:late_list", URGERS, marker="逾期名单"),
    Row("supervision:late_export", URGERS, content_type=XLSX),
    Row(
        "supervision:late_urge",
        URGERS,
        methods="POST",
        exempt="without a period there is nobody to call on; tests/supervision/test_late_list.py",
    ),
    Row(
        "supervision:urge_answer",
        methods="GET POST",
        objects=urges,
        allowed={
            "own": MEMBER,
            "sibling": audience("neighbour"),
            "foreign": audience("stranger"),
        },
        forbidden={
            "own": SECRETARY | ABOVE,
            "sibling": SECRETARY2 | ABOVE,
            "foreign": FAR_SECRETARY,
        },
        marker="答复催办",
        data=lambda world: {"expected_on": today().isoformat(), "answer": ""},
    ),
]
