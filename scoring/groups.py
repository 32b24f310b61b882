"""Figures of a whole group that single scores need: room means, the best, the place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scoring.engine import case_of
from scoring.nodes.base import Node, evaluate
from scoring.nodes.relative import Coefficient, Relative, deviation
from scoring.numbers import text
from scoring.reading import as_key
from scoring.recipe import Recipe
from scoring.sample import bag_of, size, total, trimmed

Subjects = Mapping[str, Mapping[str, Any]]
Measured = dict[str, Fraction]


def needs_groups(recipe: Recipe) -> bool:
    """Some node reads figures of the whole group."""
    return any(isinstance(node, Coefficient | Relative) and node.of for node in recipe.nodes())


def with_groups(recipe: Recipe, subjects: Subjects) -> dict[str, dict[str, Any]]:
    """Each subject's inputs plus the group figures its relative nodes read.

    Store what comes out: it alone reproduces the score. Figures that were handed in stay.
    """
    filled = {subject: dict(inputs) for subject, inputs in subjects.items()}
    for node in reversed(list(recipe.nodes())):  # inner nodes before the ones around them
        if isinstance(node, Coefficient | Relative) and node.of:
            _fill(recipe, node, node.of, filled)
    return filled


def _fill(
    recipe: Recipe, node: Coefficient | Relative, of: Node, filled: dict[str, dict[str, Any]]
) -> None:
    groups: dict[str, Measured] = {}
    for subject, inputs in sorted(filled.items()):
        if node.source in inputs:
            continue
        value = evaluate(of, case_of(recipe, inputs, None)).value
        if value is not None:
            group = as_key(inputs.get(node.group, "")) if node.group else ""
            groups.setdefault(group, {})[subject] = value
    told = _coefficients(node, groups) if isinstance(node, Coefficient) else _relative(groups)
    for subject, data in told.items():
        filled[subject][node.source] = data


def _coefficients(node: Coefficient, groups: Mapping[str, Measured]) -> dict[str, dict[str, str]]:
    means = {group: _mean(node, list(values.values())) for group, values in groups.items()}
    if node.overall == "mean_of_means":
        overall = sum(means.values(), Fraction(0)) / max(len(means), 1)
    else:
        pooled = [value for values in groups.values() for value in values.values()]
        overall = _mean(node, pooled) if pooled else Fraction(0)
    return {
        subject: {"group_mean": text(means[group]), "overall_mean": text(overall)}
        for group, values in groups.items()
        for subject in values
    }


def _mean(node: Coefficient, values: list[Fraction]) -> Fraction:
    kept, _, _ = trimmed(bag_of(values), node.trim)
    return total(kept) / size(kept)


def _relative(groups: Mapping[str, Measured]) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for values in groups.values():
        ordered = sorted(values.values(), reverse=True)
        shared = {
            "max": text(ordered[0]),
            "min": text(ordered[-1]),
            "mean": text(sum(ordered, Fraction(0)) / len(ordered)),
            "sd": text(deviation(ordered)),
            "n": len(ordered),
        }
        first: dict[Fraction, int] = {}
        for place, value in enumerate(ordered, start=1):
            first.setdefault(value, place)
        told |= {subject: shared | {"place": first[value]} for subject, value in values.items()}
    return told
