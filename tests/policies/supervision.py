"""Policy rows of 今天要办, dashboard, scorecards, closing and inspections; see tests/policy.py."""

from datetime import timedelta

from django.utils import timezone

from common.downloads import XLSX
from supervision.models import Checking, Draw, Inspection, Scorecard
from tests.factories import CampaignFactory, ClosingFactory, PeriodFactory
from tests.factories.drafts import SchemeDraftFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    INSPECTOR,
    LEADER,
    MEMBERS,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
    people,
)

WATCHERS = ABOVE | SECRETARY | SECRETARY2
BOOKKEEPERS = WATCHERS | FAR_SECRETARY  # the last has no campaign, so no book but the roster
INSPECTING = RULERS | LEADER | INSPECTOR
SEEN = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}


def foreign_period(world):
    return PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))


def scorecards(world):
    """Cards of branches: whoever looks into the branch sees them."""
    places = {
        "own": (world.period, world.north),
        "sibling": (world.period, world.south),
        "foreign": (foreign_period(world), world.far),
    }
    closings = {}
    found = {}
    for position, (period, branch) in places.items():
        closing = closings.setdefault(period.pk, None) or ClosingFactory(period=period)
        closings[period.pk] = closing
        card = Scorecard.objects.create(
            closing=closing,
            period=period,
            subject="branch",
            subject_id=branch.pk,
            subject_name="被看的支部",
            organisation=branch,
            inputs={},
        )
        found[position] = {"pk": card.pk}
    return found


def inspections(world):
    foreign = foreign_period(world)
    places = {
        "own": (world.period, world.north, world.inspector),
        "sibling": (world.period, world.south, world.inspector),
        "parent": (world.period, world.root, world.inspector),
        "foreign": (foreign, world.far, world.far_secretary),
    }
    return {
        position: {
            "pk": Inspection.objects.create(
                campaign=period.campaign,
                period=period,
                organisation=organisation,
                method="spot_check",
                found="公示栏齐全",
                inspected_at=timezone.now(),
                inspected_by=person,
            ).pk
        }
        for position, (period, organisation, person) in places.items()
    }


def checkings(world):
    """Only whoever began a check goes on with it."""
    return {
        "own": {
            "pk": Checking.objects.create(
                campaign=world.campaign,
                period=world.period,
                organisation=world.north,
                window=world.window,
                method="visit",
                begun_at=timezone.now(),
                begun_by=world.inspector,
            ).pk
        }
    }


def tapped(world):
    return {position: {**found, "key": "badge"} for position, found in checkings(world).items()}


def draws(world):
    """A draw belongs to the campaign: those above it see it."""
    foreign = foreign_period(world)
    return {
        position: {
            "pk": Draw.objects.create(
                campaign=period.campaign,
                period=period,
                seed="00",
                pool=[[1, "一号窗口"]],
                count=1,
                drawn_at=timezone.now(),
                drawn_by=person,
            ).pk
        }
        for position, period, person in [
            ("parent", world.period, world.inspector),
            ("foreign", foreign, world.far_secretary),
        ]
    }


def found(world):
    return {
        "method": "visit",
        "target": f"window:{world.window.pk}",
        "found": "秩序良好",
        "problem": "个别公示过期",
        "demand": "三日内更新",
        "demand_due_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
    }


def campaigns(world):
    foreign = CampaignFactory(organisation=world.foreign)
    return {"own": {"slug": world.campaign.slug}, "foreign": {"slug": foreign.slug}}


def drafts(world):
    return {
        position: {"pk": SchemeDraftFactory(organisation=organisation).pk, "number": 0}
        for position, organisation in [("own", world.root), ("foreign", world.foreign)]
    }


ROWS = [
    Row(
        "supervision:handover",
        objects=people,
        allowed={
            "own": SECRETARY | RULERS,
            "sibling": SECRETARY2 | RULERS,
            "parent": RULERS,
            "foreign": FAR_SECRETARY,
        },
        forbidden={
            "own": MEMBERS | LEADER | INSPECTOR,
            "sibling": audience("neighbour") | LEADER | INSPECTOR,
            "parent": LEADER | INSPECTOR,
            "foreign": audience("stranger"),
        },
        methods="GET POST",
        marker="名下还开着的事",
        data=lambda world: {},
        post_status=200,
        note="without an heir it stays on the page; deeds: tests/supervision/test_handover.py",
    ),
    Row("supervision:book_list", allowed=BOOKKEEPERS, marker="台账中心"),
    Row(
        "supervision:book_export",
        objects=lambda world: {"own": {"key": "pledges"}},
        allowed={"own": WATCHERS},
        forbidden=dict.fromkeys(("own", "missing"), SIGNED_IN - BOOKKEEPERS),
        content_type=XLSX,
    ),
    Row(
        "supervision:lit_windows",
        objects=campaigns,
        allowed={"own": SIGNED_IN - FAR, "foreign": FAR},
        marker="亮起来的窗口",
    ),
    Row("supervision:recipe_trial", objects=drafts, allowed={"own": RULERS}, marker="上期"),
    Row("supervision:today", SIGNED_IN, marker="今天要办"),
    Row(
        "supervision:dashboard",
        WATCHERS,
        marker="督查看板",
        exempt="people of another tree have another campaign; tests/supervision/test_dashboard.py",
    ),
    Row(
        "supervision:dashboard_export",
        WATCHERS,
        exempt="as the dashboard; tests/supervision/test_dashboard.py",
    ),
    Row(
        "supervision:dashboard_report",
        WATCHERS,
        marker="督查报告",
        exempt="as the dashboard; tests/supervision/test_dashboard_report.py",
    ),
    Row(
        "supervision:dashboard_wall",
        WATCHERS,
        exempt="as the dashboard; tests/supervision/test_dashboard.py",
    ),
    Row("supervision:scorecard_list", SIGNED_IN, marker="得分"),
    Row("supervision:scorecard_mine", SIGNED_IN, marker="得分卡"),
    Row("supervision:scorecard_detail", SEEN, objects=scorecards, marker="被看的支部"),
    Row(
        "supervision:period_close",
        RULERS,
        methods="GET POST",
        marker="结算",
        exempt="names the oldest open period of one's own campaign; tests/supervision/test_close_period.py",
    ),
    Row(
        "supervision:period_reopen",
        methods="GET POST",
        objects=lambda world: {"parent": {"pk": world.closed_period.pk}},
        allowed={"parent": RULERS},
        forbidden={"parent": SIGNED_IN - FAR - RULERS},
        marker="重新打开以后",
        data=lambda world: {"reason": "漏录一份点评"},
    ),
    Row("supervision:inspection_list", SIGNED_IN, marker="督查"),
    Row(
        "supervision:inspection_add",
        INSPECTING,
        methods="GET POST",
        marker="记督查",
        data=found,
        exempt="people of another tree have another campaign; tests/supervision/test_inspection_add.py",
    ),
    Row(
        "supervision:inspection_detail",
        {"parent": ABOVE, **SEEN},
        objects=inspections,
        marker="公示栏齐全",
    ),
    Row(
        "supervision:inspection_plan",
        INSPECTING,
        marker="督查安排",
        exempt="people of another tree have another campaign; tests/supervision/test_checking.py",
    ),
    Row(
        "supervision:inspection_demand",
        methods="POST",
        objects=inspections,
        allowed={},
        exempt="the world's plan keeps no ledger; tests/supervision/test_checking.py",
    ),
    Row(
        "supervision:checking_add",
        INSPECTING,
        methods="GET POST",
        marker="现场检查",
        data=lambda world: {"method": "visit", "target": f"window:{world.window.pk}"},
        exempt="people of another tree have another campaign; tests/supervision/test_checking.py",
    ),
    Row(
        "supervision:checking_edit",
        methods="GET POST",
        objects=checkings,
        allowed={"own": INSPECTOR},
        marker="写下情况",
        data=lambda world: {"found": "秩序良好"},
    ),
    Row(
        "supervision:checking_point",
        methods="POST",
        objects=tapped,
        allowed={},
        exempt="the world's plan has no check list, so no point is known; tests/supervision/test_checking.py",
    ),
    Row("supervision:checking_drop", methods="POST", objects=checkings, allowed={"own": INSPECTOR}),
    Row(
        "supervision:draw_add",
        INSPECTING,
        methods="GET POST",
        data=lambda world: {"count": 1},
        exempt="people of another tree have another campaign; tests/supervision/test_inspection_add.py",
    ),
    Row(
        "supervision:draw_detail",
        {"parent": SIGNED_IN - FAR, "foreign": FAR},
        objects=draws,
        marker="一号窗口",
    ),
]
