"""How figures come about: one recipe per kind of subject, written in the format of scoring."""

from typing import Any, Literal

from pydantic import JsonValue, field_validator

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

    @field_validator("formula", mode="before")
    @classmethod
    def _keep_order(cls, value: Any) -> Any:
        return in_order(value)


def in_order(value: Any, key: str = "") -> Any:
    """The formula with its short forms written out as lists.

    `bands: {优秀: 90, 合格: 60}` and a scale written as a mapping say something by their order, which PostgreSQL's
    jsonb does not keep.
    """
    if isinstance(value, list):
        return [in_order(one) for one in value]
    if not isinstance(value, dict):
        return value
    if key == "bands" and value and "list" not in value:
        return [
            {"label": k, "range" if isinstance(v, str) else "from": v} for k, v in value.items()
        ]
    if key == "scale":
        return _levels(value)
    if key == "scales":
        return {k: _levels(v) for k, v in value.items()}
    return {k: in_order(v, k) for k, v in value.items()}


def _levels(scale: Any) -> Any:
    if not isinstance(scale, dict) or any(isinstance(key, bool) for key in scale):
        return scale  # a key that YAML read as yes or no is told by scoring
    return [{"key": k, "value": v} for k, v in scale.items()]
