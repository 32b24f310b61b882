"""Two-layer weights, 评议主体 × 指标: written as one table, computed as a sum of sums."""

from __future__ import annotations

from typing import Any

from scoring.nodes.base import MISSING, Node, Parsing
from scoring.nodes.sums import parse_weighted_sum
from scoring.reading import Fields

RATER_KEYS = ("source", "scale", "minimum_n", "label", "unknown_in_denominator", "rounding")


def parse_matrix(fields: Fields, parsing: Parsing) -> Node:
    fields.required("indicators", "指标")
    fields.required("raters", "评议主体")
    scale = fields.raw("scale")
    missing = fields.choice("missing_rater", MISSING, "none")
    raters = [_row(path, item, parsing) for path, item in fields.items("raters")]
    shared = {"kind": "reviews", "scale": scale}
    parts = [
        {"kind": "weighted_sum", "missing": missing}
        | _indicator(Fields(item, path, parsing.problems), raters, shared)
        for path, item in fields.items("indicators")
    ]
    outer = {
        key: value
        for key, value in fields.data.items()
        if key not in ("indicators", "raters", "scale", "missing_rater")
    }
    inner = Fields(outer | {"parts": parts}, fields.path, parsing.problems)
    node = parse_weighted_sum(inner, parsing)
    inner.done()
    fields.known += list(fields.data)
    return node


def _row(path: str, item: object, parsing: Parsing) -> dict[str, Any]:
    fields = Fields(item, path, parsing.problems)
    if fields.data:
        fields.required("source", "数据来源")
    row = {key: fields.raw(key) for key in (*RATER_KEYS, "weight") if fields.has(key)}
    fields.done()
    return row


def _indicator(
    fields: Fields, raters: list[dict[str, Any]], shared: dict[str, Any]
) -> dict[str, Any]:
    if fields.data:
        fields.required("key", "指标的键（与题目的键相同）")
    key = fields.text("key")
    own = fields.inner("raters").data  # {source: weight}: this indicator weighs its raters itself
    for source in own:
        if source not in {str(rater.get("source")) for rater in raters}:
            fields.problem(f"raters.{source}", "raters 中没有这个评议主体")
    scale = {"scale": fields.raw("scale")} if fields.has("scale") else {}
    parts = []
    for rater in raters:
        leaf = shared | scale | {"question": key} | rater
        if own:
            leaf["weight"] = own.get(str(rater.get("source")), 0)
        parts.append(leaf)
    stated = [name for name in ("label", "weight", "rounding") if fields.has(name)]
    made = {"key": key, "parts": parts} | {name: fields.raw(name) for name in stated}
    fields.done()
    return made
