"""Weights: what a list of them adds up to, and the sentence when it does not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.errors import Problem
from scoring.numbers import percent


def settle_weights(
    weights: Sequence[Fraction | None],
    path: str,
    problems: list[Problem],
    *,
    normalise: bool = False,
) -> tuple[Fraction, ...]:
    """Shares that add up to 1: stated as 1, as 100 (%), or not at all (equal)."""
    if all(weight is None for weight in weights):
        return tuple(Fraction(1, len(weights)) for _ in weights)
    for index, weight in enumerate(weights):
        if weight is None:
            problems.append((f"{path}[{index}]", "缺少权重 weight（同一层要么都写，要么都不写）"))
    stated = [weight or Fraction(0) for weight in weights]
    total = sum(stated, Fraction(0))
    if normalise and total > 0:
        return tuple(weight / total for weight in stated)
    if total == 100:
        return tuple(weight / 100 for weight in stated)
    if total != 1:
        problems.append((path, f"权重之和应为 100%，现为 {_sum_text(total)}"))
    return tuple(stated)


def _sum_text(total: Fraction) -> str:
    return percent(total if total <= 2 else total / 100)
