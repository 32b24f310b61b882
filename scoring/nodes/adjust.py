"""Nodes that adjust a figure: capped bonus, deduction, veto and gate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.conditions import Condition, parse_condition
from scoring.nodes.base import Case, Figure, Node, Parsing, common, evaluate
from scoring.nodes.sums import gather, parse_child, parse_parts, told_parts
from scoring.numbers import text
from scoring.reading import Fields

EFFECTS = ("zero", "value", "times", "minus", "cap", "band", "no_result")


@dataclass(frozen=True, kw_only=True)
class Adjusted(Node):
    """加分封顶, 扣分: `of` plus or minus the sum of the parts, capped."""

    of: Node | None
    children: tuple[Node, ...]
    cap: Fraction | None
    limit: Fraction | None
    sign: int

    def parts(self) -> tuple[Node, ...]:
        return (self.of, *self.children) if self.of else self.children

    def compute(self, case: Case) -> Figure:
        base = evaluate(self.of, case) if self.of else Figure(Fraction(0))
        gathered = gather(self, self.children, case)
        told: dict[str, Any] = {"parts": told_parts(gathered)}
        told |= {"base": base.explanation} if self.of else {}
        limits = base.limits + gathered.limits
        if base.value is None or gathered.blocked:
            reason = base.reason or gathered.blocked
            return Figure(None, reason, base.n, None, limits, base.exempt, told)
        amounts = [part.value for part in gathered.present if part.value is not None]
        value, formula = self._adjusted(base.value, sum(amounts, Fraction(0)))
        told["formula"] = formula
        return Figure(value, n=base.n, level=base.level, limits=limits, explanation=told)

    def _adjusted(self, base: Fraction, amount: Fraction) -> tuple[Fraction, str]:
        word = "加分" if self.sign > 0 else "扣分"
        told = f"{word}合计 {text(amount)}"
        if self.cap is not None and amount > self.cap:
            amount, told = self.cap, f"{told}，封顶 {text(self.cap)}"
        value = base + self.sign * amount
        limited = value if self.limit is None else self._limited(value, self.limit)
        if limited != value:
            told += f"；{text(value)} 以 {text(limited)} 为限"
        sign = "+" if self.sign > 0 else "-"
        return limited, f"{self.shown(base)} {sign} {text(amount)} {self.about(limited)}（{told}）"

    def _limited(self, value: Fraction, limit: Fraction) -> Fraction:
        return min(value, limit) if self.sign > 0 else max(value, limit)


@dataclass(frozen=True)
class Rule:
    when: Condition
    label: str
    effects: tuple[tuple[str, Any], ...]

    def apply(self, value: Fraction | None) -> Fraction | None:
        for name, amount in self.effects:
            if value is not None:
                value = _effect(name, amount, value)
        return value

    @property
    def bands(self) -> tuple[str, ...]:
        return tuple(amount for name, amount in self.effects if name == "band")

    @property
    def text(self) -> str:
        words = {
            "zero": "计 0 分",
            "value": "计 {} 分",
            "times": "乘以 {}",
            "minus": "减 {} 分",
            "cap": "最高 {} 分",
            "band": "等次最高为{}",
            "no_result": "不计成绩",
        }
        return "，".join(
            words[name].format(
                amount if name == "band" else text(amount) if amount is not None else ""
            )
            for name, amount in self.effects
        )


def _effect(name: str, amount: Any, value: Fraction) -> Fraction | None:
    if name in ("zero", "value"):
        return Fraction(0) if name == "zero" else Fraction(amount)
    if name == "no_result":
        return None
    if name == "cap":
        return min(value, Fraction(amount))
    if name == "times":
        return value * Fraction(amount)
    return value - Fraction(amount) if name == "minus" else value


@dataclass(frozen=True, kw_only=True)
class Gate(Node):
    """一票否决 and its milder forms."""

    of: Node
    rules: tuple[Rule, ...]

    def parts(self) -> tuple[Node, ...]:
        return (self.of,)

    def references(self) -> tuple[str, ...]:
        return tuple(key for rule in self.rules for key in rule.when.references())

    def asks(self) -> tuple[str, ...]:
        return tuple(name for rule in self.rules for name in rule.when.sources())

    def compute(self, case: Case) -> Figure:
        inner = evaluate(self.of, case)
        value, limits, hits, told_rules = inner.value, list(inner.limits), [], []
        for rule in self.rules:
            hit = rule.when.holds(case)
            condition = rule.when.told(case)
            told_rules.append(
                {
                    "label": rule.label or condition,
                    "condition": condition,
                    "holds": hit,
                    "effect": rule.text,
                }
            )
            if hit:
                value = rule.apply(value)
                limits += rule.bands
                hits.append(f"{rule.label or condition}：{rule.text}")
        told: dict[str, Any] = {"parts": [inner.explanation], "rules": told_rules}
        told["formula"] = "；".join(hits) or "没有触发任何一条"
        reason = (
            inner.reason if inner.value is None else "" if value is not None else "；".join(hits)
        )
        level = inner.level if value == inner.value else None
        return Figure(value, reason, inner.n, level, tuple(limits), inner.exempt, told)


def parse_bonus(fields: Fields, parsing: Parsing) -> Adjusted:
    return _parse_adjusted(fields, parsing, "加分", "ceiling", 1)


def parse_deduction(fields: Fields, parsing: Parsing) -> Adjusted:
    return _parse_adjusted(fields, parsing, "扣分", "floor", -1)


def _parse_adjusted(
    fields: Fields, parsing: Parsing, named: str, limit: str, sign: int
) -> Adjusted:
    cap = fields.number("cap")
    if cap is not None and cap < 0:
        fields.problem("cap", "封顶分不能为负")
    return Adjusted(
        **common(fields, parsing, named=named, missing="zero"),
        of=parse_child(fields, parsing, "of") if fields.has("of") else None,
        children=parse_parts(fields, parsing),
        cap=cap,
        limit=fields.number(limit),
        sign=sign,
    )


def parse_gate(fields: Fields, parsing: Parsing) -> Gate:
    rules = [
        _rule(Fields(item, path, parsing.problems), parsing) for path, item in fields.items("rules")
    ]
    if not rules:
        fields.problem("rules", "至少要有一条规则")
    return Gate(
        **common(fields, parsing, named="限定"),
        of=parse_child(fields, parsing, "of"),
        rules=tuple(rules),
    )


def _rule(fields: Fields, parsing: Parsing) -> Rule:
    fields.required("when", "条件")
    when = parse_condition(fields.raw("when", {}), fields.at("when"), parsing.problems)
    effects: list[tuple[str, Any]] = []
    for name in EFFECTS:
        if not fields.has(name):
            continue
        if name in ("zero", "no_result"):
            effects += [(name, None)] if fields.flag(name) else []
        elif name == "band":
            effects.append((name, _band(fields, parsing)))
        else:
            effects.append((name, fields.number_or(name, 0)))
    if not effects:
        fields.problem("", f"要写明后果：{'、'.join(EFFECTS)}")
    rule = Rule(when, fields.text("label"), tuple(effects))
    fields.done()
    return rule


def _band(fields: Fields, parsing: Parsing) -> str:
    band = fields.text("band")
    if band not in parsing.bands:
        fields.problem("band", f"等次表 bands 中没有“{band}”")
    return band
