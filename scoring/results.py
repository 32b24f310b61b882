"""What comes out for one subject."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.numbers import text


@dataclass(frozen=True)
class Result:
    value: Fraction | None  # exact, unrounded: ranks use this
    rounded: Decimal | None  # as published
    band: str | None
    explanation: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Fraction | None] = field(default_factory=dict)  # every node with a key
    ns: dict[str, int] = field(default_factory=dict)  # ballots behind them
    limits: tuple[str, ...] = ()  # bands a gate allows at most
    exempt: bool = False
    eligible: bool = True  # False: a condition for taking part is not met; no place, no band

    def data(self) -> dict[str, Any]:
        return {
            "value": None if self.value is None else text(self.value),
            "rounded": None if self.rounded is None else str(self.rounded),
            "band": self.band,
            "explanation": self.explanation,
        }


def to_json(data: Any) -> str:
    """Canonical: sorted keys, Chinese as is, exact numbers as text. Same data, same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, default=_text)


def _text(value: object) -> str:
    return text(value) if isinstance(value, Fraction) else str(value)
