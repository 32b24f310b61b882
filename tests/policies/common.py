from tests.factories import JobFactory, NoticeFactory
from tests.policy import MEMBER, SIGNED_IN, Row, audience


def notices(world):
    return {
        "own": {"pk": NoticeFactory(recipient=world.member).pk},
        "sibling": {"pk": NoticeFactory(recipient=world.neighbour1).pk},
    }


def jobs(world):
    return {
        "own": {"pk": JobFactory(requested_by=world.member).pk},
        "sibling": {"pk": JobFactory(requested_by=world.neighbour1).pk},
    }


# One's own and nobody else's, not even for those who see the tree.
MINE = {"own": MEMBER, "sibling": audience("neighbour")}

ROWS = [
    Row("common:notice_list", allowed=SIGNED_IN, marker="消息"),
    Row("common:notice_read_all", allowed=SIGNED_IN, methods="POST", data=lambda world: {}),
    Row(
        "common:notice_open",
        objects=notices,
        allowed=MINE,
        methods="POST",
        data=lambda world: {},
    ),
    Row("common:job_detail", objects=jobs, allowed=MINE, marker="结算三季度"),
]
