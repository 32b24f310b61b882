"""Policy rows of 分类定级 and of the groups that lead a campaign; see tests/policy.py."""

from tests.policy import SIGNED_IN, Row

ONLY = "the world's plan has no classes; tests/supervision/test_standings.py"

ROWS = [
    Row("supervision:standing_list", SIGNED_IN, marker="分类定级"),
    Row("supervision:standing_honours", SIGNED_IN, marker="光荣榜"),
    *(
        Row(f"supervision:{name}", methods="POST", allowed={}, exempt=ONLY)
        for name in ("standing_propose", "standing_accept", "standing_answer")
    ),
    *(
        Row(f"supervision:{name}", methods="GET POST", allowed={}, exempt=ONLY)
        for name in ("standing_detail", "standing_decide", "guide_visit_add")
    ),
]
