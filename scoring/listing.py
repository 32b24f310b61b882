"""Inputs of one subject or of many: scored, ranked, graded within quotas, as one JSON-able object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.engine import EXEMPT, score
from scoring.errors import InputError
from scoring.groups import with_groups
from scoring.quotas import apply_quota
from scoring.ranking import rank
from scoring.reading import as_key
from scoring.recipe import Recipe
from scoring.results import Result
from scoring.scales import whole
from scoring.sheets import sort_ballots

SUBJECT_KEYS = {"id", "name", "unit_type", "group", "inputs"}
TOP_KEYS = {"subjects", "sheets", "base", "shared"}


def score_subjects(recipe: Recipe, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """One subject's {source: data}, or {"subjects": …}, or {"sheets": {source, ballots}}."""
    if "subjects" not in inputs and "sheets" not in inputs:
        return _single(recipe, inputs)
    for key in inputs:
        if key not in TOP_KEYS:
            raise InputError(
                key, f"与 subjects 并列时不认识的键；可用：{'、'.join(sorted(TOP_KEYS))}"
            )
    rows, refused = _rows(recipe, inputs)
    shared = inputs.get("shared", {})
    if not isinstance(shared, Mapping):
        raise InputError("shared", "应为“来源: 数据”的映射")
    data = {row["id"]: {**shared, **row["inputs"]} for row in rows}
    data = with_groups(recipe, data)
    results = {row["id"]: _scored(recipe, row, data[row["id"]]) for row in rows}
    told = _listed(recipe, rows, results, _base(inputs.get("base")))
    return told | ({"refused_ballots": refused} if inputs.get("sheets") else {})


def _base(data: Any) -> dict[str, int] | int | None:
    """Head counts for quotas: one for all, or one per group."""
    if isinstance(data, Mapping):
        return {as_key(group): whole(heads, f"base.{group}") for group, heads in data.items()}
    return None if data is None else whole(data, "base")


def _single(recipe: Recipe, inputs: Mapping[str, Any]) -> dict[str, Any]:
    unit_type = inputs.get("unit_type") if "unit_type" not in recipe.sources else None
    result = score(recipe, inputs, unit_type=unit_type)
    known = {*recipe.sources, EXEMPT, "unit_type"}
    unused = sorted(str(key) for key in inputs if key not in known)
    return result.data() | ({"unused": unused} if unused else {})


def _rows(
    recipe: Recipe, inputs: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = _subjects(inputs.get("subjects", []))
    sheets = inputs.get("sheets")
    if sheets is None:
        return rows, []
    if not isinstance(sheets, Mapping) or not {"source", "ballots"} <= set(sheets):
        raise InputError("sheets", "应写 source（来源）与 ballots（选票的列表）")
    if not isinstance(sheets["source"], str) or not isinstance(sheets["ballots"], list):
        raise InputError("sheets", "source 应为来源的名称，ballots 应为选票的列表")
    roll = [row["id"] for row in rows] or None
    marks, refused = sort_ballots(recipe, sheets["ballots"], roll=roll)
    by_id = {row["id"]: row for row in rows}
    for ratee in sorted(marks):
        row = by_id.setdefault(ratee, {"id": ratee, "inputs": {}})
        row["inputs"] = {**row["inputs"], sheets["source"]: marks[ratee]}
    return list(by_id.values()), refused


def _subjects(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, Mapping):
        data = [{"id": key, "inputs": value} for key, value in data.items()]
    if not isinstance(data, list):
        raise InputError("subjects", "应为列表，或“编号: 输入”的映射")
    rows = [_subject(item, f"subjects[{index}]") for index, item in enumerate(data)]
    ids = [row["id"] for row in rows]
    if len(set(ids)) < len(ids):
        raise InputError("subjects", "id 有重复")
    return rows


def _subject(item: Any, path: str) -> dict[str, Any]:
    if not isinstance(item, Mapping) or "id" not in item:
        raise InputError(path, "每个对象要有 id 和 inputs")
    for key in item:
        if key not in SUBJECT_KEYS:
            raise InputError(
                f"{path}.{key}", f"不认识的键；可用：{'、'.join(sorted(SUBJECT_KEYS))}"
            )
    if not isinstance(item.get("inputs", {}), Mapping):
        raise InputError(f"{path}.inputs", "应为“来源: 数据”的映射")
    return {**item, "id": as_key(item["id"]), "inputs": dict(item.get("inputs", {}))}


def _scored(recipe: Recipe, row: Mapping[str, Any], inputs: Mapping[str, Any]) -> Result:
    try:
        return score(recipe, inputs, unit_type=row.get("unit_type"))
    except InputError as error:
        problems = [(f"{row['id']}.{path}", message) for path, message in error.problems]
        raise InputError(problems[0][0], problems[0][1], problems) from None


def _group(recipe: Recipe, row: Mapping[str, Any]) -> str:
    return as_key(
        row.get("group") or (row.get(recipe.rank.groups) if recipe.rank.groups else None) or ""
    )


def _listed(
    recipe: Recipe, rows: list[dict[str, Any]], results: Mapping[str, Result], base: Any
) -> dict[str, Any]:
    groups = {row["id"]: _group(recipe, row) for row in rows}
    places = rank(results, recipe, groups=groups)
    finals = apply_quota(results, recipe, groups=groups, base=base)
    told = []
    for row in rows:
        subject = row["id"]
        one = results[subject].data() | {"id": subject, "rank": places[subject]}
        one |= {"name": row["name"]} if row.get("name") else {}
        one |= {"group": groups[subject]} if groups[subject] else {}
        if recipe.quotas:
            one |= {"final_band": finals[subject]["band"], "quota_notes": finals[subject]["notes"]}
            one |= {"tied_at_limit": True} if finals[subject].get("tied") else {}
        told.append(one)
    return {"name": recipe.name, "subjects": sorted(told, key=_by_place)}


def _by_place(one: Mapping[str, Any]) -> tuple[str, bool, int, str]:
    return str(one.get("group", "")), one["rank"] is None, one["rank"] or 0, str(one["id"])
