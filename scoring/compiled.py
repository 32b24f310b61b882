"""Closing a period: values without explanations, in integers, for 100,000 people.

The common kinds become closures over pairs (numerator, denominator). Whatever is out of the
ordinary (an exemption, a suppressed histogram, a wrong input) goes the explaining way instead,
so the figures are the same, always.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from scoring.compiled_leaves import (
    REMEMBERED,
    Fast,
    Grade,
    Inputs,
    Pair,
    Slow,
    grader_of,
    level_share_of,
    plain_of,
    rate_of,
    reviews_of,
)
from scoring.engine import EXEMPT, case_of, score
from scoring.nodes.adjust import Gate
from scoring.nodes.base import Node, evaluate
from scoring.nodes.flow import ScaleMap
from scoring.nodes.leaves import Constant, Rate, Value
from scoring.nodes.majority import Majority
from scoring.nodes.reviews import LevelShare, Reviews
from scoring.nodes.sums import WeightedSum, may_be_absent
from scoring.numbers import as_decimal, rounded
from scoring.recipe import Recipe
from scoring.results import Result

Outcome = tuple[Fraction | None, Decimal | None, str | None]


class Unusual(Exception):
    """The value alone does not tell all of this subject: ask for its result."""


ODD = (Slow, TypeError, KeyError, AttributeError, ValueError)


class Plan:
    """A compiled recipe: call it with inputs for the exact value."""

    def __init__(self, recipe: Recipe, unit_type: str | None) -> None:
        self.recipe = recipe
        self.unit_type = unit_type
        self._pair = _compiled(recipe.root, recipe, unit_type)
        self._grader = grader_of(recipe.bands) if _graded_by_value(recipe) else None
        self.grade: Grade = self._grader or (lambda above, below: None)
        self._breakers = {
            key: _compiled(recipe.index[key], recipe, unit_type) for key, _ in recipe.rank.then
        }
        self._needs_n = bool(recipe.rank.n_of or recipe.rank.minimum_n)
        self._by_value = not (self._grader is None or self._breakers or self._needs_n)

    def __call__(self, inputs: Inputs) -> Fraction | None:
        try:
            pair = self._fast(inputs)
        except ODD:
            return score(self.recipe, inputs, unit_type=self.unit_type).value
        return None if pair is None else Fraction(*pair)

    def pair(self, inputs: Inputs) -> Pair:
        """The exact value as numerator and denominator, not reduced; `grade` tells its band."""
        if not self._by_value:
            raise Unusual
        try:
            return self._fast(inputs)
        except ODD:
            raise Unusual from None

    def _fast(self, inputs: Inputs) -> Pair:
        if EXEMPT in inputs:
            raise Slow
        return self._pair(inputs)

    def outcome(self, inputs: Inputs) -> Outcome:
        """(exact value, published value, band) of one subject."""
        try:
            pair = self._fast(inputs)
            if self._grader is None:
                raise Slow
        except ODD:
            result = score(self.recipe, inputs, unit_type=self.unit_type)
            return result.value, result.rounded, result.band
        if pair is None:
            return None, None, None
        value = Fraction(*pair)
        return value, as_decimal(value, self.recipe.rounding), self._grader(*pair)

    def result(self, inputs: Inputs) -> Result:
        """As `score`, with what `rank` and `apply_quota` need, without the explanation."""
        try:
            if self._needs_n or self._grader is None:
                raise Slow
            pair = self._fast(inputs)
            found = {key: part(inputs) for key, part in self._breakers.items()}
        except ODD:
            return replace(score(self.recipe, inputs, unit_type=self.unit_type), explanation={})
        figures = {key: None if part is None else Fraction(*part) for key, part in found.items()}
        if pair is None:
            return Result(None, None, None, figures=figures)
        value = Fraction(*pair)
        published = as_decimal(value, self.recipe.rounding)
        return Result(value, published, self._grader(*pair), figures=figures)


def _graded_by_value(recipe: Recipe) -> bool:
    """The band follows from the value alone: no gate, no condition, no winning level."""
    if recipe.eligible or any(band.when for band in recipe.bands.items):
        return False
    told = (Gate, Majority) if not recipe.bands.items else Gate
    return not any(isinstance(node, told) for node in recipe.nodes())


def compile(recipe: Recipe, *, unit_type: str | None = None) -> Plan:
    """A function inputs -> exact value (and `.outcome`), the same figures as `score`."""
    return Plan(recipe, unit_type)


def _compiled(node: Node, recipe: Recipe, unit_type: str | None) -> Fast:
    inner = _inner(node, recipe, unit_type)
    if node.rounding is None or inner is None:
        return inner or _explained(node, recipe, unit_type)
    rule = node.rounding

    def rounding(inputs: Inputs) -> Pair:
        pair = inner(inputs)
        if pair is None:
            return None
        return rounded(Fraction(*pair), rule).as_integer_ratio()

    return rounding


def _inner(node: Node, recipe: Recipe, unit_type: str | None) -> Fast | None:
    if isinstance(node, WeightedSum) and not node.minimum_n:
        return _weighted(node, recipe, unit_type)
    if isinstance(node, ScaleMap) and node.convert is None and not node.minimum_n:
        return _mapped(node, recipe, unit_type)
    if node.missing == "zero":
        return None
    if isinstance(node, Reviews) and not node.question_rounding:
        return reviews_of(node)
    if isinstance(node, LevelShare) and not (node.single or node.denominator):
        return level_share_of(node)
    if isinstance(node, Rate):
        return rate_of(node)
    if isinstance(node, Value | Constant):
        return plain_of(node)
    return None


def _explained(node: Node, recipe: Recipe, unit_type: str | None) -> Fast:
    """Any other kind: its own evaluation, without the rest of the tree."""

    def explained(inputs: Inputs) -> Pair:
        figure = evaluate(node, case_of(recipe, inputs, unit_type))
        if figure.exempt:
            raise Slow
        return None if figure.value is None else figure.value.as_integer_ratio()

    if isinstance(node, Reviews) or (isinstance(node, LevelShare) and not node.denominator):
        return _remembered(explained, node.source)
    return explained


def _remembered(work: Fast, source: str) -> Fast:
    """The same evaluation made once for the same data of its only source."""
    known: dict[str, Pair] = {}

    def remembered(inputs: Inputs) -> Pair:
        key = repr(inputs.get(source))
        if key not in known:
            if len(known) >= REMEMBERED:
                known.clear()
            known[key] = work(inputs)
        return known[key]

    return remembered


def _mapped(node: ScaleMap, recipe: Recipe, unit_type: str | None) -> Fast:
    inner = _compiled(node.of, recipe, unit_type)
    common = lcm(node.times.denominator, node.plus.denominator)
    times, plus = int(node.times * common), int(node.plus * common)

    def mapped(inputs: Inputs) -> Pair:
        pair = inner(inputs)
        return pair and (pair[0] * times + pair[1] * plus, pair[1] * common)

    return mapped


def _weighted(node: WeightedSum, recipe: Recipe, unit_type: str | None) -> Fast:
    weights = node.weighed(case_of(recipe, {}, unit_type))
    common = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * common) for weight in weights]
    parts = [_compiled(child, recipe, unit_type) for child in node.children]
    ways = [
        _when_missing(node, child, weight)
        for child, weight in zip(node.children, whole, strict=True)
    ]
    rows = list(zip(parts, whole, ways, strict=True))

    def weighted(inputs: Inputs) -> Pair:
        above, below, used, blocked = 0, 1, 0, False
        for part, weight, way in rows:
            pair = part(inputs)
            if pair is None:
                blocked = blocked or way == "none"
                used += weight if way == "zero" else 0
                continue
            used += weight
            if pair[1] == below:
                above += weight * pair[0]
            else:
                above = above * pair[1] + weight * pair[0] * below
                below *= pair[1]
        return (above, below * used) if used and not blocked else None

    return weighted


def _when_missing(node: WeightedSum, child: Node, weight: int) -> str:
    if not weight or may_be_absent(child):
        return "renormalise"
    return "none" if child.required else node.missing
