"""Policy rows of meetings and follow-ups; see tests/policy.py."""

from datetime import timedelta

from django.utils import timezone

from common.dates import today
from evaluations.models import Attendance, FollowUp, Meeting
from tests.factories import CampaignFactory, PeriodFactory
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
    audience,
    organisations,
)


def meetings(world, **extra):
    abroad = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    places = {
        "own": (world.period, world.north, world.secretary, world.member2),
        "sibling": (world.period, world.south, world.secretary2, world.neighbour2),
        "foreign": (abroad, world.far, world.far_secretary, world.stranger),
    }
    found = {}
    for position, (period, organisation, chair, person) in places.items():
        meeting = Meeting.objects.create(
            campaign=period.campaign, period=period, organisation=organisation, item="monthly",
            kind="月度例会", held_on=today(), chair=chair, recorder=chair, visibility="branch",
            written_at=timezone.now(), **extra,
        )  # fmt: skip
        Attendance.objects.create(meeting=meeting, person=person)
        found[position] = {"pk": meeting.pk}
    return found


def published_meetings(world):
    """Read in the house, with something said that may be offered to the public."""
    found = meetings(world, published_at=timezone.now(), published_by=world.secretary)
    for meeting in Meeting.objects.order_by("pk"):
        meeting.comments.create(
            person=meeting.chair, by=meeting.chair, levels={}, texts={"attitude": "热情"}
        )
    return found


def follow_ups(world):
    places = {
        "own": (world.north, world.member2),
        "sibling": (world.south, world.neighbour2),
        "foreign": (world.far, world.stranger),
    }
    return {
        position: {
            "pk": FollowUp.objects.create(
                organisation=organisation, person=person, advice="先报姓名", due_on=today(),
                agreed_by=person, agreed_on=today(),
            ).pk
        }
        for position, (organisation, person) in places.items()
    }  # fmt: skip


def person_of(world, position):
    who = {"own": world.member, "sibling": world.neighbour2, "foreign": world.stranger}
    return who[position]


SEEN = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
HOLDING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
NOT_HOLDING = {position: SEEN[position] - HOLDING[position] for position in SEEN}
DOING = {
    "own": SECRETARY | audience("colleague"),
    "sibling": SECRETARY2,
    "foreign": FAR_SECRETARY | audience("stranger"),
}
FOLLOWING = {"own": ABOVE, "sibling": ABOVE}

ROWS = [
    Row("evaluations:meeting_list", SIGNED_IN, marker="会议"),
    Row(
        "evaluations:meeting_add",
        {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "parent": RULERS},
        exempt="of the chosen campaign; tests/evaluations/test_meeting.py",
        methods="GET POST",
        objects=organisations,
    ),
    Row("evaluations:meeting_detail", SEEN, objects=meetings, marker="月度例会"),
    Row(
        "evaluations:meeting_edit",
        HOLDING,
        forbidden=NOT_HOLDING,
        methods="GET POST",
        objects=meetings,
        marker="登记会议",
        data=lambda world, position: {
            "kind": "monthly:座谈会",
            "held_on": today(),
            "chair": person_of(world, position).pk,
            "recorder": person_of(world, position).pk,
        },
    ),
    Row(
        "evaluations:meeting_comment",
        HOLDING,
        forbidden=NOT_HOLDING,
        methods="GET POST",
        objects=meetings,
        marker="逐人点评",
        data=lambda world: {"x": "1"},
    ),
    Row(
        "evaluations:meeting_publish",
        HOLDING,
        forbidden=NOT_HOLDING,
        methods="GET POST",
        objects=meetings,
        marker="公开点评",
        data=lambda world: {"visibility": "branch"},
    ),
    Row(
        "evaluations:meeting_minutes",
        SEEN,
        objects=meetings,
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    Row(
        "evaluations:meeting_offer",
        HOLDING,
        forbidden=NOT_HOLDING,
        methods="POST",
        objects=published_meetings,
        data=lambda world: {},
        skip_fuzz="takes no field, and draws a new public code: tests/evaluations/test_meeting.py",
    ),
    Row("evaluations:follow_up_list", SIGNED_IN, marker="落实事项"),
    Row(
        "evaluations:follow_up_add",
        HOLDING,
        forbidden=NOT_HOLDING,
        methods="GET POST",
        objects=meetings,
        marker="商定落实事项",
        data=lambda world, position: {
            "person": person_of(world, position).pk,
            "advice": "先报姓名",
            "due_on": today() + timedelta(days=9),
        },
    ),
    Row(
        "evaluations:follow_up_done",
        DOING,
        forbidden=FOLLOWING,
        methods="GET POST",
        objects=follow_ups,
        marker="登记落实",
        data=lambda world: {"change": "做到了"},
    ),
]
