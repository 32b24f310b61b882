"""Mobile numbers: cleaned; what is not one clear number is left out and said."""

from __future__ import annotations

import re

from branches.excel.text import NOTHING, QUOTES, folded, written
from common.excel.workbook import Cell

MOBILE = re.compile(r"1[3-9][0-9]{9}")
SEPARATED = re.compile(r"[/、,;|]|(?<=[0-9]{11})(?=1[3-9][0-9]{9})")


class BadPhone(ValueError):
    """Not one mobile number; the message says why."""


def read_phone(cell: Cell | None) -> str | None:
    text = folded(written(cell))[:100].strip(QUOTES)
    if text in NOTHING:
        return None
    if "*" in text:
        raise BadPhone("手机号是脱敏号（含 *），未采用")
    if len([part for part in SEPARATED.split(text) if part]) > 1:
        raise BadPhone(f"“{text[:40]}”是多个号码，未采用，请只留一个手机号")
    digits = re.sub(r"^(\+|00)?86(?=1)", "", re.sub(r"[-()\s]", "", text))
    if not digits.isascii() or not digits.isdigit():
        raise BadPhone(f"“{text[:40]}”不是手机号，未采用")
    if not MOBILE.fullmatch(digits):
        reason = f"是 {len(digits)} 位，应为 11 位" if len(digits) != 11 else "不是手机号段"
        raise BadPhone(f"手机号“{digits[:20]}”{reason}，未采用")
    return digits
