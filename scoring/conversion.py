"""From a reading to points: linear, in steps, or so much per unit (每低 1 个百分点扣 0.5 分)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scoring.numbers import Rounding, exact, rounded, text
from scoring.reading import Fields

COUNTS = {"exact": "按比例", "floor": "不足一个单位不计", "ceil": "不足一个单位按一个计"}


@dataclass(frozen=True)
class Linear:
    low: Fraction
    high: Fraction
    low_points: Fraction
    high_points: Fraction
    clamp: bool

    def points(self, value: Fraction) -> Fraction:
        share = (value - self.low) / (self.high - self.low)
        if self.clamp:
            share = min(max(share, Fraction(0)), Fraction(1))
        return self.low_points + share * (self.high_points - self.low_points)

    def told(self, value: Fraction) -> str:
        ends = f"[{text(self.low)}, {text(self.high)}] → [{text(self.low_points)}, {text(self.high_points)}]"
        return f"{text(value)} 按线性 {ends}{'，超出取端点' if self.clamp else ''}"


@dataclass(frozen=True)
class Steps:
    """First step reached, from the top down; `otherwise` below the last."""

    steps: tuple[tuple[str, Fraction, Fraction], ...]
    otherwise: Fraction | None

    def _hit(self, value: Fraction) -> tuple[str, Fraction, Fraction] | None:
        for step in self.steps:
            sign, line, _ = step
            reached = {
                "from": value >= line,
                "above": value > line,
                "to": value <= line,
                "below": value < line,
            }[sign]
            if reached:
                return step
        return None

    def points(self, value: Fraction) -> Fraction | None:
        hit = self._hit(value)
        return self.otherwise if hit is None else hit[2]

    def told(self, value: Fraction) -> str:
        hit = self._hit(value)
        if hit is None:
            return f"{text(value)} 未达到任何一档"
        signs = {"from": "≥", "above": ">", "to": "≤", "below": "<"}
        return f"{text(value)} {signs[hit[0]]} {text(hit[1])} 这一档"


@dataclass(frozen=True)
class PerUnit:
    start: Fraction
    base: Fraction
    below: tuple[Fraction, Fraction, str] | None
    above: tuple[Fraction, Fraction, str] | None
    lowest: Fraction | None
    highest: Fraction | None

    def points(self, value: Fraction) -> Fraction:
        points = self.base
        rule = self.above if value > self.start else self.below
        if rule and value != self.start:
            each, change, count = rule
            units = abs(value - self.start) / each
            if count != "exact":
                units = rounded(units, Rounding(0, "down" if count == "floor" else "up"))
            points += units * change
        if self.lowest is not None:
            points = max(points, self.lowest)
        return points if self.highest is None else min(points, self.highest)

    def told(self, value: Fraction) -> str:
        told = f"{text(self.start)} 得 {text(self.base)} 分"
        for name, rule in (("低", self.below), ("高", self.above)):
            if rule:
                told += f"，每{name} {text(rule[0])} {'加' if rule[1] > 0 else '减'} {text(abs(rule[1]))} 分"
                told += "" if rule[2] == "exact" else f"（{COUNTS[rule[2]]}）"
        return f"{told}；实为 {text(value)}"


@dataclass(frozen=True)
class Curve:
    """分段线性: straight between the stated points, the end points beyond them."""

    corners: tuple[tuple[Fraction, Fraction], ...]

    def points(self, value: Fraction) -> Fraction:
        for (low, start), (high, end) in pairwise(self.corners):
            if value <= high:
                return Linear(low, high, start, end, True).points(value)
        return self.corners[-1][1]

    def told(self, value: Fraction) -> str:
        corners = "、".join(f"{text(at)}→{text(points)}" for at, points in self.corners)
        return f"{text(value)} 按分段线性 {corners}"


Conversion = Linear | Steps | PerUnit | Curve


def parse_conversion(fields: Fields, key: str = "convert") -> Conversion | None:
    if not fields.has(key):
        fields.raw(key)
        return None
    inner = fields.inner(key)
    kinds = [name for name in ("linear", "steps", "per_unit", "curve") if inner.has(name)]
    if len(kinds) != 1:
        inner.problem("", "换算要写 linear、steps、per_unit、curve 之一")
        return None
    readers: dict[str, Callable[[Fields], Conversion | None]] = {
        "linear": _linear,
        "steps": _steps,
        "per_unit": _per_unit,
        "curve": _curve,
    }
    found = readers[kinds[0]](inner)
    inner.done()
    return found


def _linear(outer: Fields) -> Linear | None:
    fields = outer.inner("linear")
    found = linear(fields)
    fields.done()
    return found


def linear(fields: Fields) -> Linear | None:
    """`from: [0, 10]`, `to: [0, 100]`, `clamp`."""
    ends: list[Fraction] = []
    for key in ("from", "to"):
        raw = fields.required(key, "两个端点 [a, b]")
        try:
            first, second = raw
            ends += [exact(first), exact(second)]
        except (ValueError, TypeError):
            fields.problem(key, "应为两个数字 [a, b]")
    clamp = fields.flag("clamp", True)
    if len(ends) < 4:
        return None
    if ends[0] == ends[1]:
        fields.problem("from", "两个端点不能相同")
        return None
    return Linear(ends[0], ends[1], ends[2], ends[3], clamp)


def _steps(fields: Fields) -> Steps:
    steps = []
    for path, item in fields.items("steps"):
        inner = Fields(item, path, fields.problems)
        lines = [(sign, inner.number(sign)) for sign in ("from", "above", "to", "below")]
        stated = [(sign, line) for sign, line in lines if line is not None]
        if len(stated) != 1:
            inner.problem("", "每一档写一个界线：from、above、to 或 below")
        inner.required("points", "这一档的得分")
        points = inner.number_or("points", 0)
        steps += [(sign, line, points) for sign, line in stated[:1]]
        inner.done()
    otherwise = fields.number("otherwise")
    _check_steps(steps, fields)
    return Steps(tuple(steps), otherwise)


def _curve(fields: Fields) -> Curve | None:
    corners = []
    for path, item in fields.items("curve"):
        try:
            at, points = item
            corners.append((exact(at), exact(points)))
        except (ValueError, TypeError):
            fields.problems.append((path, "应为 [数值, 得分]"))
    readings = [at for at, _ in corners]
    if len(corners) < 2 or readings != sorted(set(readings)):
        fields.problem("curve", "至少两个点 [数值, 得分]，数值由小到大，不重复")
        return None
    return Curve(tuple(corners))


def _check_steps(steps: list[tuple[str, Fraction, Fraction]], fields: Fields) -> None:
    signs = {sign in ("from", "above") for sign, *_ in steps}
    if not steps or len(signs) > 1:
        fields.problem("steps", "至少一档，且各档同用下限（from、above）或同用上限（to、below）")
        return
    lines = [line for _, line, _ in steps]
    wanted = sorted(lines, reverse=signs.pop())
    if lines != wanted or len(set(lines)) < len(lines):
        fields.problem("steps", "各档的界线应依次排列（下限由高到低，上限由低到高），且不重复")


def _per_unit(outer: Fields) -> PerUnit:
    fields = outer.inner("per_unit")
    fields.required("start", "得基本分的数值")
    fields.required("points", "基本分")
    found = PerUnit(
        fields.number_or("start", 0),
        fields.number_or("points", 0),
        _per(fields, "below"),
        _per(fields, "above"),
        fields.number("lowest"),
        fields.number("highest"),
    )
    if not (found.below or found.above):
        fields.problem("below", "below（每低多少）与 above（每高多少）至少写一个")
    fields.done()
    return found


def _per(outer: Fields, key: str) -> tuple[Fraction, Fraction, str] | None:
    if not outer.has(key):
        outer.raw(key)
        return None
    fields = outer.inner(key)
    fields.required("each", "多少为一个单位")
    fields.required("points", "每个单位加减多少分")
    each, points = fields.number_or("each", 1), fields.number_or("points", 0)
    if each <= 0:
        fields.problem("each", "应大于 0")
        each = Fraction(1)
    count = fields.choice("count", COUNTS, "exact")
    fields.done()
    return each, points, count
