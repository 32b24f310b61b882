"""Policy rows of pledges and the public boards; see tests/policy.py."""

from tests.factories import CampaignFactory, PeriodFactory, PledgeFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    EVERYBODY,
    FAR,
    FAR_SECRETARY,
    PUBLIC,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
)

OWNERS = {  # position -> (branch, whose pledge)
    "own": ("north", "member2"),
    "sibling": ("south", "neighbour2"),
    "foreign": ("far", "stranger"),
}


def pledges(world, **state):
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    found = {}
    for position, (branch, owner) in OWNERS.items():
        person = getattr(world, owner)
        pledge = PledgeFactory(
            period=foreign if position == "foreign" else world.period,
            organisation=getattr(world, branch),
            owner_person=person,
            written_by=person,
            text="窗口办事不让群众跑第二趟",
            **state,
        )
        found[position] = {"pk": pledge.pk}
    return found


def drafts(world):
    return pledges(world)


def submitted(world):
    return pledges(world, status="submitted")


def published(world):
    return pledges(world, published=True)


def wording(world):
    return {
        "theme": "",
        "text": "材料齐全当场办结",
        "baseline": "平均 2 天",
        "target": "当场",
        "due_on": world.period.ends_on.isoformat(),
        "evidence_plan": "办件统计",
        "save": "1",
    }


def new_pledge(world):
    return {"owner": f"person:{world.member.pk}", **wording(world)}


def old_pledge(world, position):
    return {"owner": f"person:{getattr(world, OWNERS[position][1]).pk}", **wording(world)}


# Of a draft: its owner, his secretary; others above see it and are refused.
WRITERS = {
    "own": audience("colleague") | SECRETARY,
    "sibling": SECRETARY2,
    "foreign": audience("stranger") | FAR_SECRETARY,
}
JUDGES = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}
SEE_DRAFT = {
    "own": audience("colleague") | SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "foreign": FAR,
}
SEE_PUBLISHED = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}


def but(seen, allowed):
    """Who sees the object and is refused the deed."""
    return {position: seen[position] - allowed.get(position, frozenset()) for position in seen}


ROWS = [
    Row("pledges:pledge_list", SIGNED_IN, marker="承诺"),
    Row(
        "pledges:pledge_add",
        audience("member"),
        methods="GET POST",
        marker="写承诺",
        data=new_pledge,
        exempt="each person may write for himself only; tests/pledges/test_pledge_add.py",
    ),
    Row(
        "pledges:pledge_review_list",
        SECRETARY | SECRETARY2 | RULERS,
        marker="审核承诺",
        exempt="stranger's campaign differs; tests/pledges/test_pledge_review.py",
    ),
    Row(
        "pledges:pledge_detail", SEE_PUBLISHED, objects=published, marker="窗口办事不让群众跑第二趟"
    ),
    Row(
        "pledges:pledge_edit",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="GET POST",
        objects=drafts,
        marker="改承诺",
        data=old_pledge,
    ),
    Row(
        "pledges:pledge_submit",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="POST",
        objects=drafts,
        data=lambda world: {},
    ),
    Row(
        "pledges:pledge_withdraw",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="POST",
        objects=drafts,
        data=lambda world: {},
    ),
    Row(
        "pledges:pledge_review",
        JUDGES,
        forbidden=but(SEE_DRAFT, JUDGES),
        methods="GET POST",
        objects=submitted,
        marker="审核结果",
        data=lambda world: {"verdict": "publish", "note": ""},
    ),
    Row(
        "pledges:pledge_revise",
        WRITERS,
        forbidden=but(SEE_PUBLISHED, WRITERS),
        methods="GET POST",
        objects=published,
        marker="修改已公示的承诺",
        data=lambda world: {**wording(world), "reason": "时限调整"},
    ),
    Row(
        "pledges:pledge_progress",
        WRITERS,
        forbidden=but(SEE_PUBLISHED, WRITERS),
        methods="GET POST",
        objects=published,
        marker="记进展",
        data=lambda world: {"note": "已完成一半"},
    ),
    Row(
        "pledges:pledge_evidence",
        {"own": frozenset()},
        objects=lambda world: {
            position: {**found, "number": 999999}
            for position, found in published(world).items()
            if position == "own"
        },
        exempt="a file lies behind it; tests/pledges/test_evidence.py",
    ),
    Row(
        "pledges:pledge_conclude",
        JUDGES,
        forbidden=but(SEE_PUBLISHED, JUDGES),
        methods="GET POST",
        objects=published,
        marker="认定兑现",
        data=lambda world: {"verdict": "kept", "explanation": "如期完成"},
    ),
    Row("pledges:window_board_list", PUBLIC, marker="婚姻登记窗口"),
    Row(
        "pledges:window_board",
        {"own": EVERYBODY, "sibling": EVERYBODY, "foreign": EVERYBODY},
        objects=lambda world: {
            "own": {"code": world.window.code},
            "sibling": {"code": world.window2.code},
            "foreign": {"code": world.far_window.code},
        },
        marker="评价这个窗口",
    ),
    Row(
        "pledges:window_qr",
        {"own": EVERYBODY, "sibling": EVERYBODY, "foreign": EVERYBODY},
        objects=lambda world: {
            "own": {"code": world.window.code},
            "sibling": {"code": world.window2.code},
            "foreign": {"code": world.far_window.code},
        },
        content_type="image/svg+xml",
    ),
    Row(
        "pledges:organisation_board",
        {"own": EVERYBODY, "sibling": EVERYBODY, "parent": EVERYBODY, "foreign": EVERYBODY},
        objects=lambda world: {
            "own": {"code": world.north.code},
            "sibling": {"code": world.south.code},
            "parent": {"code": world.root.code},
            "foreign": {"code": world.far.code},
        },
        marker="公开承诺",
    ),
    Row(
        "pledges:pledge_public",
        {"own": EVERYBODY, "sibling": EVERYBODY, "foreign": EVERYBODY},
        objects=published,
        marker="窗口办事不让群众跑第二趟",
    ),
]
