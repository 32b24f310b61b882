"""Recipes as the forms see them: which fields a node of each kind has. What a form does not know
stays in `rest`, as text, so that nothing of docs/scoring.md is out of reach.
"""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel, Field, create_model

from campaigns.forms.workshop.node_fields import (
    BALLOT_RULE,
    BAND,
    BANDS_MORE,
    BY_KIND,
    FIELDS,
    FOOT,
    HEAD,
    NEED,
    OF_KIND,
    QUOTA,
    RANK,
    Figures,
    Loose,
    Node,
    Plain,
    line,
    part,
    rows,
)

IN_FOLD = {
    *FOOT, "key", "unknown_in_denominator", "question_rounding", "missing_question",
    "denominator", "ballot_rounding", "normalise", "field", "mean_rounding",
    "coefficient_rounding", "maximum", "base", "per", "overflow",
}  # fmt: skip
HOLDS_NODES = ("of", "then", "otherwise", "parts")


class Formula(Loose):
    """The recipe around the tree."""


def node_model(raw: Any, data: dict) -> type[BaseModel]:
    """The fields of a node of this kind."""
    kind = raw.get("kind") if isinstance(raw, dict) else None
    raters: tuple = ()
    if kind == "matrix":
        raters = tuple((one["key"], one["name"]) for one in data.get("rater_classes") or [])
    return _node_of(kind if isinstance(kind, str) else None, raters)


@lru_cache(maxsize=len(BY_KIND) + 64)
def _node_of(kind, raters):
    named = {
        name: OF_KIND.get((kind, name)) or FIELDS[name]
        for name in BY_KIND.get(kind, [])
        if name != "indicators"
    }
    if kind == "matrix":
        named["indicators"] = rows(_indicator_of(raters), "指标")
    return create_model(
        f"Node_{kind}",
        __base__=Node,
        **(HEAD | named | {key: one for key, one in FOOT.items() if key not in named}),
    )


def _indicator_of(raters):
    """A row of the matrix, with a weight for each rater class of its own."""
    fields = {
        "label": line("指标"),
        "key": line("题目（代号）"),
        "weight": line("权重"),
        "scale": line("量表"),
    }
    if raters:
        own = {key: line(name) for key, name in raters}
        fields["raters"] = part(
            create_model("IndicatorRaters", __base__=Plain, **own), "各主体在这一指标的权重"
        )
    return create_model("MatrixIndicator", __base__=Loose, **fields)


def keys_of_kind(kind: str) -> set[str]:
    """What a node of this kind may say."""
    return {*HEAD, *FOOT, *BY_KIND.get(kind, [])}


def holds_parts(kind: str) -> bool:
    return "parts" in BY_KIND.get(kind, ())


def holds_one(kind: str) -> bool:
    return "of" in BY_KIND.get(kind, ())


def formula_model(raw: Any, data: dict) -> type[BaseModel]:
    """The recipe's other keys; emphasis has a line for each unit type and keyed part (S08)."""
    score = raw.get("score") if isinstance(raw, dict) else None
    keyed = tuple(
        (one["key"], str(one.get("label") or one["key"]))
        for one in _weighed(score)
        if isinstance(one.get("key"), str)
    )
    types = tuple((unit["key"], unit["name"]) for unit in data.get("unit_types") or [])
    return _formula_of(keyed, types)


def _weighed(node):
    """The parts of the first weighted sum, also below a gate or a bonus."""
    while isinstance(node, dict) and node.get("kind") != "weighted_sum":
        node = node.get("of")
    parts = node.get("parts") if isinstance(node, dict) else None
    return [one for one in (parts if isinstance(parts, list) else []) if isinstance(one, dict)]


@lru_cache(maxsize=64)
def _formula_of(keyed, types):
    fields = {
        "rounding": line("公布时保留几位小数"),
        "score": part(Node, "得分树"),
        "figures": part(Figures, "另算的数", "不加进总分，给条件和同分比较用"),
        "bands": rows(BAND, "等次", "从好到差；上一等次的下限就是这一等次的上限"),
        "bands_more": part(BANDS_MORE, "等次的范围和用分"),
        "quota": rows(QUOTA, "名额"),
        "rank": part(RANK, "名次"),
        "eligible": rows(NEED, "参评条件", "不符合的有得分，没有等次和名次"),
        "ballot_rules": rows(BALLOT_RULE, "选票规则", "违反就整票退回"),
    }
    if keyed and types:
        weights = create_model(
            "EmphasisOf", __base__=Plain, **{key: line(label) for key, label in keyed}
        )
        of_types = {key: (weights | None, Field(None, title=name)) for key, name in types}
        emphasis = create_model("Emphasis", __base__=Plain, **of_types)
        fields["emphasis"] = (emphasis | None, Field(None, title="按单位类型改权重"))
    return create_model("FormulaOf", __base__=Formula, **fields)
