"""Resident ID numbers (GB 11643): cleaned, never repaired; the area code is not looked at."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from branches.excel.dates import BadDate, PartialDate, valid
from branches.excel.text import NOTHING, QUOTES, folded
from common.excel.workbook import ERROR, FORMULA, TEXT, Cell

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LONGEST = 60
CHECK_DIGITS = "10X98765432"
LOOKALIKES = str.maketrans({"×": "X", "Х": "X", "χ": "X", "Χ": "X", "╳": "X"})


class BadIdNumber(ValueError):
    """Not a number that can be taken; the message says why and what to do."""


class IdNumber(NamedTuple):
    """`number` is None where there is nothing to keep; the rest is what the digits tell."""

    number: str | None = None
    birth: PartialDate | None = None
    gender: str = ""
    hint: str = ""


def check_digit(first17: str) -> str:
    return CHECK_DIGITS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def read_id_number(cell: Cell | None, *, today: date) -> IdNumber:
    if cell is None:
        return IdNumber(hint="身份证号为空")
    if cell.kind == FORMULA:
        raise BadIdNumber("身份证号是公式且没有计算结果，请改为文本重填")
    if cell.kind != TEXT:
        reason = "单元格是错误值" if cell.kind == ERROR else "身份证号存成了数字，末几位可能已丢失"
        raise BadIdNumber(f"{reason}，请把该列设为文本格式后重新填写")
    text = folded(str(cell.value)).strip(QUOTES + '"').upper().replace("-", "")
    if len(text) > LONGEST:
        raise BadIdNumber(f"身份证号有 {len(text)} 个字，应为 18 位")
    if text in NOTHING:
        return IdNumber(hint="身份证号为空")
    return _read(_ascii(text), today)


def _ascii(text: str) -> str:
    """Digits of other scripts are folded; a multiplication sign at the end is an X."""
    text = "".join(str(unicodedata.digit(c, c)) if c.isdecimal() else c for c in text)
    return text[:-1] + text[-1:].translate(LOOKALIKES)


def _read(text: str, today: date) -> IdNumber:
    if "*" in text or "＊" in text or re.search(r"[0-9]X{3,}[0-9]", text):
        raise BadIdNumber("身份证号是脱敏号（含 *），请填写完整号码")
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", text):
        raise BadIdNumber("身份证号成了科学计数，末几位已丢失，请把该列设为文本格式后重新填写")
    if re.fullmatch(r"[0-9]{15}", text):
        return _read_old(text, today)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        if re.fullmatch(r"[0-9]+X?", text):
            raise BadIdNumber(f"身份证号是 {len(text)} 位，应为 18 位")
        raise BadIdNumber("身份证号应为 18 位数字（末位可为 X）")
    birth = _birth(text[6:14], today)
    if check_digit(text[:17]) != text[17]:
        raise BadIdNumber("身份证号校验码不对，请核对每一位")
    hint = "身份证号以 000 结尾，可能曾存成数字而丢失末位，请核对" if text.endswith("000") else ""
    return IdNumber(text, birth, _gender(text[16]), hint)


def _read_old(text: str, today: date) -> IdNumber:
    birth = _birth("19" + text[6:12], today)
    return IdNumber(None, birth, _gender(text[14]), "是 15 位旧身份证号，未采用，请补填 18 位号码")


def _birth(digits: str, today: date) -> PartialDate:
    try:
        birth = valid(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except BadDate as error:
        raise BadIdNumber(f"身份证号中的出生日期不存在（{error}）") from error
    if birth.precision != "day" or not date(1900, 1, 1) <= birth.first <= today:
        raise BadIdNumber(f"身份证号中的出生日期 {digits} 不合理")
    return birth


def _gender(digit: str) -> str:
    return "男" if int(digit) % 2 else "女"
