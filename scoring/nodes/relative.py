"""Nodes that compare a subject with its group: room coefficients, shares of the best, place points.

The group's figures are inputs too (written by `with_groups`), so a stored scorecard explains itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from scoring.errors import InputError
from scoring.inputs import mapping_at, number_at
from scoring.nodes.base import Case, Figure, Node, Parsing, common, evaluate
from scoring.nodes.sums import parse_child
from scoring.numbers import Rounding, rounded, text
from scoring.reading import Fields, as_key
from scoring.sample import Bag, Tier, bag_of, listed, parse_trim, size, split, total, trimmed
from scoring.scales import whole

METHODS = {
    "max": "与最高值之比",
    "min": "最低值与之比",
    "range": "功效系数",
    "mean": "与平均值之比",
    "place": "名次分",
    "standard": "标准分",
}
NEEDS = {"range": ("max", "min"), "standard": ("mean", "sd")}
DEVIATION_DIGITS = 6  # a square root has no end: it is taken to so many places, rounded half up


@dataclass(frozen=True)
class GroupMean:
    """A group's mean after trimming, as it was computed and as it is used."""

    value: Fraction
    told: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Coefficient(Node):
    """考场系数: the group's mean is aligned to the overall mean."""

    of: Node | None
    source: str
    group: str
    trim: tuple[Tier, ...]
    mean_rounding: Rounding | None
    coefficient_rounding: Rounding | None
    overall: str

    def parts(self) -> tuple[Node, ...]:
        return (self.of,) if self.of else ()

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        inner = evaluate(self.of, case) if self.of else Figure(Fraction(1))
        told: dict[str, Any] = {"parts": [inner.explanation]} if self.of else {}
        data = case.inputs.get(self.source)
        if inner.value is None or data is None:
            return Figure(
                None, inner.reason or "没有分组数据", exempt=inner.exempt, explanation=told
            )
        own, overall = self._means(data)
        if own.value == 0:
            raise InputError(self.source, "本组平均分为 0，不能求系数")
        coefficient = overall.value / own.value
        if self.coefficient_rounding:
            coefficient = rounded(coefficient, self.coefficient_rounding)
        value = inner.value * coefficient
        told |= {"group_mean": own.told, "overall_mean": overall.told}
        told["coefficient"] = text(coefficient)
        ratio = f"{text(overall.value)} ÷ {text(own.value)}"
        told["formula"] = f"系数 = {ratio} ≈ {text(coefficient)}"
        if self.of:
            told["formula"] += (
                f"；{self.of.shown(inner.value)} × {text(coefficient)} {self.about(value)}"
            )
        return Figure(value, n=inner.n, limits=inner.limits, explanation=told)

    def _means(self, data: Any) -> tuple[GroupMean, GroupMean]:
        known = {"own", "groups", "all", "group_mean", "overall_mean"}
        data = mapping_at(data, self.source, known)
        if "group_mean" in data:
            return self._stated(data, "group_mean"), self._stated(data, "overall_mean")
        groups = data.get("groups")
        own = as_key(data.get("own"))
        if not isinstance(groups, Mapping) or own not in {as_key(key) for key in groups}:
            raise InputError(f"{self.source}.own", "own 应为 groups 中的一组")
        samples = {as_key(k): _sample(v, f"{self.source}.groups.{k}") for k, v in groups.items()}
        means = {key: self._mean(sample) for key, sample in samples.items()}
        if self.overall == "mean_of_means":
            value = sum((mean.value for mean in means.values()), Fraction(0)) / len(means)
            return means[own], self._rounded(value, {"of": "各组平均分的平均"})
        if "all" in data:
            return means[own], self._mean(_sample(data["all"], f"{self.source}.all"))
        return means[own], self._mean(_pooled(list(samples.values())))

    def _stated(self, data: Mapping[str, Any], key: str) -> GroupMean:
        return self._rounded(number_at(data.get(key), f"{self.source}.{key}"), {})

    def _mean(self, sample: Sample) -> GroupMean:
        kept_sum, kept_n, removed = sample.kept(self.trim, self.source)
        told = {"sum": text(kept_sum), "n": kept_n} | ({"removed": removed} if removed else {})
        return self._rounded(kept_sum / kept_n, told)

    def _rounded(self, value: Fraction, told: dict[str, Any]) -> GroupMean:
        if self.mean_rounding:
            value = rounded(value, self.mean_rounding)
        return GroupMean(value, told | {"value": text(value)})


@dataclass(frozen=True)
class Sample:
    """All scores of a group; or what is left after the removal, with what was removed."""

    scores: Bag
    rest_sum: Fraction = Fraction(0)
    rest_n: int = 0
    high: Bag | None = None
    low: Bag | None = None

    @property
    def n(self) -> int:
        return size(self.scores) + self.rest_n

    def kept(self, trim: tuple[Tier, ...], path: str) -> tuple[Fraction, int, dict[str, Any]]:
        if not self.rest_n:
            kept, low, high = trimmed(self.scores, trim)
        else:
            kept, low, high = self._cut(trim, path)
        n = size(kept) + self.rest_n
        if not n:
            raise InputError(path, "这一组没有分数")
        removed = {"highest": listed(high), "lowest": listed(low)} if low or high else {}
        return total(kept) + self.rest_sum, n, removed

    def _cut(self, trim: tuple[Tier, ...], path: str) -> tuple[Bag, Bag, Bag]:
        """The removed scores are the extremes: cut among them as among all."""
        tier = next((tier for tier in trim if self.n >= tier.at_least), None)
        highest, lowest = tier.cut(self.n) if tier else (0, 0)
        high, low = self.high or [], self.low or []
        if highest > size(high) or lowest > size(low):
            raise InputError(path, "所给的最高、最低分不够去掉")
        kept_high, out_high = split(high, size(high) - highest)
        out_low, kept_low = split(low, lowest)
        return kept_high + kept_low, out_low, out_high


def _sample(data: Any, path: str) -> Sample:
    if isinstance(data, Mapping) and "scores" in data:
        data = data["scores"]
    if isinstance(data, list | tuple):
        return Sample(bag_of(number_at(item, f"{path}[{i}]") for i, item in enumerate(data)))
    known = {"sum", "n", "sum_after", "n_after", "removed_high", "removed_low"}
    data = mapping_at(data, path, known)
    high, low = (_removed(data, key, path) for key in ("removed_high", "removed_low"))
    rest = number_at(data.get("sum_after", data.get("sum")), f"{path}.sum")
    return Sample([], rest, whole(data.get("n_after", data.get("n")), f"{path}.n"), high, low)


def _removed(data: Mapping[str, Any], key: str, path: str) -> Bag:
    found = data.get(key, [])
    if not isinstance(found, list | tuple):
        raise InputError(f"{path}.{key}", "应为分数的列表")
    return bag_of(number_at(item, f"{path}.{key}") for item in found)


def _pooled(samples: list[Sample]) -> Sample:
    scores = [value for s in samples for value, times in s.scores for _ in range(times)]
    high = [v for s in samples for v, times in s.high or [] for _ in range(times)]
    low = [v for s in samples for v, times in s.low or [] for _ in range(times)]
    rest_sum = sum((s.rest_sum for s in samples), Fraction(0))
    return Sample(
        bag_of(scores), rest_sum, sum(s.rest_n for s in samples), bag_of(high), bag_of(low)
    )


@dataclass(frozen=True, kw_only=True)
class Relative(Node):
    of: Node
    source: str
    group: str
    method: str
    base: Fraction
    per: Fraction
    table: tuple[tuple[str, Fraction], ...]
    step: Fraction | None

    def parts(self) -> tuple[Node, ...]:
        return (self.of,)

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        inner = evaluate(self.of, case)
        data = case.inputs.get(self.source)
        told: dict[str, Any] = {"parts": [inner.explanation]}
        if inner.value is None or data is None:
            return Figure(
                None, inner.reason or "没有分组数据", exempt=inner.exempt, explanation=told
            )
        facts = group_facts(data, inner.value, self.source)
        for needed in NEEDS.get(self.method, (self.method,)):
            if needed not in facts:
                raise InputError(f"{self.source}.{needed}", "缺少这个数，不能与本组比较")
        told["group"] = {key: text(value) for key, value in facts.items()}
        value = self._value(inner.value, facts)
        told["formula"] = (
            f"{METHODS[self.method]}：{self._formula(inner.value, facts)} {self.about(value)}"
        )
        return Figure(value, n=inner.n, limits=inner.limits, explanation=told)

    def _value(self, own: Fraction, facts: dict[str, Fraction]) -> Fraction:
        if self.method == "place":
            return self._place_points(int(facts["place"]))
        if self.method == "standard":
            if not facts["sd"]:
                return self.base
            return self.base + (own - facts["mean"]) / facts["sd"] * (self.step or Fraction(10))
        if self.method == "range":
            spread = facts["max"] - facts["min"]
            share = (own - facts["min"]) / spread if spread else Fraction(1)
            return self.base + share * (self.per - self.base)
        below = own if self.method == "min" else facts[self.method]
        above = facts["min"] if self.method == "min" else own
        if below == 0:
            raise InputError(self.source, "分母为 0，不能求比值")
        return above / below * self.per

    def _formula(self, own: Fraction, facts: dict[str, Fraction]) -> str:
        per = text(self.per)
        if self.method == "place":
            return f"第 {int(facts['place'])} 名"
        if self.method == "standard":
            step = text(self.step or Fraction(10))
            ratio = f"({text(own)} - {text(facts['mean'])}) ÷ {text(facts['sd'])}"
            return f"{text(self.base)} + {step} × {ratio}"
        if self.method == "range":
            ends = f"({text(own)} - {text(facts['min'])}) ÷ ({text(facts['max'])} - {text(facts['min'])})"
            return f"{text(self.base)} + {ends} × {text(self.per - self.base)}"
        pair = (facts["min"], own) if self.method == "min" else (own, facts[self.method])
        return f"{text(pair[0])} ÷ {text(pair[1])} × {per}"

    def _place_points(self, place: int) -> Fraction:
        table = dict(self.table)
        if str(place) in table:
            return table[str(place)]
        if self.step is not None:
            return max(self.per - self.step * (place - 1), self.base)
        return table.get("otherwise", Fraction(0))


def group_facts(data: Any, own: Fraction, path: str) -> dict[str, Fraction]:
    if isinstance(data, list | tuple):
        data = {"values": data}
    data = mapping_at(data, path, {"values", "max", "min", "mean", "sd", "place", "n"})
    if "values" not in data:
        return {key: number_at(value, f"{path}.{key}") for key, value in data.items()}
    if not isinstance(data["values"], list | tuple):
        raise InputError(f"{path}.values", "应为全组数值的列表")
    values = [number_at(item, f"{path}.values[{i}]") for i, item in enumerate(data["values"])]
    if own not in values:
        raise InputError(path, "values 应为全组的数值，包括本人")
    return {
        "max": max(values),
        "min": min(values),
        "mean": sum(values, Fraction(0)) / len(values),
        "sd": deviation(values),
        "place": Fraction(1 + sum(value > own for value in values)),
        "n": Fraction(len(values)),
    }


def deviation(values: list[Fraction]) -> Fraction:
    """Standard deviation of the whole group (÷ n), to six places."""
    mean = sum(values, Fraction(0)) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
    wide = 10 ** (2 * DEVIATION_DIGITS + 2)
    root = isqrt(variance.numerator * wide // variance.denominator)
    return rounded(Fraction(root, 10 ** (DEVIATION_DIGITS + 1)), Rounding(DEVIATION_DIGITS))


def parse_coefficient(fields: Fields, parsing: Parsing) -> Coefficient:
    fields.required("source", "分组数据的来源")
    return Coefficient(
        **common(fields, parsing, named="系数"),
        of=parse_child(fields, parsing, "of") if fields.has("of") else None,
        source=fields.text("source"),
        group=fields.text("group"),
        trim=parse_trim(fields),
        mean_rounding=fields.rounding("mean_rounding"),
        coefficient_rounding=fields.rounding("coefficient_rounding"),
        overall=fields.choice("overall", {"pooled": "", "mean_of_means": ""}, "pooled"),
    )


def parse_relative(fields: Fields, parsing: Parsing) -> Relative:
    fields.required("source", "分组数据的来源")
    shared = common(fields, parsing, named="相对得分")
    fields.required("method", "怎样相对")
    inner = fields.inner("points")
    table = [(key, inner.number_or(key, 0)) for key in inner.data]
    return Relative(
        **shared,
        of=parse_child(fields, parsing, "of"),
        source=fields.text("source"),
        group=fields.text("group"),
        method=fields.choice("method", METHODS, "max"),
        base=fields.number_or("base", 0),
        per=Fraction(100) if shared["full"] is None else shared["full"],
        table=tuple(table),
        step=fields.number("step"),
    )
