"""Closing a period: values without explanations, in integers, for 100,000 people.

The common kinds become closures over pairs (numerator, denominator). Whatever is out of the
ordinary (an exemption, a suppressed histogram, a wrong input) goes the explaining way instead,
so the figures are the same, always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm
from operator import mul
from typing import Any

from scoring.bands import Bands
from scoring.engine import EXEMPT, case_of, score
from scoring.nodes.adjust import Gate
from scoring.nodes.base import Node, evaluate
from scoring.nodes.flow import ScaleMap
from scoring.nodes.leaves import Constant, Rate, Value
from scoring.nodes.majority import Majority
from scoring.nodes.reviews import LevelShare, Reviews
from scoring.nodes.sums import WeightedSum, may_be_absent
from scoring.numbers import LARGEST, as_decimal, exact, rounded
from scoring.recipe import Recipe
from scoring.results import Result
from scoring.scales import Level, Scale
from scoring.votes import MOST, Votes

Inputs = Mapping[str, Any]
Pair = tuple[int, int] | None
Fast = Callable[[Inputs], Pair]
Tally = Callable[[Any], tuple[int, int]]
Grade = Callable[[int, int], str | None]
WHOLE = {int}
REMEMBERED = (
    10_000  # figures of one node kept by what they were made of: many people share the same
)
Outcome = tuple[Fraction | None, Decimal | None, str | None]


class Slow(Exception):
    """This subject is not ordinary; take the explaining way."""


class Unusual(Exception):
    """The value alone does not tell all of this subject: ask for its result."""


ODD = (Slow, TypeError, KeyError, AttributeError, ValueError)


class Plan:
    """A compiled recipe: call it with inputs for the exact value."""

    def __init__(self, recipe: Recipe, unit_type: str | None) -> None:
        self.recipe = recipe
        self.unit_type = unit_type
        self._pair = _compiled(recipe.root, recipe, unit_type)
        self._grader = _grader(recipe.bands) if _graded_by_value(recipe) else None
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
        return _reviews(node)
    if isinstance(node, LevelShare) and not (node.single or node.denominator):
        return _level_share(node)
    if isinstance(node, Rate):
        return _rate(node)
    if isinstance(node, Value | Constant):
        return _plain(node)
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


def _tally(scale: Scale, factor: Fraction, *, unknown_counts: bool) -> tuple[Tally, int]:
    """Counts → (sum of values times `factor` over one denominator, ballots in the denominator)."""
    values = [(value or Fraction(0)) * factor for value in scale.values]
    below = lcm(*(value.denominator for value in values))
    whole = [int(value * below) for value in values]
    counted = [int(value is not None or unknown_counts) for value in scale.values]
    every, width, keys = all(counted), len(whole), tuple(scale.place)

    known: dict[
        int, tuple[Votes, tuple[int, int]]
    ] = {}  # with the object, so that its id stays its own

    def tally(data: Any) -> tuple[int, int]:
        shared = data if type(data) is Votes else None
        if shared is not None and id(data) in known:
            return known[id(data)][1]
        if isinstance(data, dict):
            data = _listed(data, keys)
        if type(data) is not list or len(data) != width or set(map(type, data)) != WHOLE:
            raise Slow
        if min(data) < 0 or max(data) > MOST:
            raise Slow
        n = sum(data) if every else sum(map(mul, data, counted))
        found = sum(map(mul, data, whole)), n
        if shared is not None and len(known) < REMEMBERED:
            known[id(shared)] = shared, found
        return found

    return tally, below


def _listed(data: dict[str, Any], keys: tuple[str, ...]) -> list[Any]:
    found = [data.get(key, 0) for key in keys]
    if len(data) > len(keys) or any(key not in keys for key in data):
        raise Slow
    return found


def _reviews(node: Reviews) -> Fast:
    if node.questions[0].key:
        return _questions(node)
    source, least, scale = node.source, max(node.minimum_n, 1), node.questions[0].scale
    tally, below = _tally(scale, Fraction(1), unknown_counts=node.unknown_counts)
    question = node.single

    def single(inputs: Inputs) -> Pair:
        data = inputs.get(source)
        if question and data is not None:
            if "grade" in data or "questions" in data:
                raise Slow
            data = data.get(question)
        if data is None:
            return None
        total, n = tally(data)
        return (total, n * below) if n >= least else None

    return single


def _questions(node: Reviews) -> Fast:
    tallies = [
        _tally(question.scale, question.weight, unknown_counts=node.unknown_counts)
        for question in node.questions
    ]
    common = lcm(*(below for _, below in tallies))
    readers = [(tally, common // below) for tally, below in tallies]
    keys = [question.key for question in node.questions]
    source, least, blocking = node.source, max(node.minimum_n, 1), node.missing_question == "none"

    def several(inputs: Inputs) -> Pair:
        data = inputs.get(source)
        if data is None:
            return None
        above, below, blocked = 0, 0, False
        for (tally, factor), counts in zip(readers, _rows(data, keys), strict=True):
            total, n = tally(counts)
            if n < least:
                if not blocking:
                    raise Slow
                blocked = True
            elif n == below:
                above += total * factor
            else:
                above, below = _added(above, below, total * factor, n)
        return None if blocked else (above, below * common)

    return several


def _rows(data: Any, keys: list[str]) -> list[Any]:
    if len(data) != len(keys):
        raise Slow
    return [data[key] for key in keys] if type(data) is dict else data


def _added(above: int, below: int, more: int, base: int) -> tuple[int, int]:
    """above/below + more/base, where below 0 means nothing yet."""
    return (above * base + more * below, below * base) if below else (more, base)


def _level_share(node: LevelShare) -> Fast:
    hits = {level: Fraction(level in node.levels) for level in node.scale.place}
    scale = Scale(
        tuple(
            Level(level.key, level.label, None if level.value is None else hits[level.key])
            for level in node.scale.levels
        )
    )
    tally, _ = _tally(scale, Fraction(1), unknown_counts=node.unknown_counts)
    least = max(node.minimum_n, 1)
    above, below = node.per.as_integer_ratio()

    def share(inputs: Inputs) -> Pair:
        data = inputs.get(node.source)
        if data is None:
            return None
        total, n = tally(data)
        return (above * total, below * n) if n >= least else None

    return share


def _rate(node: Rate) -> Fast:
    above, below = node.per.as_integer_ratio()
    least = max(node.minimum_n, 1)
    expected = {node.part, "total"}

    def rate(inputs: Inputs) -> Pair:
        data = inputs.get(node.source)
        if data is None:
            return None
        if data.keys() != expected:
            raise Slow
        done, total = data[node.part], data["total"]
        if type(done) is not int or type(total) is not int or not 0 <= done <= total:
            raise Slow
        return (above * done, below * total) if total >= least else None

    return rate


def _plain(node: Value | Constant) -> Fast | None:
    if isinstance(node, Constant):
        fixed = node.value.as_integer_ratio()
        return None if node.minimum_n else lambda inputs: fixed
    if node.table or node.field or node.minimum_n or node.low is not None or node.high is not None:
        return None

    def plain(inputs: Inputs) -> Pair:
        data = inputs.get(node.source)
        if data is None:
            return None
        if type(data) is int and abs(data) <= LARGEST:
            return data, 1
        return exact(data).as_integer_ratio()

    return plain


def _grader(bands: Bands) -> Grade:
    if not bands.items:
        return lambda above, below: None
    *upper, last = bands.items
    lows = [band.low for band in upper if band.low is not None and band.low_in]
    plain = bands.rounding is None and bool(last.bounded) and len(lows) == len(upper)
    closed = any(band.high_in for band in bands.items[1:])
    downwards = all(a > b for a, b in pairwise([*lows, last.low] if last.low is not None else lows))
    if not plain or closed or not downwards:
        return lambda above, below: bands.of(Fraction(above, below))
    lines = [(*low.as_integer_ratio(), band.label) for low, band in zip(lows, upper, strict=True)]
    lowest = last.label

    def grade(above: int, below: int) -> str:
        for line, unit, label in lines:
            if above * unit >= line * below:
                return label
        return lowest

    return grade
