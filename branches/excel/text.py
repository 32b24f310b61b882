"""Cleaning what people type, without changing what they mean."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from common.excel.workbook import DATE, TEXT, Cell

REMEMBERED = 4096  # a row looks at its cells again and again, and columns repeat their words
QUOTES = "'‘’`´＇"
CODE = re.compile(r"^[A-Za-z0-9]{1,8}\s*[_\-－—.．、:：|/ ]+\s*(?=[一-鿿])")
TICKED = frozenset("√✓✔☑■●◆V") | {"是", "有", "Y", "YES", "TRUE", "1", "对", "对勾", "✅", "○"}
UNTICKED = frozenset("×✗✘☐□-—/╳X") | {"否", "无", "N", "NO", "FALSE", "0", ""}
NOTHING = frozenset(
    ("", "无", "/", "-", "--", "—", "——", "\\", "空", "暂无", "不详", "未知", "N/A")
)
CHECKBOX = re.compile(r"[☑■✔√✓]\s*([一-鿿]{1,10})")


def without_invisible(text: str) -> str:
    """NFC, control signs to spaces, format signs (zero-width, bidi) gone."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if category == "Cc":
            kept.append(" ")
        elif category != "Cf":
            kept.append(sign)
    return "".join(kept)


@lru_cache(maxsize=REMEMBERED)
def tidy(text: str) -> str:
    """One line, single spaces, nothing invisible."""
    return " ".join(without_invisible(text).split())


@lru_cache(maxsize=REMEMBERED)
def folded(text: str) -> str:
    """For comparing only: half-width, without any white space."""
    return "".join(unicodedata.normalize("NFKC", without_invisible(text)).split())


def written(cell: Cell | None) -> str:
    """The cell as one tidy line of text, numbers without a needless .0."""
    if cell is None or cell.value is None:
        return ""
    if cell.kind in (TEXT, DATE):
        return tidy(str(cell.value))
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    if isinstance(cell.value, bool):
        return "是" if cell.value else "否"
    return str(cell.value)


def without_code(text: str) -> str:
    """223_正式党员 → 正式党员."""
    return CODE.sub("", text)


def chosen(text: str) -> str:
    """The ticked one of “☑正式党员 □预备党员”; other texts unchanged."""
    if "□" in text or "☐" in text or "☑" in text:
        ticked = CHECKBOX.findall(text)
        return ticked[0] if len(ticked) == 1 else ""
    return text


def is_ticked(text: str) -> bool | None:
    """Whether a cell of a tick matrix is ticked; None when it is neither."""
    sign = folded(text).upper()
    if sign in TICKED:
        return True
    return False if sign in UNTICKED else None
