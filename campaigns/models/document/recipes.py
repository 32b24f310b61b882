"""How figures come about: one recipe per kind of subject, written in the format of scoring."""

from typing import Literal

from pydantic import JsonValue

from campaigns.models.document.parts import Name, Part, Row, Text

# What closing a period can hand to a recipe besides the scheme's rater classes (by their keys):
# source -> (what it is, shape of its data).
SOURCES: dict[str, tuple[str, str]] = {
    "pledges": ("承诺兑现", "{kept, total}"),
    "duties": ("任务完成", "{done, total}"),
    "inspections": ("督查合格", "{done, total}"),
    "rectification": ("按期整改", "{done, total}"),
    "service_items": ("服务事项公开", "{done, total}"),
    "contests": ("竞赛名次", "[{place}]"),
    "activities": ("活动次数", "次数"),
    "streaks": ("连续无差错达标", "次数"),
    "awards": ("获得称号", "次数"),
    "targets": ("创建目标达到", "{done, total}"),
    "plus_points": ("登记的加分（已签认）", "分数之和"),
    "minus_points": ("登记的扣分（已签认）", "分数之和"),
    "discipline": ("纪律处分（已签认）", "次数"),
    "indicators": ("指标", "{value, target, previous}"),
}


class RecipePart(Part):
    """The recipe of one kind of subject; `formula` is what docs/scoring.md describes.

    The scheme's scales and questionnaires are known to the formula by their keys.
    """

    subject: Literal["person", "window", "branch", "unit"]
    name: Name
    rank_within: Literal["campaign", "unit_type", "organisation"] = "campaign"
    formula: dict[str, JsonValue]
    note: Text | None = None
    rows: tuple[Row, ...] = ()
