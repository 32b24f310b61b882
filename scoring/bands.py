"""Grade bands (等次): half-open, in order, no gap and no overlap; or a ladder of conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.conditions import Condition, parse_condition
from scoring.errors import Problem
from scoring.nodes.base import Case
from scoring.numbers import Rounding, about, exact, rounded, text
from scoring.reading import Fields, as_key, kind_of

INTERVAL = re.compile(r"\s*([\[(（])\s*([^,，\]）)]*)[,，]\s*([^\])）]*)\s*([\])）])\s*")


@dataclass(frozen=True)
class Band:
    label: str
    path: str = ""
    low: Fraction | None = None
    low_in: bool = True
    high: Fraction | None = None
    high_in: bool = False
    when: Condition | None = None

    @property
    def bounded(self) -> bool:
        return self.low is not None or self.high is not None

    def holds(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.low_in)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_in)

    def beyond(self, value: Fraction) -> bool:
        """The value lies above this band."""
        return self.high is not None and value >= self.high

    @property
    def text(self) -> str:
        left = "(" if self.low is None or not self.low_in else "["
        right = "]" if self.high is not None and self.high_in else ")"
        low = "-∞" if self.low is None else text(self.low)
        return f"{left}{low}, {'+∞' if self.high is None else text(self.high)}{right}"


@dataclass(frozen=True)
class Bands:
    """Best first."""

    items: tuple[Band, ...] = ()
    rounding: Rounding | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(band.label for band in self.items)

    def place(self, value: Fraction) -> int:
        """Which band; a value outside the stated range falls into the nearest."""
        if not self.items[0].bounded:
            return 0
        value = rounded(value, self.rounding) if self.rounding else value
        for index, band in enumerate(self.items):
            if band.holds(value):
                return index
        order = sorted(self.items, key=_position)
        top = order[-1]
        outside = top if top.high is not None and value >= top.high else order[0]
        return self.items.index(outside)

    def of(self, value: Fraction) -> str:
        return self.items[self.place(value)].label

    def settle(self, value: Fraction, case: Case, limits: tuple[str, ...]) -> tuple[str, list[str]]:
        """The band after its conditions and the limits set by gates, with what was said."""
        index, notes = self.place(value), []
        notes.append(self._start(value, index))
        while (when := self.items[index].when) and not when.holds(case):
            notes.append(f"未满足“{when.told(case)}”，不能评为{self.items[index].label}")
            index += 1
        for label in limits:
            if label in self.labels and self.labels.index(label) > index:
                index = self.labels.index(label)
                notes.append(f"限定最高为{label}")
        return self.labels[index], notes

    def _start(self, value: Fraction, index: int) -> str:
        band = self.items[index]
        if not band.bounded:
            return f"由高到低逐档核对条件，从{band.label}起"
        used = rounded(value, self.rounding) if self.rounding else value
        inside = "属于" if band.holds(used) else "超出分数范围，归入"
        told = text(used)
        if "/" in told:  # people read decimals; six places, since bands go by the unrounded figure
            told = about(used, 6)
        return f"{told} {inside} {band.label} {band.text}"


def parse_bands(
    data: object, path: str, problems: list[Problem], published: Rounding | None = None
) -> Bands:
    on: Rounding | None = None
    span: tuple[Fraction, Fraction] | None = None
    if isinstance(data, Mapping) and "list" in data:
        fields = Fields(data, path, problems)
        on, span = _on(fields, published), _span(fields)
        data, path = fields.raw("list"), fields.at("list")
        fields.done()
    before = len(problems)
    bands = [band for band in _entries(data, path, problems) if band]
    if not bands or len(problems) > before:
        if not bands:
            problems.append((path, "至少要有一个等次"))
        return Bands()
    found = Bands(tuple(_filled(bands, path, problems)), on)
    _check(found, path, problems, span)
    return found


def _on(fields: Fields, published: Rounding | None) -> Rounding | None:
    if fields.raw("uses", "exact") in ("exact", "rounded"):
        return published if fields.raw("uses") == "rounded" else None
    return fields.rounding("uses")


def _span(fields: Fields) -> tuple[Fraction, Fraction] | None:
    raw = fields.raw("range")
    if raw is None:
        return None
    try:
        low, high = raw
        return exact(low), exact(high)
    except (ValueError, TypeError):
        fields.problem("range", "应为 [最低, 最高]")
        return None


def _entries(data: object, path: str, problems: list[Problem]) -> list[Band | None]:
    """A list of entries, or the short form {优秀: 90, 合格: 70}."""
    if isinstance(data, Mapping):
        short = [
            {"label": label, "range" if isinstance(v, str) else "from": v}
            for label, v in data.items()
        ]
        return [_entry(Fields(item, f"{path}.{as_key(item['label'])}", problems)) for item in short]
    if not isinstance(data, list | tuple):
        problems.append((path, f"应为等次的列表，现为{kind_of(data)}"))
        return []
    return [_entry(Fields(item, f"{path}[{i}]", problems)) for i, item in enumerate(data)]


def _entry(fields: Fields) -> Band | None:
    if not fields.data:
        return None
    fields.required("label", "等次名称")
    when = fields.raw("when")
    band = Band(
        fields.text("label"),
        fields.path,
        when=None if when is None else parse_condition(when, fields.at("when"), fields.problems),
    )
    if fields.has("range"):
        band = _interval(fields, band)
    else:
        low, high = _end(fields, "from", "above"), _end(fields, "to", "below")
        band = replace(band, low=low[0], low_in=low[1], high=high[0], high_in=high[1])
    fields.done()
    if band.low is not None and band.high is not None and not _proper(band):
        fields.problem("", f"“{band.label}”的下限应小于上限")
    return band


def _proper(band: Band) -> bool:
    low, high = band.low or Fraction(0), band.high or Fraction(0)
    return low < high or (low == high and band.low_in and band.high_in)


def _end(fields: Fields, closed: str, open_: str) -> tuple[Fraction | None, bool]:
    if fields.has(closed) and fields.has(open_):
        fields.problem(closed, f"{closed} 与 {open_} 只能写一个")
    shut, free = fields.number(closed), fields.number(open_)
    return (shut, True) if shut is not None else (free, False)


def _interval(fields: Fields, band: Band) -> Band:
    """'[90,100]', '[70,90)': the brackets say which end belongs to it."""
    found = INTERVAL.fullmatch(fields.text("range"))
    if not found:
        fields.problem("range", "区间应写成 '[70,90)' 的样子")
        return band
    try:
        low = exact(found[2]) if found[2].strip() else None
        high = exact(found[3]) if found[3].strip() else None
    except ValueError as error:
        fields.problem("range", str(error))
        return band
    return replace(band, low=low, low_in=found[1] == "[", high=high, high_in=found[4] == "]")


def _filled(bands: list[Band], path: str, problems: list[Problem]) -> list[Band]:
    """An end that was left out is the next band's end."""
    if not any(band.bounded for band in bands):
        return bands
    lows = sorted((b for b in bands if b.low is not None), key=lambda b: b.low or Fraction(0))
    known: dict[str, Band] = {}
    for band, above in pairwise(lows):
        if band.high is None:
            known[band.label] = replace(band, high=above.low, high_in=not above.low_in)
    bands = [known.get(band.label, band) for band in bands]
    highs = sorted((b for b in bands if b.high is not None), key=lambda b: b.high or Fraction(0))
    for band in bands:
        if band.low is None and highs and band.high is not None:
            under = [b for b in highs if b.high is not None and b.high < band.high]
            if under:
                filled = replace(band, low=under[-1].high, low_in=not under[-1].high_in)
                bands = [filled if b is band else b for b in bands]
    problems.extend((b.path, f"“{b.label}”没有分数线") for b in bands if not b.bounded)
    return bands


def _check(found: Bands, path: str, problems: list[Problem], span: Any) -> None:
    labels = found.labels
    if len(set(labels)) < len(labels):
        problems.append((path, "等次名称重复"))
    if found.items[-1].when:
        problems.append((found.items[-1].path, "最后一个等次不能再有条件，否则有人没有等次"))
    if not all(band.bounded for band in found.items):
        _check_ladder(found, problems)
        return
    order = sorted(found.items, key=_position)
    if list(found.items) not in (order, order[::-1]):
        problems.append((path, "等次应由高到低（最好的在前）依次列出"))
    step = Fraction(1, 10**found.rounding.digits) if found.rounding else None
    for lower, upper in pairwise(order):
        _check_pair(lower, upper, step, problems)
    if span:
        _check_span(order, span, path, problems)


def _check_ladder(found: Bands, problems: list[Problem]) -> None:
    for band in found.items[:-1]:
        if band.when is None and not band.bounded:
            problems.append((band.path, f"“{band.label}”既没有分数线也没有条件"))


def _position(band: Band) -> tuple[Fraction, bool]:
    return (Fraction(-(10**18)) if band.low is None else band.low, not band.low_in)


def _check_pair(lower: Band, upper: Band, step: Fraction | None, problems: list[Problem]) -> None:
    pair = f"“{lower.label}”与“{upper.label}”"
    if lower.high is None or upper.low is None or lower.high > upper.low:
        problems.append((upper.path, f"{pair}重叠"))
    elif lower.high < upper.low:
        touching = step and lower.high_in and upper.low_in and lower.high + step == upper.low
        if not touching:
            between = text((lower.high + upper.low) / 2)
            problems.append((upper.path, f"{pair}之间有空档，例如 {between} 不属于任何等次"))
    elif lower.high_in and upper.low_in:
        problems.append((upper.path, f"{pair}重叠：{text(upper.low)} 同属两个等次"))
    elif not lower.high_in and not upper.low_in:
        problems.append((upper.path, f"{pair}之间有空档：{text(upper.low)} 不属于任何等次"))


def _check_span(order: list[Band], span: Any, path: str, problems: list[Problem]) -> None:
    low, high = order[0].low, order[-1].high
    if low is not None and (low > span[0] or (low == span[0] and not order[0].low_in)):
        problems.append((path, f"{text(span[0])} 到 {text(low)} 的分数不属于任何等次"))
    if high is not None and (high < span[1] or (high == span[1] and not order[-1].high_in)):
        problems.append((path, f"{text(high)} 到 {text(span[1])} 的分数不属于任何等次"))
