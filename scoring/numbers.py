"""Exact numbers: reading, rounding, writing. No float survives the door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NUMBER = re.compile(r"([+-]?)(\d{1,15})(?:\.(\d{1,15}))?")
RATIO = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")
FLOAT = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?", re.IGNORECASE)
MODES = {
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "half_down": "五舍六入",
    "down": "舍去",
    "up": "进一",
}
LARGEST = 10**15


@dataclass(frozen=True)
class Rounding:
    digits: int
    mode: str = "half_up"

    @property
    def text(self) -> str:
        place = f"保留 {self.digits} 位小数" if self.digits else "取整数"
        return f"{place}（{MODES[self.mode]}）"


def exact(raw: object) -> Fraction:
    """The number that was written: 88.5 is 177/2, also when it comes as a float."""
    if isinstance(raw, bool) or raw is None:
        raise ValueError("应为数字")
    if isinstance(raw, int | Fraction):
        number = Fraction(raw)
    elif isinstance(raw, float | Decimal):
        number = _from_float(str(raw))
    elif isinstance(raw, str):
        number = _from_text(raw.strip())
    else:
        raise ValueError("应为数字")
    if abs(number) > LARGEST:
        raise ValueError("数字过大")
    return number


def _from_float(text: str) -> Fraction:
    if not FLOAT.fullmatch(text) or abs(Decimal(text)) > LARGEST:
        raise ValueError("应为有限的数字")
    return Fraction(text)


def _from_text(text: str) -> Fraction:
    scale = 1
    if text.endswith(("%", "％")):
        text, scale = text[:-1].rstrip(), 100
    ratio = RATIO.fullmatch(text)
    if ratio and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2])) / scale
    if not NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:20]}”不是数字")
    return Fraction(text) / scale


def rounded(number: Fraction, rule: Rounding) -> Fraction:
    """Rounded away from or towards zero, so that -0.5 mirrors 0.5."""
    return Fraction(scaled(*number.as_integer_ratio(), rule), 10**rule.digits)


def scaled(above: int, below: int, rule: Rounding) -> int:
    """above/below (below > 0) rounded, in units of the last digit."""
    sign = -1 if above < 0 else 1
    ten: int = 10**rule.digits
    whole, rest = divmod(abs(above) * ten, below)
    twice = 2 * rest - below
    if rule.mode == "half_up":
        return sign * (whole + (twice >= 0))
    up = {
        "half_down": twice > 0,
        "half_even": twice > 0 or (twice == 0 and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[rule.mode]
    return sign * (whole + up)


def as_decimal(number: Fraction, rule: Rounding) -> Decimal:
    return Decimal(scaled(*number.as_integer_ratio(), rule)).scaleb(-rule.digits)


def text(number: Fraction) -> str:
    """A finite decimal where there is a short one, else the fraction."""
    if number.denominator == 1:
        return str(number.numerator)
    for digits in range(1, 10):
        if 10**digits % number.denominator == 0:
            return str(as_decimal(number, Rounding(digits)))
    return f"{number.numerator}/{number.denominator}"


def percent(share: Fraction) -> str:
    whole = share * 100
    if 10**4 % whole.denominator == 0:
        return f"{text(whole)}%"
    return text(share)


def shown(number: Fraction, digits: int, mode: str = "half_up") -> str:
    return str(as_decimal(number, Rounding(digits, mode)))


def about(number: Fraction, digits: int) -> str:
    """`= 8.73` when that is all of it, `≈ 8.33` when digits were left out."""
    rule = Rounding(digits)
    sign = "=" if rounded(number, rule) == number else "≈"
    return f"{sign} {as_decimal(number, rule)}"
