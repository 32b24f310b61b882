"""Policy rows of panels, surveys, votes and invited supervisors; see tests/policy.py."""

from datetime import timedelta

from django.utils import timezone

from common.dates import today
from evaluations.actions.polls import open_poll
from evaluations.models import Poll, Supervisor
from evaluations.queries.polls import offers
from tests.factories import CampaignFactory, PeriodFactory
from tests.policy import ABOVE, BRANCH, FAR, PUBLIC, RULERS, SIBLING, SIGNED_IN, Row


def poll_in(world, organisation, period, by):
    offer = next(one for one in offers(period.plan) if one.kind == "panel")
    poll = Poll(
        campaign=period.campaign, period=period, organisation=organisation, name="民主评议",
        opens_on=today(), closes_on=today() + timedelta(days=5),
    )  # fmt: skip
    return open_poll(poll, offer=offer, organisations=[organisation], by=by, at=timezone.now())


def polls(world):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {
        "own": {"pk": poll_in(world, world.north, world.period, world.officer).pk},
        "sibling": {"pk": poll_in(world, world.south, world.period, world.officer).pk},
        "foreign": {"pk": poll_in(world, world.far, abroad, world.far_secretary).pk},
    }


def supervisors(world):
    def one(number, organisation, campaign):
        return {
            "pk": Supervisor.objects.create(
                campaign=campaign, organisation=organisation, rater_class="deputies", name="老李",
                letter_no=f"聘{number}", starts_on=today(), ends_on=today() + timedelta(days=9),
                digest=str(number), appointed_by=world.officer,
            ).pk
        }  # fmt: skip

    abroad = CampaignFactory(organisation=world.foreign)
    return {
        "own": one(1, world.north, world.campaign),
        "sibling": one(2, world.south, world.campaign),
        "foreign": one(3, world.far, abroad),
    }


SEEN = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
RUNNING = {"own": RULERS, "sibling": RULERS}
NOT_RUNNING = {
    "own": (BRANCH | ABOVE) - RULERS,
    "sibling": (SIBLING | ABOVE) - RULERS,
    "foreign": FAR,
}

ROWS = [
    Row("evaluations:poll_list", SIGNED_IN, marker="代表评议和调查"),
    Row(
        "evaluations:poll_add",
        RULERS,
        methods="GET POST",
        marker="开启评议或调查",
        data=lambda world: {
            "offer": "survey:survey",
            "name": "问卷",
            "organisations": [world.north.pk],
            "opens_on": today(),
            "closes_on": today() + timedelta(days=5),
        },
    ),
    Row("evaluations:poll_detail", SEEN, objects=polls, marker="民主评议"),
    Row(
        "evaluations:poll_codes",
        RUNNING,
        forbidden=NOT_RUNNING,
        methods="GET POST",
        objects=polls,
        marker="打印评议码",
        data=lambda world: {"rater_class": "deputies", "count": 2},
        post_status=200,
    ),
    Row(
        "evaluations:poll_close",
        RUNNING,
        forbidden=NOT_RUNNING,
        methods="POST",
        objects=polls,
        data=lambda world: {},
    ),
    Row("evaluations:supervisor_list", SIGNED_IN, marker="特邀监督员"),
    Row(
        "evaluations:supervisor_add",
        RULERS,
        methods="GET POST",
        marker="聘请监督员",
        data=lambda world: {
            "name": "老李",
            "rater_class": "deputies",
            "letter_no": "聘9",
            "starts_on": today(),
            "ends_on": today() + timedelta(days=5),
        },
        post_status=200,
    ),
    Row(
        "evaluations:supervisor_end",
        RUNNING,
        forbidden=NOT_RUNNING,
        methods="POST",
        objects=supervisors,
        data=lambda world: {},
    ),
    Row(
        "evaluations:poll_answer",
        PUBLIC,
        methods="GET POST",
        exempt="whoever holds the code; tests/evaluations/test_poll.py",
    ),
    Row(
        "evaluations:poll_open",
        PUBLIC,
        methods="GET POST",
        exempt="an open link counts for anybody; tests/evaluations/test_poll.py",
    ),
    Row(
        "evaluations:supervisor_today",
        PUBLIC,
        methods="GET POST",
        exempt="whoever holds the letter; tests/evaluations/test_poll.py",
    ),
]
