"""What a cell of a list may hold: `read` functions for ListColumn. Values are what JSON can carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from branches.excel.dates import BadDate, read_date
from branches.excel.listing import BadValue, Doubtful, lines_of, text_of
from branches.excel.text import folded, written
from common.excel.workbook import NUMBER, Cell

__all__ = ["choice_of", "day_of", "figure_of", "lines_of", "text_of", "whole_of"]

FIGURE = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,6})?")
FINEST = Decimal("0.000001")
FAR = date(2099, 12, 31)  # deadlines lie ahead; “26.9.30” is then 2026, with a hint


def figure_of(cell: Cell) -> str | None:
    """A figure as text of a Decimal: 1,234.50 → 1234.5, 96.2% → 96.2, 12 分 → 12."""
    text = folded(text_of(cell) or "")
    if not text:
        return None
    if cell.kind == NUMBER:
        text = f"{Decimal(str(cell.value)).quantize(FINEST):f}"  # 0.1 + 0.2 is 0.3 here
    bare = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)
    bare = re.sub(r"(分|次|件|个|人|元|%|天|日|项|名|户|起|位|票|条|场)$", "", bare)
    if not FIGURE.fullmatch(bare):
        raise BadValue(f"“{text[:30]}”不是数")
    if cell.kind == NUMBER and "%" in cell.format:
        bare = str(Decimal(bare) * 100)  # Excel keeps 96.2 % as 0.962
    figure = Decimal(bare).normalize()
    return f"{figure:f}"


def whole_of(cell: Cell) -> int | None:
    """A count: no fraction, not below zero."""
    text = figure_of(cell)
    if text is None:
        return None
    figure = Decimal(text)
    if figure != figure.to_integral_value() or figure < 0:
        raise BadValue(f"“{written(cell)[:30]}”应为不小于 0 的整数")
    return int(figure)


def day_of(cell: Cell) -> str | Doubtful | None:
    """A whole day as ISO text, past or to come; a month or a year alone is refused, none is invented."""
    try:
        found = read_date(cell, today=FAR)
    except BadDate as error:
        raise BadValue(str(error)) from error
    if found.date is None:
        return None
    if found.date.day is None:
        raise BadValue(f"“{written(cell)[:30]}”没有写到日")
    return Doubtful(found.date.value, found.hint) if found.hint else found.date.value


def choice_of(choices: Mapping[str, str]) -> Callable[[Cell], str | None]:
    """One of `choices` (what people write → what is kept); everything else is refused by name."""
    known = {folded(word).upper(): value for word, value in choices.items()}

    def read(cell: Cell) -> str | None:
        text = text_of(cell)
        if text is None:
            return None
        try:
            return known[folded(text).upper()]
        except KeyError:
            raise BadValue(f"“{text[:30]}”不在“{'、'.join(choices)}”之中") from None

    return read
