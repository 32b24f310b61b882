"""Policy rows of paper slips; see tests/policy.py."""

from evaluations.models import PaperSheet
from tests.factories import CampaignFactory, PeriodFactory
from tests.policies.polls import poll_in
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    windows,
)


def sheets(world):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    places = {
        "own": (world.period, world.window),
        "sibling": (world.period, world.window2),
        "foreign": (abroad, world.far_window),
    }
    return {
        position: {
            "pk": PaperSheet.objects.create(
                period=period, window=window, form="群众评价表", pile="1"
            ).pk
        }
        for position, (period, window) in places.items()
    }


def running_abroad(world):
    PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))


def polls(world):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {
        "own": {"pk": poll_in(world, world.north, world.period, world.officer).pk},
        "sibling": {"pk": poll_in(world, world.south, world.period, world.officer).pk},
        "foreign": {"pk": poll_in(world, world.far, abroad, world.far_secretary).pk},
    }


TYPING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
NOT_TYPING = {
    "own": (BRANCH | ABOVE) - SECRETARY - RULERS,
    "sibling": (SIBLING | ABOVE) - SECRETARY2 - RULERS,
    "foreign": FAR - FAR_SECRETARY,
}
TOTALS = {"slips": 3, "overall__satisfied": 3}

ROWS = [
    Row("evaluations:paper_list", SIGNED_IN, marker="纸质表"),
    Row(
        "evaluations:paper_window",
        TYPING,
        forbidden=NOT_TYPING,
        methods="GET POST",
        objects=windows,
        marker="录入纸质表",
        data=lambda world: {"name": "群众评价表", "pile": "9"} | TOTALS,
        setup=running_abroad,
    ),
    Row(
        "evaluations:paper_detail",
        TYPING,
        forbidden=NOT_TYPING,
        methods="GET POST",
        objects=sheets,
        marker="录入纸质表",
        data=lambda world: TOTALS,
    ),
    Row(
        "evaluations:paper_poll",
        TYPING,
        forbidden=NOT_TYPING,
        methods="GET POST",
        objects=polls,
        marker="录入纸质表",
        data=lambda world: {
            "name": "民主评议表",
            "pile": "9",
            "target": "1:deputies",
            "slips": 3,
            "promise__good": 3,
        },
    ),
]
