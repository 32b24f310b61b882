"""Policy rows of hints, rates, lines, take-down and self-examination; see tests/policy.py."""

from pledges.models import PledgeLine, SelfExamination
from tests.factories import PledgeFactory
from tests.factories.branches import moment
from tests.policies.pledges import SEE_PUBLISHED, but, published
from tests.policy import (
    BRANCH,
    EVERYBODY,
    FAR_SECRETARY,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)

TAKERS = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR_SECRETARY,
}


def lined(world):
    pledge = PledgeFactory(
        published=True,
        period=world.period,
        organisation=world.north,
        of_window=True,
        owner_window=world.window,
        written_by=world.secretary,
    )
    PledgeLine.objects.create(pledge=pledge, position=1, name="按期办结")
    return {"own": {"pk": pledge.pk}}


def examinations(world):
    one = SelfExamination.objects.create(
        person=world.member2,
        organisation=world.north,
        period=world.period,
        problem="问题",
        plan="打算",
        is_shared=True,
        written_at=moment(),
    )
    return {"own": {"pk": one.pk}}


ROWS = [
    Row(
        "pledges:pledge_hints",
        methods="POST",
        exempt="an answer for the form alone; tests/pledges/test_pledge_hints.py",
    ),
    Row("pledges:pledge_rates", SIGNED_IN, marker="承诺兑现率"),
    Row(
        "pledges:pledge_take_down",
        TAKERS,
        forbidden=but(SEE_PUBLISHED, TAKERS),
        methods="GET POST",
        objects=published,
        marker="撤下公示",
        data=lambda world: {"reason": "事项已停办"},
    ),
    Row("pledges:pledge_line_rate", {"own": EVERYBODY}, objects=lined, marker="说到做到了吗"),
    Row("pledges:self_examination_list", SIGNED_IN, marker="查摆"),
    Row(
        "pledges:self_examination_write",
        methods="GET POST",
        exempt="each writes of himself; tests/pledges/test_pledge_hints.py",
    ),
    Row(
        "pledges:self_examination_pledge",
        {"own": audience("colleague")},
        forbidden={"own": BRANCH - audience("colleague")},
        methods="POST",
        objects=examinations,
        data=lambda world: {},
    ),
    Row(
        "supervision:examination_rectify",
        {"own": audience("colleague")},
        forbidden={"own": BRANCH - audience("colleague")},
        methods="POST",
        objects=examinations,
        data=lambda world: {},
    ),
]
