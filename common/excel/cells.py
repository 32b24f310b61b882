"""Text on its way into a spreadsheet: it stays text, in Excel and in CSV (reliability G1)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LIVE = re.compile(r"^\s*[=+\-@＝＋－＠\t\r\n|%#]")  # noqa: RUF001 — the full-width ones count as well
LONGEST = 32_767
WIDEST, NARROWEST = 50, 6


def plain(value: Any) -> str | int | float | date | None:
    """What a cell may hold: numbers, days, and text without signs that XML forbids."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]


def safe_cell(sheet: Any, value: Any) -> Any:
    """What to append for a value, so that no program takes it for a formula or an error.

    Ordinary text goes in as it is; what looks live becomes a cell typed as a string and quoted.
    """
    if type(value) is str and value.isprintable() and not LIVE.match(value):
        return value[:LONGEST]
    held = plain(value)
    if isinstance(held, str) and LIVE.match(held):
        cell = WriteOnlyCell(sheet, value=held)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    if isinstance(held, date):
        cell = WriteOnlyCell(sheet, value=held)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return held


def safe_csv(value: Any) -> str:
    held = plain(value)
    text = "" if held is None else str(held)
    return f"'{text}" if isinstance(held, str) and LIVE.match(text) else text


def width_of(value: Any) -> int:
    """Columns of a monospaced screen: a Chinese character takes two."""
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in x) for x in lines)
