"""Scoring one subject: the tree evaluated, rounded, graded, explained."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scoring.errors import InputError
from scoring.nodes.base import Case, Figure, evaluate
from scoring.numbers import as_decimal, text
from scoring.reading import as_key
from scoring.recipe import Recipe, Requirement
from scoring.results import Result

EXEMPT = "exempt"


def score(recipe: Recipe, inputs: Mapping[str, Any], *, unit_type: str | None = None) -> Result:
    """Score one subject and explain it; `inputs` is {source key: data}."""
    case = case_of(recipe, inputs, unit_type)
    whole = inputs.get(EXEMPT)
    if isinstance(whole, str) and whole:
        return _excused(recipe, whole)
    figure = evaluate(recipe.root, case)
    for beside in recipe.figures:
        evaluate(beside, case)
    unmet = [_need(need, case) for need in recipe.eligible if not need.when.holds(case)]
    band, notes = (None, unmet) if unmet else _band(recipe, figure, case)
    return Result(
        value=figure.value,
        rounded=None if figure.value is None else as_decimal(figure.value, recipe.rounding),
        band=band,
        explanation=_explanation(recipe, figure, case, (band, notes), unit_type),
        figures=_figures(recipe, case),
        ns={key: found.n for key, found in _keyed(recipe, case) if found.n is not None},
        limits=figure.limits,
        eligible=not unmet,
    )


def values_by_place(
    recipe: Recipe, inputs: Mapping[str, Any], *, unit_type: str | None = None
) -> dict[str, Fraction | None]:
    """Every figure that was needed, by its place in the recipe (`score.parts[0]`)."""
    if isinstance(inputs.get(EXEMPT), str):
        return {}
    case = case_of(recipe, inputs, unit_type)
    for node in (recipe.root, *recipe.figures):
        evaluate(node, case)
    return {place: figure.value for place, figure in case.found.items()}


def _need(need: Requirement, case: Case) -> str:
    return f"不符合参评条件：{need.label or need.when.told(case)}"


def case_of(recipe: Recipe, inputs: Mapping[str, Any], unit_type: str | None) -> Case:
    if not isinstance(inputs, Mapping):
        raise InputError("", "输入应为“来源: 数据”的映射")
    exempt = inputs.get(EXEMPT)
    if exempt is not None and not isinstance(exempt, str | Mapping):
        raise InputError(EXEMPT, "应为原因，或“部分: 原因”的映射")
    weights = recipe.emphasis.get(as_key(unit_type), {}) if unit_type is not None else {}
    reasons = dict(exempt) if isinstance(exempt, Mapping) else {}
    known = {*recipe.index, *recipe.sources}
    for key in reasons:
        if key not in known:
            raise InputError(f"{EXEMPT}.{key}", "方案中没有这一部分")
    return Case(inputs, weights, recipe.index, {k: str(v) for k, v in reasons.items()})


def _band(recipe: Recipe, figure: Figure, case: Case) -> tuple[str | None, list[str]]:
    if figure.value is None:
        return None, []
    if not recipe.bands.items:
        return figure.level, []
    return recipe.bands.settle(figure.value, case, figure.limits)


def _keyed(recipe: Recipe, case: Case) -> list[tuple[str, Figure]]:
    """Keyed nodes that were needed; a branch not taken has no figure."""
    pairs = ((key, case.found.get(node.path)) for key, node in sorted(recipe.index.items()))
    return [(key, found) for key, found in pairs if found is not None]


def _figures(recipe: Recipe, case: Case) -> dict[str, Fraction | None]:
    return {key: found.value for key, found in _keyed(recipe, case)}


def _explanation(
    recipe: Recipe,
    figure: Figure,
    case: Case,
    graded: tuple[str | None, list[str]],
    unit_type: str | None,
) -> dict[str, Any]:
    value, (band, notes) = figure.value, graded
    told: dict[str, Any] = {"name": recipe.name, "score": figure.explanation}
    told["value"] = None if value is None else text(value)
    told["rounded"] = None if value is None else str(as_decimal(value, recipe.rounding))
    told["rounding"] = recipe.rounding.text
    told["band"] = band
    if recipe.eligible:
        told["eligible"] = [
            {"condition": need.label or need.when.told(case), "holds": need.when.holds(case)}
            for need in recipe.eligible
        ]
    told |= {"band_notes": notes} if notes else {}
    told |= {"reason": figure.reason} if figure.reason else {}
    if recipe.emphasis and unit_type is not None:
        told["unit_type"] = as_key(unit_type)
        told["emphasis"] = "按单位类型调整权重" if case.weights else "此类单位不调整权重"
    if recipe.figures:
        told["figures"] = {node.key: evaluate(node, case).explanation for node in recipe.figures}
    return told


def _excused(recipe: Recipe, reason: str) -> Result:
    told = {
        "name": recipe.name,
        "value": None,
        "rounded": None,
        "band": None,
        "reason": f"免予评价：{reason}",
        "exempt": True,
    }
    return Result(None, None, None, told, exempt=True)
