"""Policy rows of the 整改台账; see tests/policy.py. Deeds in other states: tests/supervision/test_ledger.py."""

from django.utils import timezone

from common.dates import today
from supervision.models import RecheckDraw, Rectification
from tests.factories import CampaignFactory, PeriodFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    INSPECTOR,
    PUBLIC,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
)

PLACES = {
    "own": ("north", "member2"),
    "sibling": ("south", "neighbour2"),
    "foreign": ("far", "stranger"),
}


def items(state, **fields):
    def make(world):
        foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
        found = {}
        for position, (branch, owner) in PLACES.items():
            period = foreign if position == "foreign" else world.period
            person = getattr(world, owner)
            signer = {"signed_off_by": world.inspector, "signed_off_at": timezone.now()}
            item = Rectification.objects.create(
                campaign=period.campaign,
                period=period,
                organisation=getattr(world, branch),
                source="self_found",
                problem="大厅指示牌不清楚",
                measure="更换",
                owner=person,
                due_on=period.ends_on,
                first_due_on=period.ends_on,
                state=state,
                found_by=person,
                found_at=timezone.now(),
                reported_by=person,
                **(signer if state == "signed_off" else {}),
                **fields,
            )
            found[position] = {"pk": item.pk}
        return found

    return make


SEEN = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}
PLANNING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
REPORTING = {
    "own": audience("colleague") | SECRETARY,
    "sibling": SECRETARY2,
    "foreign": FAR,
}
SIGNING = {
    "own": SECRETARY | RULERS | INSPECTOR,
    "sibling": SECRETARY2 | RULERS | INSPECTOR,
    "foreign": FAR_SECRETARY,
}
RECHECKING = {"own": RULERS | INSPECTOR, "sibling": RULERS | INSPECTOR, "foreign": frozenset()}


def but(allowed):
    return {position: SEEN[position] - allowed[position] for position in SEEN}


CONCLUDING = {"own": RULERS, "sibling": RULERS, "foreign": frozenset()}


def recheck_draws(world):
    """A sample belongs to the campaign: everybody whom it concerns may repeat it."""
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    return {
        position: {
            "pk": RecheckDraw.objects.create(
                campaign=period.campaign,
                period=period,
                signed_off_until=today(),
                seed="00",
                pool=[],
                count=0,
                drawn_at=timezone.now(),
                drawn_by=person,
            ).pk
        }
        for position, period, person in [
            ("parent", world.period, world.inspector),
            ("foreign", foreign, world.far_secretary),
        ]
    }


def plan_data(world, position):
    return {
        "measure": "更换指示牌",
        "owner": getattr(world, PLACES[position][1]).pk,
        "category": "",
        "due_on": world.period.ends_on.isoformat(),
        "reason": "",
    }


ROWS = [
    Row("supervision:ledger_list", SIGNED_IN, marker="整改台账"),
    Row(
        "supervision:ledger_export",
        SIGNED_IN,
        exempt="without a campaign there is nothing to export; tests/supervision/test_ledger.py",
    ),
    Row(
        "supervision:ledger_add",
        SECRETARY,
        methods="GET POST",
        exempt="only where the plan asks for a ledger; tests/supervision/test_ledger.py",
    ),
    Row("supervision:ledger_detail", SEEN, objects=items("mending"), marker="大厅指示牌不清楚"),
    Row(
        "supervision:ledger_plan",
        PLANNING,
        forbidden=but(PLANNING),
        methods="GET POST",
        objects=items("found"),
        marker="定整改措施",
        data=plan_data,
    ),
    Row(
        "supervision:ledger_report",
        REPORTING,
        forbidden=but(REPORTING),
        methods="GET POST",
        objects=items("mending"),
        marker="报告整改",
        data=lambda world: {"evidence": "已更换"},
    ),
    Row(
        "supervision:ledger_sign_off",
        SIGNING,
        forbidden=but(SIGNING),
        methods="GET POST",
        objects=items("reported"),
        marker="核查销号",
        data=lambda world: {"verdict": "passed", "note": ""},
    ),
    Row(
        "supervision:ledger_answer",
        PLANNING,
        forbidden=but(PLANNING),
        methods="GET POST",
        objects=items("signed_off"),
        marker="公开答复",
        data=lambda world: {"answer": "指示牌已更换"},
    ),
    Row(
        "supervision:ledger_recheck",
        RECHECKING,
        forbidden=but(RECHECKING),
        methods="GET POST",
        objects=items("signed_off"),
        marker="回头看",
        data=lambda world: {"note": "保持得好"},
    ),
    Row(
        "supervision:ledger_call_back",
        SIGNING,
        forbidden=but(SIGNING),
        methods="GET POST",
        objects=items("signed_off"),
        marker="记回访",
        data=lambda world: {
            "whom": "张女士",
            "how": "电话",
            "on": today().isoformat(),
            "said": "改好了",
            "satisfied": "yes",
        },
    ),
    Row(
        "supervision:ledger_outcome",
        CONCLUDING,
        forbidden=but(CONCLUDING),
        methods="GET POST",
        objects=items("mending", escalated_at=timezone.now()),
        marker="记处理结果",
        data=lambda world: {"outcome": "约谈"},
    ),
    Row(
        "supervision:ledger_verdict",
        PUBLIC,
        methods="POST",
        exempt="answers to a receipt code only; tests/supervision/test_ledger_aftercare.py",
    ),
    Row("supervision:recheck_list", SIGNED_IN, marker="回头看"),
    Row(
        "supervision:recheck_draw",
        RULERS | INSPECTOR,
        methods="GET POST",
        exempt="only where the plan asks for it; tests/supervision/test_ledger_aftercare.py",
    ),
    Row(
        "supervision:recheck_detail",
        {"parent": SIGNED_IN - FAR, "foreign": FAR},
        objects=recheck_draws,
        marker="怎样重抽核对",
    ),
]
