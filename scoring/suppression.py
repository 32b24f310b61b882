"""The thresholds of peer reviews (design §6), in one place.

Counting only others' ballots about one person: the histogram and the comments from 5, one rounded
grade from 3, below that nothing. What comes out is all that may be stored, scored and shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.errors import InputError, Problem, RecipeError
from scoring.inputs import number_at
from scoring.numbers import Rounding, exact, rounded, text
from scoring.reading import as_key
from scoring.scales import Counts, Scale, parse_scale, read_counts, whole

HISTOGRAM_FROM = 5
GRADE_FROM = 3
TENTHS = 10  # one rounded score is one of so many steps of its range


@dataclass(frozen=True)
class Marks:
    """A scale of figures: counts are {mark as written: how often}."""

    lowest: Fraction
    highest: Fraction

    def tenth(self, number: int) -> Fraction:
        """The rounded score at a place from 0 to 10."""
        return self.lowest + (self.highest - self.lowest) * number / TENTHS


Asked = Scale | Marks


def suppress(
    counts: Mapping[str, Any],
    scale: Mapping[str, Any] | Asked,
    *,
    weights: Mapping[str, Any] | None = None,
    k: int = HISTOGRAM_FROM,
    grade_from: int = GRADE_FROM,
) -> dict[str, Any]:
    """`counts` of one person: {level: n}, or {question: {level: n}}; `scale` alike.

    One scale may serve all questions; on a scale of figures (`Marks`) a level is the mark itself. Below `k` there is one grade for all questions together.
    """
    asked = any(isinstance(value, Mapping) for value in counts.values())
    histograms = dict(counts) if asked else {"": counts}
    scales = {key: _scale(scale, key) for key in histograms}
    found = {key: _read(data, scales[key], key) for key, data in histograms.items()}
    ballots = [(c.n + c.unknown) if c else 0 for c in found.values()]
    if ballots and min(ballots) >= k:
        shown = {key: data.by_level for key, data in found.items() if data}
        inner = {"questions": shown} if asked else {"counts": shown[""]}
        return inner | {"n": max(ballots), "comments": True}
    valued = [c.n if c else 0 for c in found.values()]
    if not valued or min(valued) < grade_from:
        return {"hidden": True, "n": f"不足 {max(grade_from, 1)} 人或有题目不足", "comments": False}
    grade = _nearest(_mean(found, scales, weights), next(iter(scales.values())))
    return {"grade": grade, "n": f"{grade_from} 人以上", "comments": False}


def _read(data: Any, scale: Asked, path: str) -> Counts | None:
    if isinstance(scale, Scale):
        return read_counts(data, scale, path)
    marks = {number_at(as_key(mark), path): whole(times, path) for mark, times in data.items()}
    n = sum(marks.values())
    total = sum((mark * times for mark, times in marks.items()), Fraction(0))
    shown = {text(mark): times for mark, times in sorted(marks.items()) if times}
    return Counts(n, total, 0, shown) if n else None


def _scale(scale: Mapping[str, Any] | Asked, key: str) -> Asked:
    if isinstance(scale, Scale | Marks):
        return scale
    own = scale.get(key) if key else None
    if isinstance(own, Scale | Marks):
        return own
    data = own if isinstance(own, Mapping | list) else scale
    problems: list[Problem] = []
    parsed = parse_scale(data, "scale", problems)
    if problems or parsed is None:
        raise RecipeError.of(problems)
    return parsed


def _ends(scale: Asked) -> tuple[Fraction, Fraction]:
    if isinstance(scale, Marks):
        return scale.lowest, scale.highest
    values = [value for value in scale.values if value is not None]
    return min(values), max(values)


def _mean(
    found: Mapping[str, Counts | None],
    scales: Mapping[str, Asked],
    weights: Mapping[str, Any] | None,
) -> Fraction:
    """Mean of the questions as a share of their scale's span, so that scales may differ."""
    total, above = Fraction(0), Fraction(0)
    for key, counts in found.items():
        if counts is None or not counts.n:
            raise InputError(key, "没有票数")
        low, high = _ends(scales[key])
        weight = exact(weights[key]) if weights else Fraction(1)
        share = (counts.total / counts.n - low) / (high - low) if high > low else Fraction(1)
        total, above = total + weight * share, above + weight
    return total / above


def _nearest(share: Fraction, scale: Asked) -> str:
    """The level next to the mean, of figures the tenth; half-way between two, the lower one."""
    if isinstance(scale, Marks):
        return text(scale.tenth(int(rounded(share * TENTHS, Rounding(0, "half_down")))))
    low, high = _ends(scale)
    value = low + share * (high - low)
    valued = [level for level in scale.levels if level.value is not None]
    return min(valued, key=lambda level: (abs((level.value or 0) - value), level.value)).key


def graded_value(
    level_key: str, scales: list[Scale], weights: list[Fraction], path: str
) -> Fraction:
    """What one grade for all questions counts in a score: the same place on every scale."""
    value = scales[0].level(level_key, path).value
    if value is None:
        raise InputError(path, "取整等次不能是不了解")
    low, high = _ends(scales[0])
    share = (value - low) / (high - low) if high > low else Fraction(1)
    total = Fraction(0)
    for scale, weight in zip(scales, weights, strict=True):
        bottom, top = _ends(scale)
        total += weight * (bottom + share * (top - bottom))
    return total
