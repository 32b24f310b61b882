"""Whole ballot sheets: the invalid ones put aside with their reasons, the rest sorted by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.ballot_rules import ballot_check
from scoring.errors import InputError
from scoring.nodes.majority import Majority
from scoring.reading import as_key
from scoring.recipe import Recipe

Sheet = Mapping[str, Any]


def sort_ballots(
    recipe: Recipe, sheets: Sequence[Sheet], *, roll: Sequence[str] | None = None
) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """({ratee: marks of the valid ballots}, [{ballot, reasons}] of the refused ones)."""
    marks: dict[str, list[Any]] = {as_key(ratee): [] for ratee in roll or ()}
    refused = []
    for number, sheet in enumerate(sheets, start=1):
        if not isinstance(sheet, Mapping):
            raise InputError(f"ballots[{number - 1}]", "每张选票应为“被评人: 分数”的映射")
        reasons = ballot_check(sheet, recipe.ballot_rules, roll=roll)
        if reasons:
            refused.append({"ballot": number, "reasons": reasons})
            continue
        for ratee, mark in sheet.items():
            marks.setdefault(as_key(ratee), []).append(mark)
    return marks, refused


def grade_ballots(recipe: Recipe, key: str, ballots: Sequence[Any]) -> dict[str, int]:
    """Each ballot graded by the `majority` node `key`, counted per level: what a round may keep."""
    node = recipe.index.get(key)
    if not isinstance(node, Majority):
        raise InputError(key, "不是 majority 节点")
    counts = dict.fromkeys(node.scale.place, 0)
    for number, ballot in enumerate(ballots):
        counts[node.grade(ballot, f"ballots[{number}]")] += 1
    return counts
