"""Policy rows of points by hand and sanctions; see tests/policy.py."""

from supervision.models import PointEntry
from tests.factories import PersonFactory
from tests.factories.supervision import PointEntryFactory
from tests.policy import INSPECTOR, RULERS, Row


def entries(world):
    other = PersonFactory(organisation=world.root)
    entry = PointEntryFactory(
        period=world.period, organisation=world.north, person=world.member, entered_by=other
    )
    return {"own": {"pk": entry.pk}}


def entry(world):
    return {
        "kind": PointEntry.Kind.PLUS, "about": "person", "who": "member2", "name": "市级先进",
        "points": "2", "happened_on": world.period.starts_on.isoformat(), "reason": "表彰",
        "evidence": "文件1号",
    }  # fmt: skip


ROWS = [
    Row("supervision:point_list", allowed=RULERS | INSPECTOR, marker="加减分和处分"),
    Row(
        "supervision:point_add",
        methods="GET POST",
        allowed=RULERS,
        marker="登记加减分和处分",
        data=entry,
    ),
    Row(
        "supervision:point_decide",
        methods="GET POST",
        objects=entries,
        allowed={"own": RULERS},
        forbidden={"own": INSPECTOR},
        marker="签认",
        data=lambda world: {"accept": "yes"},
    ),
]
