"""Policy rows of registers, whereabouts, reports and coverage; see tests/policy.py."""

from datetime import timedelta

from django.utils import timezone

from pledges.models import Whereabouts
from tests.factories import FirstAskedFactory, ServiceItemFactory, ServiceReportFactory
from tests.policies.shown import ALL, PLACES
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    PUBLIC,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
)

HOMES = {"own": BRANCH, "sibling": SIBLING, "foreign": FAR}
SEEN = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
KEEPERS = {"own": BRANCH | RULERS, "sibling": SIBLING | RULERS, "foreign": FAR}
ANSWERERS = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR_SECRETARY,
}
ANYBODY_AT_HOME = BRANCH | SIBLING | FAR


def but(seen, allowed):
    return {position: seen[position] - allowed[position] for position in seen}


def first_asked(world):
    return {
        position: {"pk": FirstAskedFactory(organisation=getattr(world, place)).pk}
        for position, place in PLACES.items()
    }


def reports(world):
    return {
        position: {
            "pk": ServiceReportFactory(
                item=ServiceItemFactory(live=True, organisation=getattr(world, place))
            ).pk
        }
        for position, place in PLACES.items()
    }


def cards(world):
    return {
        position: {"code": ServiceItemFactory(live=True, organisation=getattr(world, place)).code}
        for position, place in PLACES.items()
    }


def notes(world):
    """Written by the people of each branch, running at the moment of asking."""
    now = timezone.now()
    writers = {"own": world.member, "sibling": world.neighbour1, "foreign": world.stranger}
    return {
        position: {
            "pk": Whereabouts.objects.create(
                person=writers[position],
                organisation=getattr(world, place),
                text="到社区送证",
                away_at=now - timedelta(minutes=5),
                back_at=now + timedelta(hours=2),
            ).pk
        }
        for position, place in PLACES.items()
    }


ROWS = [
    Row("pledges:register_list", SIGNED_IN, marker="首问事项登记"),
    Row("pledges:first_asked_list", SIGNED_IN, marker="首问事项登记"),
    Row(
        "pledges:first_asked_add",
        methods="GET POST",
        exempt="each writes for his own branch; tests/pledges/test_registers.py",
    ),
    Row(
        "pledges:first_asked_finish",
        KEEPERS,
        forbidden=but(SEEN, KEEPERS),
        methods="GET POST",
        objects=first_asked,
        marker="办理结果",
        data=lambda world: {"done_on": "2020-01-01", "result": "已办好"},
    ),
    Row("pledges:cover_today", SIGNED_IN, marker="今日在岗"),
    Row(
        "pledges:whereabouts_write",
        methods="GET POST",
        exempt="each writes of himself; tests/pledges/test_registers.py",
    ),
    Row("pledges:whereabouts_end", SIGNED_IN, methods="POST", data=lambda world: {}),
    Row(
        "pledges:whereabouts_withdraw",
        ANSWERERS,
        forbidden=but(SEEN, ANSWERERS),
        methods="GET POST",
        objects=notes,
        marker="到社区送证",
        data=lambda world: {"reason": "写错了"},
    ),
    Row("pledges:report_list", SIGNED_IN, marker="超时超收反映"),
    Row(
        "pledges:report_answer",
        ANSWERERS,
        forbidden=but(SEEN, ANSWERERS),
        methods="GET POST",
        objects=reports,
        marker="第六天才办好",
        data=lambda world: {"answer": "已退还并致歉"},
    ),
    Row(
        "pledges:coverage_list",
        SECRETARY | SECRETARY2 | ABOVE | FAR_SECRETARY,
        marker="党组织覆盖",
    ),
    Row(
        "pledges:register_book",
        exempt="the books are the plan's; tests/pledges/test_registers.py",
    ),
    Row(
        "pledges:register_write",
        methods="GET POST",
        exempt="the books are the plan's; tests/pledges/test_registers.py",
    ),
    Row("pledges:report_follow", PUBLIC, marker="回执码"),
    Row("pledges:service_report", ALL, objects=cards, marker="没有说到做到"),
]
