"""Policy rows of what units show: cards, plaques, stories, brands, texts; see tests/policy.py."""

from tests.factories import ServiceItemFactory
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
)

PLACES = {"own": "north", "sibling": "south", "foreign": "far"}
MATTER = "老年人优待证办理"
WRITERS = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR_SECRETARY,
}
SEE_DRAFT = {"own": SECRETARY | ABOVE, "sibling": SECRETARY2 | ABOVE, "foreign": FAR_SECRETARY}
TREE = BRANCH | SIBLING | ABOVE
SEE_LIVE = {"own": TREE, "sibling": TREE, "foreign": FAR}
ALL = dict.fromkeys(PLACES, EVERYBODY)


def items(world, **state):
    return {
        position: ServiceItemFactory(
            organisation=getattr(world, place), matter=MATTER, code=f"CARD{place.upper()}", **state
        )
        for position, place in PLACES.items()
    }


def pages(world, **state):
    return {
        position: {"kind": "item", "pk": item.pk}
        for position, item in items(world, **state).items()
    }


def drafts(world):
    return pages(world)


def proposed(world):
    found = {}
    for position, item in items(world).items():
        type(item).objects.filter(pk=item.pk).update(
            state="proposed", proposed_by=item.written_by, proposed_at=item.written_at
        )
        found[position] = {"kind": "item", "pk": item.pk}
    return found


def live(world):
    return pages(world, live=True)


def addresses(world):
    return {position: {"code": item.code} for position, item in items(world, live=True).items()}


def named(world):
    return {position: {"kind": "item", **code} for position, code in addresses(world).items()}


def organisations(world):
    return {position: {"code": getattr(world, place).code} for position, place in PLACES.items()}


def but(seen, allowed):
    return {position: seen[position] - allowed[position] for position in seen}


def wording(world, position):
    return {
        "organisation": getattr(world, PLACES[position]).pk,
        "visibility": "public",
        "matter": MATTER,
        "charges": "free",
        "save": "1",
    }


OFFERS = SECRETARY | SECRETARY2 | RULERS | FAR_SECRETARY
ROWS = [
    Row(
        "pledges:shown_list",
        {"own": SIGNED_IN},
        objects=lambda world: {"own": {"kind": "item"}},
        marker="服务事项",
    ),
    Row(
        "pledges:shown_desk",
        SECRETARY | SECRETARY2 | RULERS | FAR_SECRETARY,
        marker="公示审核",
    ),
    Row(
        "pledges:shown_add",
        methods="GET POST",
        objects=lambda world: {"own": {"kind": "item"}},
        exempt="each writes for his own organisations only; tests/pledges/test_shown.py",
    ),
    Row("pledges:shown_detail", SEE_LIVE, objects=live, marker=MATTER),
    Row(
        "pledges:shown_edit",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="GET POST",
        objects=drafts,
        marker="提出公示",
        data=wording,
    ),
    Row(
        "pledges:shown_propose",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="POST",
        objects=drafts,
        data=lambda world: {},
    ),
    Row(
        "pledges:shown_propose_all",
        {"own": OFFERS},
        forbidden=but({"own": SIGNED_IN}, {"own": OFFERS}),
        methods="POST",
        objects=lambda world: {"own": {"kind": "item"}},
        data=lambda world: {},
    ),
    Row(
        "pledges:shown_judge",
        WRITERS,
        forbidden=but(SEE_DRAFT, WRITERS),
        methods="GET POST",
        objects=proposed,
        marker="同意后马上公示",
        data=lambda world: {"verdict": "agree", "note": ""},
    ),
    Row(
        "pledges:shown_take_down",
        WRITERS,
        forbidden=but(SEE_LIVE, WRITERS),
        methods="GET POST",
        objects=live,
        marker="撤下公示",
        data=lambda world: {"reason": "政策已变"},
    ),
    Row(
        "pledges:shown_revise",
        WRITERS,
        forbidden=but(SEE_LIVE, WRITERS),
        methods="POST",
        objects=live,
        data=lambda world: {},
    ),
    Row("pledges:service_item_find", PUBLIC, marker="要办什么事"),
    Row("pledges:service_item_public", ALL, objects=addresses, marker=MATTER),
    Row("pledges:service_item_print", ALL, objects=addresses, marker="服务项目明白卡"),
    Row("pledges:service_item_notice", ALL, objects=addresses, marker="一次性告知单"),
    Row("pledges:service_item_qr", ALL, objects=addresses, content_type="image/svg+xml"),
    Row("pledges:shown_public", ALL, objects=named, marker=MATTER),
    Row("pledges:honour_roll", ALL, objects=organisations, marker="光荣榜"),
    Row("pledges:honour_poster", ALL, objects=organisations, marker="光荣榜"),
    Row("pledges:standing_check", ALL, objects=organisations, marker="对照检查表"),
    Row("pledges:standing_text_list", ALL, objects=organisations, marker="制度与标准"),
]
