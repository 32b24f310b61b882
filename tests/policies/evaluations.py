"""Policy rows of ratings and reviews; peer rounds are in rounds.py; see tests/policy.py."""

from datetime import timedelta

from common.dates import today
from evaluations.models import FeedbackAppeal, Kiosk
from evaluations.queries.reviews import review_form
from tests.factories import CampaignFactory, FeedbackFactory, PeriodFactory, ReviewFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    EVERYBODY,
    FAR,
    FAR_SECRETARY,
    INSPECTOR,
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


def feedback(world, **extra):
    windows = {"own": world.window, "sibling": world.window2, "foreign": world.far_window}
    return {
        position: {
            "pk": str(
                FeedbackFactory(
                    **{
                        "campaign": world.campaign,
                        "window": window,
                        "text": "大厅座椅太少",
                        "state": "received",
                        "is_told": True,  # its own people see it from the next morning
                    }
                    | extra
                ).pk
            )
        }
        for position, window in windows.items()
    }


def kiosks(world):
    places = {"own": world.window, "sibling": world.window2, "foreign": world.far_window}
    return {
        position: {
            "pk": Kiosk.objects.create(
                window=window, name="1号", digest=position, opens_at="08:30", closes_at="17:30",
                registered_by=world.officer,
            ).pk
        }
        for position, window in places.items()
    }  # fmt: skip


def bad_feedback(world):
    return feedback(world, is_bad=True)


def answered_feedback(world):
    return feedback(world, state="answered", answer="已增加")


def public_feedback(world):
    return feedback(
        world, state="answered", answer="已增加", public_answer="已增加", published_on=today(),
        published_by=world.secretary,
    )  # fmt: skip


def appealed_feedback(world):
    found = bad_feedback(world)
    for position, who in APPEALED_BY.items():
        FeedbackAppeal.objects.create(
            feedback_id=found[position]["pk"], reason="没有开窗",
            asked_by=getattr(world, who), asked_on=today(),
        )  # fmt: skip
    return found


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
APPEALED_BY = {"own": "secretary", "sibling": "secretary2", "foreign": "far_secretary"}
APPEALING = {"own": BRANCH, "sibling": SIBLING, "foreign": FAR}
DECIDING = {"own": RULERS, "sibling": RULERS}
CALLING = {"own": RULERS | INSPECTOR, "sibling": RULERS | INSPECTOR}
SEE_FEEDBACK = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
SEE_REVIEW = {
    "own": audience("colleague") | SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "foreign": FAR,
}
ISSUING = {"own": BRANCH | RULERS, "sibling": SIBLING | RULERS, "foreign": FAR}
CORRECTING = {"own": LEADER, "sibling": LEADER, "foreign": FAR_SECRETARY}


def but(seen, allowed):
    return {position: seen[position] - allowed.get(position, frozenset()) for position in seen}


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
    Row(
        "evaluations:ticket_hand",
        ISSUING,
        forbidden=but(SEE_FEEDBACK, ISSUING),
        methods="GET POST",
        objects=windows,
        marker="出示办件码",
        data=lambda world: {"x": "1"},
        post_status=200,
        setup=running_abroad,
    ),
    Row(
        "evaluations:kiosk_list",
        SEE_FEEDBACK,
        post_allowed=ANSWERING,
        methods="GET POST",
        objects=windows,
        marker="评价器",
        data=lambda world: {
            "name": "1号",
            "opens_at": "08:30",
            "closes_at": "17:30",
            "pause_seconds": 20,
        },
        post_status=200,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
    ),
    Row(
        "evaluations:kiosk_retire",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="POST",
        objects=kiosks,
        data=lambda world: {},
    ),
    Row(
        "evaluations:kiosk_rate",
        PUBLIC,
        methods="GET POST",
        exempt="the tablet that holds the token; tests/evaluations/test_kiosk.py",
    ),
    Row("evaluations:rating_list", SIGNED_IN, marker="群众评价"),
    Row("evaluations:feedback_list", SIGNED_IN, marker="群众意见"),
    Row("evaluations:feedback_detail", SEE_FEEDBACK, objects=feedback, marker="大厅座椅太少"),
    Row(
        "evaluations:feedback_answer",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="GET POST",
        objects=feedback,
        marker="大厅座椅太少",
        data=lambda world: {"answer": "已增加座椅"},
    ),
    Row(
        "evaluations:feedback_assign",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="GET POST",
        objects=feedback,
        marker="责任人",
        data=lambda world, position: {
            "owner": {"own": world.member, "sibling": world.neighbour2, "foreign": world.stranger}[
                position
            ].pk,
            "due_on": today() + timedelta(days=9),
        },
    ),
    Row(
        "evaluations:feedback_appeal",
        APPEALING,
        forbidden=but(SEE_FEEDBACK, APPEALING),
        methods="GET POST",
        objects=bad_feedback,
        marker="申诉理由",
        data=lambda world: {"reason": "当天没有开窗"},
    ),
    Row(
        "evaluations:feedback_decide",
        DECIDING,
        forbidden=but(SEE_FEEDBACK, DECIDING),
        methods="GET POST",
        objects=appealed_feedback,
        marker="复核理由",
        data=lambda world: {"verdict": "rejected", "decision": "查无此事"},
    ),
    Row(
        "evaluations:feedback_call_back",
        CALLING,
        forbidden=but(SEE_FEEDBACK, CALLING),
        methods="GET POST",
        objects=feedback,
        marker="回访记录",
        data=lambda world: {"note": "已经解决"},
    ),
    Row(
        "evaluations:feedback_publish",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="GET POST",
        objects=answered_feedback,
        marker="公开的答复",
        data=lambda world: {"question": "座椅少", "answer": "已增加"},
    ),
    Row(
        "evaluations:feedback_take_down",
        ANSWERING,
        forbidden=but(SEE_FEEDBACK, ANSWERING),
        methods="GET POST",
        objects=public_feedback,
        marker="撤下原因",
        data=lambda world: {"reason": "写到了人"},
    ),
    Row(
        "evaluations:suggestion_window",
        {"own": EVERYBODY, "sibling": EVERYBODY, "foreign": EVERYBODY},
        methods="GET POST",
        objects=window_codes,
        post_status=200,
        exempt="takes slips from anybody; tests/evaluations/test_feedback.py",
    ),
    Row(
        "evaluations:suggestion_branch",
        PUBLIC,
        methods="GET POST",
        exempt="takes slips from anybody; tests/evaluations/test_feedback.py",
    ),
    Row("evaluations:review_clock", SIGNED_IN, marker="点评进度"),
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
