"""Rates with n, interval and definition: 满意率 has several meanings, so each says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from scoring.errors import InputError, Problem, RecipeError
from scoring.numbers import Rounding, as_decimal, percent, text
from scoring.reading import Fields, as_key
from scoring.scales import whole

QUANTILES = {"90%": "1.6448536269514722", "95%": "1.959963984540054", "99%": "2.5758293035489008"}
PLACES = Decimal("0.0001")


def wilson_interval(k: int, n: int, *, confidence: str = "95%") -> tuple[Decimal, Decimal]:
    """Wilson score interval of k of n, as shares between 0 and 1 with four digits.

    Nothing is known about 0 of 0: the interval is all of [0, 1].
    """
    if not 0 <= k <= n:
        raise InputError("k", "应有 0 ≤ k ≤ n")
    if confidence not in QUANTILES:
        raise InputError("confidence", f"可选：{'、'.join(QUANTILES)}")
    if n == 0:
        return Decimal("0.0000"), Decimal("1.0000")
    with localcontext() as context:
        context.prec = 40
        z = Decimal(QUANTILES[confidence])
        share, size = Decimal(k) / n, Decimal(n)
        middle = share + z * z / (2 * size)
        spread = z * (share * (1 - share) / size + z * z / (4 * size * size)).sqrt()
        below = 1 + z * z / size
        low, high = (middle - spread) / below, (middle + spread) / below
    low = Decimal(0) if k == 0 else low
    high = Decimal(1) if k == n else high
    return low.quantize(PLACES), high.quantize(PLACES)


def satisfaction(counts: Mapping[str, int], definition: Mapping[str, Any]) -> dict[str, Any]:
    """A rate of `counts` by `definition` {levels or weights, unknown, unknown_in_denominator, …}.

    Every level of `counts` that is not 不了解 is in the denominator.
    """
    problems: list[Problem] = []
    fields = Fields(definition, "definition", problems)
    weights = _weights(fields)
    unknown = set(fields.names("unknown"))
    counted = fields.flag("unknown_in_denominator")
    digits, minimum = fields.whole("digits", 2), fields.whole("minimum_n")
    confidence = fields.choice("confidence", QUANTILES, "95%")
    label = fields.text("label", "满意率")
    fields.done()
    if problems:
        raise RecipeError.of(problems)
    votes = {as_key(level): whole(n, f"counts.{level}") for level, n in counts.items()}
    base = sum(n for level, n in votes.items() if counted or level not in unknown)
    told = _told(label, weights, counted, base)
    if not base or base < minimum:
        reason = f"只有 {base} 份有效评价，不足 {minimum} 份，不计算" if base else "没有有效评价"
        return told | {"share": None, "shown": None, "reason": reason}
    share = sum((w * votes.get(level, 0) for level, w in weights.items()), Fraction(0)) / base
    told |= {"share": text(share), "shown": str(as_decimal(share * 100, Rounding(digits)))}
    return told | _interval(votes, weights, base, confidence)


def _weights(fields: Fields) -> dict[str, Fraction]:
    if fields.has("levels") == fields.has("weights"):
        fields.problem("levels", "要写 levels（哪几档算满意）或 weights（每档的系数），二者之一")
    if fields.has("weights"):
        inner = fields.inner("weights")
        return {level: inner.share(level) or Fraction(0) for level in inner.data}
    return dict.fromkeys(fields.names("levels"), Fraction(1))


def _told(label: str, weights: Mapping[str, Fraction], counted: bool, base: int) -> dict[str, Any]:
    parts = [level if w == 1 else f"{level}×{percent(w)}" for level, w in weights.items() if w]
    where = "计入" if counted else "不计入"
    return {
        "label": label,
        "n": base,
        "definition": f"{label} =（{' + '.join(parts)}）÷ 有效票，不了解{where}分母",
    }


def _interval(
    votes: Mapping[str, int], weights: Mapping[str, Fraction], base: int, confidence: str
) -> dict[str, Any]:
    """Only a plain share of ballots has a Wilson interval; a weighted one has none."""
    if any(weight not in (0, 1) for weight in weights.values()):
        return {"k": None, "low": None, "high": None, "interval": "加权满意率不给区间"}
    k = sum(votes.get(level, 0) for level, weight in weights.items() if weight)
    low, high = wilson_interval(k, base, confidence=confidence)
    return {"k": k, "low": str(low), "high": str(high), "interval": f"Wilson {confidence} 置信区间"}
