"""Conditions over figures and inputs: 满意率 above 90, any warning this period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.errors import Problem
from scoring.inputs import field_of
from scoring.nodes.base import Case
from scoring.numbers import exact, text
from scoring.reading import Fields, as_key

COMPARES = {"above": ">", "from": "≥", "below": "<", "to": "≤"}
GROUPS = {"all": "且", "any": "或", "none": "均不满足"}
OUTCOME = "score"  # the whole recipe's figure, for bands


@dataclass(frozen=True)
class Condition:
    figure: str = ""
    source: str = ""
    field: str = ""
    limits: tuple[tuple[str, Fraction], ...] = ()
    among: tuple[str, ...] = ()
    truth: bool | None = None
    missing: bool | None = None
    group: str = ""
    inner: tuple[Condition, ...] = ()

    def references(self) -> tuple[str, ...]:
        own = (self.figure,) if self.figure else ()
        return own + tuple(key for one in self.inner for key in one.references())

    def sources(self) -> tuple[str, ...]:
        own = (self.source,) if self.source else ()
        return own + tuple(name for one in self.inner for name in one.sources())

    def holds(self, case: Case) -> bool:
        if self.group:
            answers = [one.holds(case) for one in self.inner]
            return {"all": all(answers), "any": any(answers), "none": not any(answers)}[self.group]
        if self.figure:
            found = case.figure(self.figure)
            return self._about(found.value, found.level or "")
        data = field_of(case.inputs.get(self.source), self.field, self.source)
        return self._about(data, data)

    def _about(self, value: Any, word: Any) -> bool:
        if self.missing is not None:
            return (value is None) == self.missing
        if self.truth is not None:
            return _true(value) == self.truth
        if self.among:
            return value is not None and as_key(word) in self.among
        if value is None:
            return False
        try:
            number = exact(value)
        except ValueError:
            return False
        return all(_compare(number, sign, limit) for sign, limit in self.limits)

    def told(self, case: Case) -> str:
        if self.group:
            inner = [one.told(case) for one in self.inner]
            joined = (
                f" {GROUPS[self.group]} ".join(inner) if self.group != "none" else "、".join(inner)
            )
            return f"（{joined}）" if self.group != "none" else f"以下均不满足：{joined}"
        return f"{self._subject(case)}{self._predicate()}"

    def _subject(self, case: Case) -> str:
        if self.figure:
            return case.index[self.figure].label
        return f"{self.source}.{self.field}" if self.field else self.source

    def _predicate(self) -> str:
        if self.missing is not None:
            return "无数据" if self.missing else "有数据"
        if self.truth is not None:
            return "有" if self.truth else "无"
        if self.among:
            return f"为{'、'.join(self.among)}"
        return " 且".join(f" {COMPARES[sign]} {text(limit)}" for sign, limit in self.limits)


def _compare(number: Fraction, sign: str, limit: Fraction) -> bool:
    if sign == "above":
        return number > limit
    if sign == "from":
        return number >= limit
    return number < limit if sign == "below" else number <= limit


def _true(value: Any) -> bool:
    """True, a positive number, a non-empty list; False, 0, nothing."""
    if isinstance(value, int | float | Fraction | str):
        try:
            return exact(int(value) if isinstance(value, bool) else value) > 0
        except ValueError:
            return value not in ("", "否", "无", "false")
    return bool(value)


def parse_condition(data: object, path: str, problems: list[Problem]) -> Condition:
    if isinstance(data, Mapping):
        for group in GROUPS:
            if group in data:
                return _group(data, group, path, problems)
    fields = Fields(data, path, problems)
    found = Condition(
        figure=fields.text("figure"),
        source=fields.text("source"),
        field=fields.text("field"),
        limits=_limits(fields),
        among=fields.names("in") or fields.names("equals"),
        truth=fields.flag("is") if fields.has("is") else None,
        missing=fields.flag("missing") if fields.has("missing") else None,
    )
    if fields.data:
        _complete(found, fields)
        fields.done()
    return found


def _limits(fields: Fields) -> tuple[tuple[str, Fraction], ...]:
    stated = [(sign, fields.number(sign)) for sign in COMPARES]
    return tuple((sign, limit) for sign, limit in stated if limit is not None)


def _complete(found: Condition, fields: Fields) -> None:
    if bool(found.figure) == bool(found.source):
        fields.problem("", "条件要写 figure（某个得分的 key）或 source（数据来源），二者之一")
    tests = [
        bool(found.limits),
        bool(found.among),
        found.truth is not None,
        found.missing is not None,
    ]
    if sum(tests) != 1:
        fields.problem("", "条件要写一种判断：above、from、below、to，或 in、is、missing")


def _group(data: Mapping[Any, Any], group: str, path: str, problems: list[Problem]) -> Condition:
    fields = Fields(data, path, problems)
    inner = tuple(parse_condition(item, where, problems) for where, item in fields.items(group))
    if not inner:
        fields.problem(group, "至少要有一个条件")
    fields.done()
    return Condition(group=group, inner=inner)
