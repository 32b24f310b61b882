from branches.actions import ask_correction
from tests.factories.branches import moment
from tests.policies.imports import IMPORTERS
from tests.policy import (
    FAR_SECRETARY,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)


def corrections(world):
    def asked(person):
        return ask_correction(
            person, about="education", wanted="本科", today=moment().date(), at=moment()
        )

    return {
        "own": {"pk": asked(world.member).pk},
        "sibling": {"pk": asked(world.neighbour1).pk},
        "foreign": {"pk": asked(world.stranger).pk},
    }


ROWS = [
    Row("branches:me_data", allowed=SIGNED_IN, marker="我的信息"),
    Row(
        "branches:me_export",
        allowed=SIGNED_IN,
        methods="POST",
        data=lambda world: {"format": "json"},
        post_status=200,
        note="a line in the audit",
    ),
    Row(
        "branches:correction_add",
        allowed=SIGNED_IN,
        methods="GET POST",
        marker="申请更正",
        data=lambda world: {"about": "education", "wanted": "本科"},
    ),
    Row("branches:correction_list", allowed=IMPORTERS, marker="更正申请"),
    Row(
        "branches:correction_answer",
        objects=corrections,
        allowed={
            "own": SECRETARY | RULERS,
            "sibling": SECRETARY2 | RULERS,
            "foreign": FAR_SECRETARY,
        },
        forbidden={
            "own": audience("member"),
            "sibling": audience("neighbour"),
            "foreign": audience("stranger"),
        },
        methods="GET POST",
        marker="答复更正申请",
        data=lambda world: {"is_corrected": "1", "answer": "已改"},
    ),
]
