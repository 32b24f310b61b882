"""Policy rows of 比与创; see tests/policy.py. Deeds in other states: tests/competitions/."""

from django.utils import timezone

from common.downloads import XLSX
from tests.factories import CampaignFactory, PeriodFactory
from tests.factories.competitions import (
    ContestFactory,
    EntrantFactory,
    JudgeFactory,
    MilestoneFactory,
    ShiftFactory,
    StreakFactory,
)
from tests.policy import (
    FAR,
    FAR_SECRETARY,
    MEMBER,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)

INSIDE = SIGNED_IN - FAR  # who sees the campaign sees what is compared in it
SEEN = {"own": INSIDE, "sibling": INSIDE, "foreign": FAR}
RUNNING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
ONLY_IN_PLAN = "only where the plan asks for it; tests/competitions/"


def but(allowed, seen=SEEN):
    return {position: seen[position] - allowed.get(position, frozenset()) for position in seen}


def places(world):
    """Position -> (organisation, period, somebody of it)."""
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {
        "own": (world.north, world.period, world.member2),
        "sibling": (world.south, world.period, world.neighbour2),
        "foreign": (world.far, foreign, world.stranger),
    }


def contests(**fields):
    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            contest = ContestFactory(
                period=period,
                organisation=organisation,
                name="岗位大比武",
                made_by=person,
                **fields,
            )
            EntrantFactory(contest=contest, label="甲队", score="90.00", place=1)
            found[position] = {"pk": contest.pk}
        return found

    return make


PUBLISHED = {"state": "published", "published_at": timezone.now()}


def deeds(deed, **fields):
    def make(world):
        return {key: {**value, "deed": deed} for key, value in contests(**fields)(world).items()}

    return make


def entrants(world):
    found = {}
    for position, (organisation, period, _) in places(world).items():
        contest = ContestFactory(period=period, organisation=organisation, **PUBLISHED)
        entrant = EntrantFactory(contest=contest, label="甲队", score="90.00", place=1)
        entrant.explanation = {"score": {"kind": "ballots", "label": "评委打分", "shown": "90"}}
        entrant.save()
        found[position] = {"pk": entrant.pk}
    return found


def entering(world):
    """Of a contest that is being judged."""
    found = {}
    for position, (organisation, period, _) in places(world).items():
        contest = ContestFactory(period=period, organisation=organisation)
        found[position] = {"pk": EntrantFactory(contest=contest, label="甲队").pk}
    return found


def sheets(world):
    """A judge's sheet is his own: of 第一支部 it is the member's."""
    contest = ContestFactory(period=world.period, organisation=world.north)
    EntrantFactory(contest=contest, label="甲队")
    JudgeFactory(contest=contest, person=world.member)
    return {"own": {"pk": contest.pk}}


def handed_in(world):
    found = {}
    for position, (organisation, period, person) in places(world).items():
        contest = ContestFactory(period=period, organisation=organisation)
        judge = JudgeFactory(contest=contest, person=person, submitted_at=timezone.now())
        found[position] = {"pk": judge.pk}
    return found


def streaks(world):
    """One that has reached a threshold; of 第一支部 it is 孙二's."""
    found = {}
    for position, (organisation, period, person) in places(world).items():
        streak = StreakFactory(
            campaign=period.campaign, organisation=organisation, person=person, count=100, best=100
        )
        shift = ShiftFactory(streak=streak, clean=100)
        MilestoneFactory(streak=streak, shift=shift, threshold=100, name="百班无错")
        found[position] = {"pk": streak.pk}
    return found


TAPPING = {
    "own": audience("colleague") | SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR,
}


ROWS = [
    Row("competitions:compare_home", SIGNED_IN, marker="比与创"),
    Row("competitions:contest_list", SIGNED_IN, marker="竞赛"),
    Row("competitions:series_detail", SIGNED_IN, exempt=ONLY_IN_PLAN),
    Row("competitions:contest_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:contest_detail", SEEN, objects=contests(), marker="岗位大比武"),
    Row(
        "competitions:contest_deed",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=deeds("entrants"),
        marker="添加参赛者",
        data=lambda world: {"names": "乙队"},
    ),
    Row("competitions:entrant_detail", SEEN, objects=entrants, marker="评委打分"),
    Row(
        "competitions:sheet_write",
        {"own": MEMBER},
        methods="GET POST",
        objects=sheets,
        marker="评分表",
        data=lambda world: {"do": "save"},
    ),
    Row("competitions:sheet_download", {"own": MEMBER}, objects=sheets, content_type=XLSX),
    Row(
        "competitions:sheet_upload",
        {"own": MEMBER},
        methods="POST",
        objects=sheets,
        data=lambda world: {},
    ),
    Row(
        "competitions:sheet_return",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=handed_in,
        marker="退回",
        data=lambda world: {"reason": "漏评"},
    ),
    Row(
        "competitions:judge_remove",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=handed_in,
        marker="移出评委",
        data=lambda world: {"reason": "回避"},
    ),
    Row(
        "competitions:entrant_remove",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=entering,
        marker="移出 甲队",
        data=lambda world: {"reason": "报名有误"},
    ),
    Row(
        "competitions:contest_certificates",
        RUNNING,
        forbidden=but(RUNNING),
        objects=contests(**PUBLISHED),
        content_type="application/pdf",
    ),
    Row("competitions:indicator_list", SIGNED_IN, marker="指标"),
    Row("competitions:indicator_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:indicator_detail", SIGNED_IN, exempt=ONLY_IN_PLAN),
    Row("competitions:benchmark_set", RULERS, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:streak_list", SIGNED_IN, marker="连续无差错"),
    Row("competitions:streak_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:streak_detail", SEEN, objects=streaks, marker="最近的登记"),
    Row("competitions:streak_deed", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row(
        "competitions:streak_certificates",
        TAPPING,
        forbidden=but(TAPPING),
        objects=streaks,
        content_type="application/pdf",
    ),
]
