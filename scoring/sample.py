"""A bag of scores: mean, median, trimmed mean over (value, how often), whatever the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.numbers import Rounding, rounded, text
from scoring.reading import Fields

STATISTICS = {
    "mean": "平均分",
    "median": "中位数",
    "sum": "合计",
    "highest": "最高分",
    "lowest": "最低分",
}
TRIM_ROUNDING = {"floor": "down", "round": "half_up", "ceil": "up"}
Bag = list[tuple[Fraction, int]]


@dataclass(frozen=True)
class Tier:
    at_least: int
    highest: Fraction
    lowest: Fraction
    mode: str

    def cut(self, n: int) -> tuple[int, int]:
        return self._many(self.highest, n), self._many(self.lowest, n)

    def _many(self, amount: Fraction, n: int) -> int:
        if amount.denominator == 1:
            return int(amount)
        return int(rounded(amount * n, Rounding(0, TRIM_ROUNDING[self.mode])))


def bag_of(values: Iterable[Fraction]) -> Bag:
    return sorted(Counter(values).items())


def size(bag: Bag) -> int:
    return sum(times for _, times in bag)


def total(bag: Bag) -> Fraction:
    return sum((value * times for value, times in bag), Fraction(0))


def split(bag: Bag, lowest: int) -> tuple[Bag, Bag]:
    """The `lowest` smallest scores, and the rest."""
    taken, rest = [], []
    for value, times in bag:
        out = min(times, lowest)
        lowest -= out
        taken.append((value, out))
        rest.append((value, times - out))
    return [pair for pair in taken if pair[1]], [pair for pair in rest if pair[1]]


def trimmed(bag: Bag, tiers: tuple[Tier, ...]) -> tuple[Bag, Bag, Bag]:
    """(kept, lowest removed, highest removed) by the first tier that n reaches."""
    n = size(bag)
    for tier in tiers:
        if n >= tier.at_least:
            highest, lowest = tier.cut(n)
            if highest + lowest >= n:
                return bag, [], []
            low, rest = split(bag, lowest)
            kept, high = split(rest, n - lowest - highest)
            return kept, low, high
    return bag, [], []


def statistic(bag: Bag, name: str) -> Fraction:
    if name == "sum":
        return total(bag)
    if name == "highest":
        return bag[-1][0]
    if name == "lowest":
        return bag[0][0]
    if name == "median":
        return _median(bag)
    return total(bag) / size(bag)


def _median(bag: Bag) -> Fraction:
    n = size(bag)
    below, _ = split(bag, (n - 1) // 2 + 1)
    upto, _ = split(bag, n // 2 + 1)
    return (below[-1][0] + upto[-1][0]) / 2


def told_bag(bag: Bag) -> list[dict[str, Any]]:
    return [{"score": text(value), "n": times} for value, times in reversed(bag)]


def listed(bag: Bag) -> str:
    return "、".join(text(value) for value, times in reversed(bag) for _ in range(min(times, 20)))


def parse_trim(fields: Fields, key: str = "trim") -> tuple[Tier, ...]:
    """One rule or several, the largest n first: {above: 20, highest: 2, lowest: 2}."""
    raw = fields.raw(key)
    if raw is None:
        return ()
    items = [(fields.at(key), raw)] if not isinstance(raw, list | tuple) else fields.items(key)
    tiers = [_tier(Fields(item, path, fields.problems)) for path, item in items]
    return tuple(sorted(tiers, key=lambda tier: -tier.at_least))


def _tier(fields: Fields) -> Tier:
    amounts = [fields.number_or(name, 0) for name in ("highest", "lowest")]
    for name, amount in zip(("highest", "lowest"), amounts, strict=True):
        if amount < 0 or (amount.denominator > 1 and amount >= Fraction(1, 2)):
            fields.problem(name, "应为去掉的个数（整数），或小于 50% 的比例")
    if not any(amounts):
        fields.problem("highest", "highest 与 lowest 至少写一个")
    counts = sum(int(amount) for amount in amounts if amount.denominator == 1)
    if fields.has("above") and fields.has("from"):
        fields.problem("above", "above（多于）与 from（不少于）只能写一个")
    at_least = fields.whole("above", -1, -1) + 1 or fields.whole("from", counts + 1)
    if at_least <= counts:
        fields.problem("above", f"去掉 {counts} 个分数后至少要剩一个，人数门槛应不低于 {counts}")
    mode = fields.choice("rounding", TRIM_ROUNDING, "floor")
    fields.done()
    return Tier(at_least, amounts[0], amounts[1], mode)
