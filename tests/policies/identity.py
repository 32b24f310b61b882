"""Policy rows of cards, zones, prints and the halls' screens; see tests/policy.py."""

from tests.factories import PrintBatchFactory, ZoneFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    EVERYBODY,
    FAR,
    FAR_SECRETARY,
    IN_SCOPE,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    organisations,
)

PUBLIC_PLACES = {
    "own": EVERYBODY,
    "sibling": EVERYBODY,
    "parent": EVERYBODY,
    "foreign": EVERYBODY,
}
KEEP = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "parent": RULERS,
    "foreign": FAR_SECRETARY,
}
BRANCHES = {"own": "north", "sibling": "south", "foreign": "far"}
KEEP_BRANCH = {position: KEEP[position] for position in BRANCHES}
SEE_BRANCH = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR}


def but(seen, allowed):
    return {position: seen[position] - allowed[position] for position in seen}


def zones(world):
    return {
        position: {"pk": ZoneFactory(organisation=getattr(world, branch), name="大厅责任区").pk}
        for position, branch in BRANCHES.items()
    }


def batches(world):
    return {
        position: {"pk": PrintBatchFactory(organisation=getattr(world, branch)).pk}
        for position, branch in BRANCHES.items()
    }


def zone_words(world, position):
    holder = {"own": "member2", "sibling": "neighbour2", "foreign": "stranger"}.get(position)
    return {
        "kind": "责任区",
        "name": "新责任区",
        "place": "一楼",
        "responsibility": "保持整洁",
        "holders": [getattr(world, holder).pk] if holder else [],
    }


def public_codes(world):
    return {
        "own": {"code": world.north.code},
        "sibling": {"code": world.south.code},
        "parent": {"code": world.root.code},
        "foreign": {"code": world.far.code},
    }


def windows(world):
    return {
        "own": {"pk": world.window.pk},
        "sibling": {"pk": world.window2.pk},
        "foreign": {"pk": world.far_window.pk},
    }


def window_codes(world):
    return {
        "own": {"code": world.window.code},
        "sibling": {"code": world.window2.code},
        "foreign": {"code": world.far_window.code},
    }


ROWS = [
    Row(
        "pledges:card",
        SIGNED_IN,
        methods="GET POST",
        marker="我的身份牌",
        data=lambda world: {"motto": "为民", "shows_party": "on"},
    ),
    Row("pledges:zone_list", SIGNED_IN, marker="责任区和先锋岗"),
    Row(
        "pledges:zone_add",
        KEEP,
        forbidden={position: IN_SCOPE[position] - KEEP[position] for position in KEEP},
        methods="GET POST",
        objects=organisations,
        marker="设立责任区",
        exempt="holders differ by branch; tests/pledges/test_zones.py",
        data=zone_words,
    ),
    Row(
        "pledges:zone_edit",
        KEEP_BRANCH,
        forbidden=but(SEE_BRANCH, KEEP_BRANCH),
        methods="GET POST",
        objects=zones,
        marker="大厅责任区",
        data=zone_words,
    ),
    Row(
        "pledges:zone_end",
        KEEP_BRANCH,
        forbidden=but(SEE_BRANCH, KEEP_BRANCH),
        methods="POST",
        objects=zones,
        data=lambda world: {},
    ),
    Row(
        "pledges:window_parts",
        KEEP_BRANCH,
        forbidden=but(SEE_BRANCH, KEEP_BRANCH),
        objects=windows,
        marker="公示文字",
    ),
    Row(
        "pledges:print_list",
        SECRETARY | SECRETARY2 | RULERS | FAR_SECRETARY,
        methods="GET POST",
        marker="牌证印制",
        exempt="what may be printed differs; tests/pledges/test_prints.py",
        data=lambda world: {},
    ),
    Row("pledges:print_batch", KEEP_BRANCH, objects=batches, marker="工作牌"),
    Row(
        "pledges:print_file",
        {"own": frozenset(), "sibling": frozenset(), "foreign": frozenset()},
        objects=batches,
        exempt="a batch without a file is a 404; tests/pledges/test_prints.py",
    ),
    Row("pledges:member_board", PUBLIC_PLACES, objects=public_codes, marker="党员公示栏"),
    Row(
        "pledges:window_wall",
        dict.fromkeys(BRANCHES, EVERYBODY),
        objects=window_codes,
        marker="接受群众监督",
    ),
    Row("pledges:organisation_wall", PUBLIC_PLACES, objects=public_codes, marker="接受群众监督"),
    Row(
        "pledges:campaign_wall",
        {"own": EVERYBODY},
        objects=lambda world: {"own": {"slug": world.campaign.slug}},
        marker="接受群众监督",
    ),
]
