"""The leaves and the grading of a compiled recipe: closures over pairs (numerator, denominator)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import lcm
from operator import mul
from typing import Any

from scoring.bands import Bands
from scoring.nodes.leaves import Constant, Rate, Value
from scoring.nodes.reviews import LevelShare, Reviews
from scoring.numbers import LARGEST, exact
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


class Slow(Exception):
    """This subject is not ordinary; take the explaining way."""


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


def reviews_of(node: Reviews) -> Fast:
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


def level_share_of(node: LevelShare) -> Fast:
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


def rate_of(node: Rate) -> Fast:
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


def plain_of(node: Value | Constant) -> Fast | None:
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


def grader_of(bands: Bands) -> Grade:
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
