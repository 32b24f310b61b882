"""Policy rows of what is gathered for publication; see tests/policy.py."""

from tests.policy import RULERS, SECRETARY, SECRETARY2, Row

WRITERS = SECRETARY | SECRETARY2 | RULERS
WHY = "what there is to publish differs by period and unit; tests/evaluations/test_bulletin.py"

ROWS = [
    Row(
        "evaluations:bulletin_add",
        WRITERS,
        methods="GET POST",
        marker="公示评议结果",
        exempt=WHY,
        data=lambda world: {},
    ),
    Row(
        "evaluations:comment_bulletin_add",
        WRITERS,
        methods="GET POST",
        marker="公开点评",
        exempt=WHY,
        data=lambda world: {},
    ),
]
