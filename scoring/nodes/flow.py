"""Nodes that pass a figure on: linear map, choice by condition, first that has a value, reference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.conditions import Condition, parse_condition
from scoring.conversion import Conversion, linear, parse_conversion
from scoring.nodes.base import Case, Figure, Node, Parsing, common, evaluate
from scoring.nodes.sums import parse_child, parse_parts
from scoring.numbers import text
from scoring.reading import Fields


@dataclass(frozen=True, kw_only=True)
class ScaleMap(Node):
    """折算: `from`/`to`, or `times` and `plus`, or a conversion table."""

    of: Node
    convert: Conversion | None
    times: Fraction
    plus: Fraction

    def parts(self) -> tuple[Node, ...]:
        return (self.of,)

    def compute(self, case: Case) -> Figure:
        inner = evaluate(self.of, case)
        told: dict[str, Any] = {"parts": [inner.explanation]}
        if inner.value is None:
            return _passed(inner, told)
        if self.convert is None:
            mapped = inner.value * self.times + self.plus
            told["formula"] = self._formula(inner.value, mapped)
            return Figure(mapped, "", inner.n, inner.level, inner.limits, explanation=told)
        value = self.convert.points(inner.value)
        told["formula"] = self.convert.told(inner.value)
        reason = "" if value is not None else "换算表中没有这一档"
        return Figure(value, reason, inner.n, inner.level, inner.limits, explanation=told)

    def _formula(self, inner: Fraction, value: Fraction) -> str:
        plus = f" + {text(self.plus)}" if self.plus else ""
        return f"{self.of.shown(inner)} × {text(self.times)}{plus} {self.about(value)}"


@dataclass(frozen=True, kw_only=True)
class Choose(Node):
    when: Condition
    then: Node | None
    otherwise: Node | None

    def parts(self) -> tuple[Node, ...]:
        return tuple(node for node in (self.then, self.otherwise) if node)

    def references(self) -> tuple[str, ...]:
        return self.when.references()

    def asks(self) -> tuple[str, ...]:
        return self.when.sources()

    def compute(self, case: Case) -> Figure:
        hit = self.when.holds(case)
        chosen = self.then if hit else self.otherwise
        told: dict[str, Any] = {"condition": self.when.told(case), "holds": hit}
        if chosen is None:
            return Figure(None, f"不满足“{told['condition']}”", explanation=told)
        inner = evaluate(chosen, case)
        return _passed(inner, told | {"parts": [inner.explanation]})


@dataclass(frozen=True, kw_only=True)
class FirstOf(Node):
    children: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.children

    def compute(self, case: Case) -> Figure:
        figures = []
        for child in self.children:
            figure = evaluate(child, case)
            figures.append(figure)
            if figure.value is not None:
                break
        told = {"parts": [figure.explanation for figure in figures]}
        if figures[-1].value is None:
            return Figure(None, "各部分都没有结果", explanation=told)
        return _passed(figures[-1], told)


@dataclass(frozen=True, kw_only=True)
class Reference(Node):
    to: str

    def references(self) -> tuple[str, ...]:
        return (self.to,) if self.to else ()

    def compute(self, case: Case) -> Figure:
        inner = case.figure(self.to)
        told = {"formula": f"取“{case.index[self.to].label}”的得分", "refers_to": self.to}
        return _passed(inner, told)


def _passed(inner: Figure, told: dict[str, Any]) -> Figure:
    return Figure(inner.value, inner.reason, inner.n, inner.level, inner.limits, inner.exempt, told)


def parse_scale_map(fields: Fields, parsing: Parsing) -> ScaleMap:
    convert: Conversion | None = None
    if fields.has("from") or fields.has("to"):
        convert = linear(fields)
    elif fields.has("convert"):
        convert = parse_conversion(fields)
    elif not (fields.has("times") or fields.has("plus")):
        fields.problem("times", "折算要写 from 与 to，或 times、plus，或 convert")
    return ScaleMap(
        **common(fields, parsing, named="折算"),
        of=parse_child(fields, parsing, "of"),
        convert=convert,
        times=fields.number_or("times", 1),
        plus=fields.number_or("plus", 0),
    )


def parse_choose(fields: Fields, parsing: Parsing) -> Choose:
    fields.required("when", "条件")
    when = parse_condition(fields.raw("when", {}), fields.at("when"), parsing.problems)
    then = parse_child(fields, parsing, "then")
    otherwise = parse_child(fields, parsing, "otherwise") if fields.has("otherwise") else None
    return Choose(
        **common(fields, parsing, named="按条件取分"), when=when, then=then, otherwise=otherwise
    )


def parse_first_of(fields: Fields, parsing: Parsing) -> FirstOf:
    children = parse_parts(fields, parsing)
    return FirstOf(**common(fields, parsing, named="依次取有结果的"), children=children)


def parse_reference(fields: Fields, parsing: Parsing) -> Reference:
    fields.required("to", "另一个节点的 key")
    return Reference(**common(fields, parsing, named="引用"), to=fields.text("to"))
