"""Policy rows of ratings and reviews; peer rounds are in rounds.py; see tests/policy.py."""

from evaluations.queries.reviews import review_form
from tests.factories import CampaignFactory, FeedbackFactory, PeriodFactory, ReviewFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    EVERYBODY,
    FAR,
    FAR_SECRETARY,
    LEADER,
    PUBLIC,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
    windows,
)


def window_codes(world):
    return {
        "own": {"code": world.window.code},
        "sibling": {"code": world.window2.code},
        "foreign": {"code": world.far_window.code},
    }


def feedback(world):
    windows = {"own": world.window, "sibling": world.window2, "foreign": world.far_window}
    return {
        position: {
            "pk": str(
                FeedbackFactory(
                    campaign=world.campaign, window=window, text="大厅座椅太少", state="received"
                ).pk
            )
        }
        for position, window in windows.items()
    }


def reviews(world):
    """By the leader about 孙二 and his like; in the foreign tree by its secretary."""
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    places = {
        "own": (world.period, world.north, world.member2, world.leader),
        "sibling": (world.period, world.south, world.neighbour2, world.leader),
        "foreign": (foreign, world.far, world.stranger, world.far_secretary),
    }
    return {
        position: {
            "pk": ReviewFactory(
                period=period, organisation=organisation, person=person, author=author
            ).pk
        }
        for position, (period, organisation, person, author) in places.items()
    }


def running_abroad(world):
    """The other tree has a campaign of its own, so its windows have tickets too."""
    PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))


def words(world):
    plan = world.period.plan
    parts, questions = review_form(plan, "leader")
    filled = {f"text_{part.key}": "说到了实处" for part in parts}
    return filled | {f"level_{q.key}": plan.scale_of(q).levels[0].key for q in questions}


ANSWERING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
SEE_FEEDBACK = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
SEE_REVIEW = {
    "own": audience("colleague") | SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "foreign": FAR,
}
ISSUING = {"own": BRANCH | RULERS, "sibling": SIBLING | RULERS, "foreign": FAR}
CORRECTING = {"own": LEADER, "sibling": LEADER, "foreign": FAR_SECRETARY}


def but(seen, allowed):
    return {position: seen[position] - allowed[position] for position in seen}


ROWS = [
    Row(
        "evaluations:window_rate",
        {"own": EVERYBODY, "sibling": EVERYBODY, "foreign": EVERYBODY},
        methods="GET POST",
        objects=window_codes,
        post_status=200,
        exempt="counts on POST for anybody; tests/evaluations/test_window_rate.py",
    ),
    Row(
        "evaluations:feedback_follow",
        PUBLIC,
        methods="GET POST",
        marker="回执码",
        data=lambda world: {"code": "AAAA-BBBB-CCCC"},
        post_status=200,
    ),
    Row(
        "evaluations:ticket_rate",
        PUBLIC,
        methods="GET POST",
        exempt="whoever holds the code; tests/evaluations/test_ticket.py",
    ),
    Row(
        "evaluations:ticket_add",
        ISSUING,
        forbidden=but(SEE_FEEDBACK, ISSUING),
        methods="GET POST",
        objects=windows,
        marker="打印办件码",
        data=lambda world: {"count": 3},
        post_status=200,
        setup=running_abroad,
    ),
    Row("evaluations:feedback_list", SIGNED_IN, marker="群众意见"),
    Row(
        "evaluations:feedback_answer",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="GET POST",
        objects=feedback,
        marker="大厅座椅太少",
        data=lambda world: {"answer": "已增加座椅"},
    ),
    Row("evaluations:review_list", SIGNED_IN, marker="点评"),
    Row("evaluations:review_detail", SEE_REVIEW, objects=reviews, marker="业务熟练"),
    Row(
        "evaluations:review_correct",
        CORRECTING,
        forbidden=but(SEE_REVIEW, CORRECTING),
        methods="GET POST",
        objects=reviews,
        marker="更正点评",
        data=words,
    ),
    Row(
        "evaluations:review_person_list",
        LEADER,
        marker="领导点评",
        exempt="kind is a word, not an object; tests/evaluations/test_review_write.py",
    ),
    Row(
        "evaluations:review_write",
        LEADER,
        methods="GET POST",
        exempt="two arguments, kind and person; tests/evaluations/test_review_write.py",
    ),
]
