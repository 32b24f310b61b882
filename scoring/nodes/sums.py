"""Nodes over parts: weighted sum, sum, mean, trimmed mean, median, product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.nodes.base import Case, Figure, Node, Parsing, blank, common, evaluate
from scoring.numbers import percent, text
from scoring.reading import Fields
from scoring.sample import Tier, bag_of, listed, parse_trim, size, statistic, trimmed
from scoring.weights import settle_weights

SYMBOLS = {"mean": "平均", "median": "中位数", "highest": "最高", "lowest": "最低", "sum": "合计"}
MOST_PARTS = 200


@dataclass(frozen=True)
class Taken:
    """One part as its parent takes it: a value, or left out."""

    node: Node
    figure: Figure
    value: Fraction | None
    weight: Fraction = Fraction(0)


@dataclass(frozen=True)
class Gathered:
    taken: tuple[Taken, ...]
    blocked: str  # why there is no result

    @property
    def present(self) -> list[Taken]:
        return [part for part in self.taken if part.value is not None]

    @property
    def limits(self) -> tuple[str, ...]:
        return tuple(limit for part in self.taken for limit in part.figure.limits)


def gather(
    node: Node, parts: Sequence[Node], case: Case, weights: Sequence[Fraction] | None = None
) -> Gathered:
    """Every part with what a missing one does: blocks, counts zero, or is left out."""
    taken, blocked = [], []
    for index, part in enumerate(parts):
        figure = evaluate(part, case)
        value, weight = figure.value, weights[index] if weights else Fraction(0)
        advisory = weights is not None and not weight
        if value is None and not advisory and not (figure.exempt or may_be_absent(part)):
            if part.required or node.missing == "none":
                blocked.append(f"{part.label}：{figure.reason}")
            elif node.missing == "zero":
                value = Fraction(0)
        taken.append(Taken(part, figure, value, weight))
    return Gathered(tuple(taken), "；".join(blocked))


def may_be_absent(part: Node) -> bool:
    """Stated on the part itself, it goes before what its parent says."""
    return part.optional or (part.missing == "renormalise" and not part.parts())


def told_parts(
    gathered: Gathered, shares: Sequence[Fraction] | None = None
) -> list[dict[str, Any]]:
    told = []
    for index, part in enumerate(gathered.taken):
        one = dict(part.figure.explanation)
        if shares is not None:
            one["weight"] = percent(part.weight)
            if part.value is not None:
                contribution = shares[index] * part.value
                one["contribution"] = text(contribution)
                one["contribution_shown"] = part.node.shown(contribution)
                if shares[index] != part.weight:
                    one["used_weight"] = percent(shares[index])
        if part.value is None:
            one["left_out"] = True
        elif part.figure.value is None:
            one["counted_as"] = text(part.value)
        told.append(one)
    return told


@dataclass(frozen=True, kw_only=True)
class WeightedSum(Node):
    children: tuple[Node, ...]
    weights: tuple[Fraction, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.children

    def compute(self, case: Case) -> Figure:
        weights = self.weighed(case)
        gathered = gather(self, self.children, case, weights)
        present = gathered.present
        used = sum((part.weight for part in present), Fraction(0))
        if gathered.blocked or not used:
            reason = gathered.blocked or "没有任何一部分有结果"
            told = told_parts(gathered, weights)
            return Figure(None, reason, limits=gathered.limits, explanation={"parts": told})
        shares = [
            part.weight / used if part.value is not None else Fraction(0) for part in gathered.taken
        ]
        value = (
            sum((p.weight * p.value for p in present if p.value is not None), Fraction(0)) / used
        )
        explanation = {
            "parts": told_parts(gathered, shares),
            "formula": self._formula(present, used, value),
        }
        n = len(present) if self.minimum_n else None
        return Figure(value, n=n, limits=gathered.limits, explanation=explanation)

    def weighed(self, case: Case) -> list[Fraction]:
        """The emphasis of the subject's unit type goes before the recipe's own weights."""
        pairs = zip(self.children, self.weights, strict=True)
        return [case.weights.get(child.key, weight) for child, weight in pairs]

    def _formula(self, present: list[Taken], used: Fraction, value: Fraction) -> str:
        terms = [
            f"{percent(part.weight)}×{part.node.shown(part.value)}"
            for part in present
            if part.value is not None and part.weight
        ]
        joined = " + ".join(terms)
        if used != 1:
            joined = f"({joined}) ÷ {percent(used)}"
        return f"{joined} {self.about(value)}"


@dataclass(frozen=True, kw_only=True)
class Aggregate(Node):
    children: tuple[Node, ...]
    name: str
    trim: tuple[Tier, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.children

    def compute(self, case: Case) -> Figure:
        gathered = gather(self, self.children, case)
        present = gathered.present
        if gathered.blocked or not present:
            told: dict[str, Any] = {"parts": told_parts(gathered)}
            reason = gathered.blocked or "没有任何一部分有结果"
            return Figure(None, reason, limits=gathered.limits, explanation=told)
        told, values = (
            {"parts": told_parts(gathered)},
            [p.value for p in present if p.value is not None],
        )
        kept, low, high = trimmed(bag_of(values), self.trim)
        value = self._value(
            values, statistic(kept, self.name) if self.name in SYMBOLS else Fraction(0)
        )
        value, notes = self._whole(value, gathered)
        if low or high:
            notes.append(
                f"去掉最高 {listed(high) or '无'}，去掉最低 {listed(low) or '无'}，余 {size(kept)} 个"
            )
        told |= {"notes": notes} if notes else {}
        told["formula"] = f"{self._terms(present)} {self.about(value)}"
        n = len(present) if self.minimum_n else None
        return Figure(value, n=n, limits=gathered.limits, explanation=told)

    def _value(self, values: list[Fraction], statistical: Fraction) -> Fraction:
        if self.name != "product":
            return statistical
        value = Fraction(1)
        for factor in values:
            value *= factor
        return value

    def _whole(self, value: Fraction, gathered: Gathered) -> tuple[Fraction, list[str]]:
        """A sum with a part left out is brought back to its full marks (满分折算)."""
        left = [part.node for part in gathered.taken if part.value is None]
        if self.name != "sum" or not left:
            return value, []
        full = sum((part.full or Fraction(0) for part in self.children), Fraction(0))
        present = full - sum((part.full or Fraction(0) for part in left), Fraction(0))
        if not present:
            return value, []
        note = f"缺 {'、'.join(part.label for part in left)}，按满分 {text(present)} 折算到 {text(full)}"
        return value * full / present, [note]

    def _terms(self, present: list[Taken]) -> str:
        shown = [part.node.shown(part.value) for part in present if part.value is not None]
        if self.name in ("sum", "product"):
            return (" + " if self.name == "sum" else " × ").join(shown)
        return f"{SYMBOLS[self.name]}（{'、'.join(shown)}）"


def parse_parts(
    fields: Fields, parsing: Parsing, key: str = "parts", *, weighted: bool = False
) -> tuple[Node, ...]:
    items = fields.items(key)
    if not items:
        fields.problem(key, "至少要有一个部分")
    if len(items) > MOST_PARTS:
        fields.problem(key, f"最多 {MOST_PARTS} 个部分")
    found = [parsing.child(item, path) for path, item in items[:MOST_PARTS]]
    parts = tuple(part for part in found if part)
    for part in parts:
        if part.weight is not None and not weighted:
            parsing.problems.append((f"{part.path}.weight", "只有 weighted_sum 的部分才写权重"))
    return parts


def parse_child(fields: Fields, parsing: Parsing, key: str) -> Node:
    fields.required(key, "一个得分节点")
    found = parsing.child(fields.raw(key), fields.at(key)) if fields.has(key) else None
    if found and found.weight is not None:
        fields.problem(f"{key}.weight", "只有 weighted_sum 的部分才写权重")
    return found or blank(fields.at(key))


def parse_weighted_sum(fields: Fields, parsing: Parsing) -> WeightedSum:
    children = parse_parts(fields, parsing, weighted=True)
    normalise = fields.flag("normalise")
    weights: tuple[Fraction, ...] = ()
    if children:
        stated = [child.weight for child in children]
        path = fields.at("parts")
        weights = settle_weights(stated, path, parsing.problems, normalise=normalise)
    shared = common(fields, parsing, named="加权得分")
    return WeightedSum(**shared, children=children, weights=weights)


def parse_aggregate(fields: Fields, parsing: Parsing) -> Aggregate:
    kind = str(fields.data.get("kind"))
    shared = common(fields, parsing, named=SYMBOLS.get(kind, "得分"))
    children = parse_parts(fields, parsing)
    needs_full = kind == "sum" and (
        shared["missing"] == "renormalise" or any(c.optional for c in children)
    )
    for child in children:
        if needs_full and child.full is None:
            parsing.problems.append((f"{child.path}.full", "缺项折算需要写明这一部分的满分 full"))
    if kind == "trimmed_mean":
        fields.required("trim", "去掉几个最高分、几个最低分")
    trim = parse_trim(fields) if kind == "trimmed_mean" else ()
    return Aggregate(
        **shared, children=children, name="mean" if kind == "trimmed_mean" else kind, trim=trim
    )
