from tests.policies.branches import (
    ACCOUNT_KEEPERS,
    BY_RULERS,
    KEEPERS,
    NOT_RULERS,
    READERS,
    TODAY,
    only,
)
from tests.policies.imports import IMPORTERS
from tests.policy import ABOVE, Row, organisations, people


def probationary(world):
    """Everybody a row points at may become a full member."""
    type(world.member2).objects.update(political_status="probationary")


MOVED = {
    "objects": organisations,
    "allowed": only(BY_RULERS, "own", "sibling"),
    "forbidden": NOT_RULERS | {"parent": ABOVE},
    "methods": "GET POST",
}

ROWS = [
    Row(
        "branches:account_slips",
        allowed=ACCOUNT_KEEPERS,
        methods="GET POST",
        marker="批量签发激活单",
        data=lambda world: {},
        post_status=200,
        note="without an organisation it stays on the page; tests/branches/test_lifecycle.py",
    ),
    Row(
        "branches:organisation_merge",
        marker="并入别的组织",
        data=lambda world, position: {
            "into": (world.north if position == "sibling" else world.south).pk,
            "on": TODAY,
        },
        **MOVED,
    ),
    Row(
        "branches:organisation_split",
        marker="拆分组织",
        data=lambda world, position: {
            "name": "分出的支部",
            "code": "SPLIT",
            "on": TODAY,
            "people": [
                (world.neighbour2 if position == "sibling" else world.member2).pk,
            ],
        },
        **MOVED,
    ),
    Row("branches:promotion_list", allowed=IMPORTERS, marker="预备党员"),
    Row(
        "branches:person_promote",
        objects=people,
        setup=probationary,
        allowed=KEEPERS,
        forbidden=READERS,
        methods="GET POST",
        marker="预备党员转正",
        data=lambda world: {"on": TODAY},
    ),
]
