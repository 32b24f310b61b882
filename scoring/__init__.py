"""Recipes in, explained scores out: plain Python, exact arithmetic, no clock, no database.

The format of a recipe and of its inputs is written down in docs/scoring.md.
Signatures below are stable; the bodies land module by module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any


class ScoringError(ValueError):
    """Something handed in is wrong; `problems` lists every (path, Chinese message)."""

    problems: list[tuple[str, str]]


class RecipeError(ScoringError):
    """The recipe itself is wrong: RecipeError(path, message), all problems collected."""


class InputError(ScoringError):
    """The recipe is fine, the inputs are not (unknown level, negative count, out of range)."""


class Recipe:
    """A checked recipe. `.data` is what it was parsed from; `.sources` names what it reads."""


@dataclass(frozen=True)
class Result:
    value: Fraction | None  # exact, unrounded: rank on this
    rounded: Decimal | None  # as published, by the recipe's `rounding`
    band: str | None
    explanation: dict[str, Any]  # JSON-able; same inputs, same bytes with `to_json`
    figures: dict[str, Fraction | None] = field(default_factory=dict)  # every keyed node


def parse_recipe(data: Mapping[str, Any]) -> Recipe:
    """Check a recipe (YAML/JSON data) as a whole; raise RecipeError with all problems."""
    raise NotImplementedError


def score(recipe: Recipe, inputs: Mapping[str, Any], *, unit_type: str | None = None) -> Result:
    """Score one subject and explain it. `inputs` is JSON-able: {source key: data}."""
    raise NotImplementedError


def compile(recipe: Recipe, *, unit_type: str | None = None) -> Callable[[Mapping[str, Any]], Fraction | None]:
    """A function inputs -> exact value, for closing a period over 100,000 people."""
    raise NotImplementedError


def with_groups(recipe: Recipe, subjects: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Add to each subject's inputs the group figures that relative nodes need (room means, maxima).

    Store what comes out: it alone reproduces the figure.
    """
    raise NotImplementedError


def rank(
    results: Mapping[str, Result],
    rule: Mapping[str, Any] | None = None,
    *,
    groups: Mapping[str, str] | None = None,
    n: Mapping[str, int] | None = None,
) -> dict[str, int | None]:
    """Places by subject id inside each group; None where not ranked. Ties share a place."""
    raise NotImplementedError


def apply_quota(
    results: Mapping[str, Result],
    recipe: Recipe,
    *,
    groups: Mapping[str, str] | None = None,
    base: Mapping[str, int] | int | None = None,
) -> dict[str, dict[str, Any]]:
    """Final band by subject id with the reason; quotas are never exceeded, never by chance."""
    raise NotImplementedError


def wilson_interval(k: int, n: int, *, confidence: str = "95%") -> tuple[Decimal, Decimal]:
    """Wilson score interval of k of n as shares between 0 and 1, four digits."""
    raise NotImplementedError


def satisfaction(counts: Mapping[str, int], definition: Mapping[str, Any]) -> dict[str, Any]:
    """A rate with its definition, k, n and interval: {share, shown, k, n, low, high, definition}."""
    raise NotImplementedError


def ballot_check(ballot: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], *, n: int | None = None) -> list[str]:
    """Chinese reasons why the whole ballot is refused; empty when it is valid."""
    raise NotImplementedError


def suppress(counts: Mapping[str, Any], scale: Mapping[str, Any], *, k: int = 5, grade_from: int = 3) -> dict[str, Any]:
    """What of one person's histogram may be stored and shown (design §6), in one place."""
    raise NotImplementedError


def to_json(data: Any) -> str:
    """Canonical JSON: sorted keys, Chinese as is, exact numbers as text."""
    raise NotImplementedError


__all__: Iterable[str] = [
    "InputError",
    "Recipe",
    "RecipeError",
    "Result",
    "ScoringError",
    "apply_quota",
    "ballot_check",
    "compile",
    "parse_recipe",
    "rank",
    "satisfaction",
    "score",
    "suppress",
    "to_json",
    "wilson_interval",
    "with_groups",
]
