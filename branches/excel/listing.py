"""Plain lists: one heading, one thing a row. What a kind of list needs is a tuple of columns.

Used for windows here; service items, indicators, contests and ledgers of higher apps bring their
own columns. Rosters have a reader of their own (`roster`): people come in more shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from branches.excel.grid import Grid
from branches.excel.headings import LONGEST, plain_heading
from branches.excel.outcome import (
    IMPORTED,
    SKIPPED,
    STRUCTURE,
    Problem,
    RowFate,
    SheetColumn,
)
from branches.excel.rows import FOOTNOTE, SAMPLE, SIGNATURE, SUBTOTAL
from branches.excel.text import NOTHING, folded, tidy, written
from common.excel.workbook import ERROR, FORMULA, Cell, Sheet, Workbook, column_letter

HEADING_WITHIN = 60


class BadValue(ValueError):
    """The cell cannot be taken; the message says why and what to do."""


class Doubtful(NamedTuple):
    """A value that went in, and what somebody should look at."""

    value: Any
    hint: str


def text_of(cell: Cell) -> str | None:
    text = tidy(written(cell))
    return None if folded(text) in NOTHING else text


def lines_of(cell: Cell) -> str | None:
    """Text whose lines are kept."""
    lines = [tidy(line) for line in str(cell.value or "").splitlines()]
    text = "\n".join(line for line in lines if line)
    return None if folded(text) in NOTHING else text


@dataclass(frozen=True)
class ListColumn:
    """`pattern` is matched against the plain heading; `read` makes a value of a filled cell."""

    key: str
    label: str
    pattern: str
    guide: str = ""
    required: bool = False
    longest: int = 0
    read: Callable[[Cell], Any] = text_of


@dataclass(slots=True)
class ListedRow:
    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """A file read as a list: like a `Roster`, with a `ListedRow` where that has a person."""

    digest: str
    fates: list[RowFate] = field(default_factory=list)
    columns: list[SheetColumn] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    file_errors: list[str] = field(default_factory=list)


def read_listing(
    workbook: Workbook,
    columns: Sequence[ListColumn],
    *,
    noun: str,
    meanings: dict[str, str | None] | None = None,
) -> Listing:
    listing = Listing(workbook.digest)
    listing.notices = [Problem("", None, None, notice, "file") for notice in workbook.notices]
    for sheet in workbook.sheets:
        _read_sheet(sheet, columns, listing, meanings or {})
    if not listing.columns:
        needed = "、".join(f"“{column.label}”" for column in columns if column.required)
        listing.file_errors.append(f"没有找到写着{needed}的表头。请下载模板，或更正列的含义。")
    elif not any(fate.person for fate in listing.fates):
        listing.file_errors.append(f"表里没有一个{noun}。请在表头下面每个{noun}填写一行后再上传。")
    return listing


def field_of(text: str, columns: Sequence[ListColumn], meanings: dict) -> str | None:
    plain = plain_heading(text) if len(text) <= LONGEST else ""
    if plain in meanings:
        return meanings[plain]
    return next((c.key for c in columns if plain and re.fullmatch(c.pattern, plain)), None)


def _read_sheet(
    sheet: Sheet, columns: Sequence[ListColumn], listing: Listing, meanings: dict
) -> None:
    grid = Grid(sheet)
    top, places = (0, {}) if sheet.hidden else _heading(grid, columns, meanings)
    if not top:
        reason = "隐藏的工作表，未读取" if sheet.hidden else "没有认得的表头，未读取"
        listing.fates += [RowFate(sheet.name, row.number, SKIPPED, reason) for row in sheet.rows]
        return
    fields = {number: key for key, number in places.items()}
    for number, text in grid.texts(top):
        letter, plain = column_letter(number), plain_heading(text)
        described = SheetColumn(sheet.name, number, letter, text, fields.get(number), plain)
        listing.columns.append(described)
    for row in sheet.rows:
        listing.fates.append(_fate(grid, row.number, top, columns, places))


def _heading(
    grid: Grid, columns: Sequence[ListColumn], meanings: dict
) -> tuple[int, dict[str, int]]:
    """The first row that names every required column, or two columns of which one is required."""
    required = {column.key for column in columns if column.required}
    for row in grid.sheet.rows[:HEADING_WITHIN]:
        places: dict[str, int] = {}
        for number, text in grid.texts(row.number):
            key = field_of(text, columns, meanings)
            if key:
                places.setdefault(key, number)
        if required & set(places) and (len(places) > 1 or required <= set(places)):
            return row.number, places
    return 0, {}


def _fate(
    grid: Grid, number: int, top: int, columns: Sequence[ListColumn], places: dict[str, int]
) -> RowFate:
    sheet = grid.sheet.name
    if number <= top:
        return RowFate(sheet, number, STRUCTURE, "标题、表头")
    reason = _reason_to_skip(grid, number, places)
    if reason:
        return RowFate(sheet, number, SKIPPED, reason)
    fate = RowFate(sheet, number, IMPORTED)
    letters = {key: column_letter(place) for key, place in places.items()}
    fate.person = ListedRow(sheet, number, letters=letters)
    for column in columns:
        place = places.get(column.key)
        _read_cell(fate, column, grid.cell(number, place) if place else None)
    return fate


def _reason_to_skip(grid: Grid, number: int, places: dict[str, int]) -> str:
    row, texts = grid.rows[number], grid.texts(number)
    if not texts:
        return "空行"
    if row.hidden and not grid.sheet.filtered:
        return "隐藏的行，未导入"
    first = folded(texts[0][1])[:200]
    if SUBTOTAL.fullmatch(first) or FOOTNOTE.fullmatch(first):
        return "合计、说明行"
    if len(texts) <= 4 and SIGNATURE.fullmatch(first):
        return "签字、填报行"
    if SAMPLE.fullmatch(first):
        return "样例行"
    filled = {column for column, _ in texts}
    return "" if filled & set(places.values()) else "没有可导入的内容"


def _read_cell(fate: RowFate, column: ListColumn, cell: Cell | None) -> None:
    letter = fate.person.letters.get(column.key)
    try:
        value = _value(column, cell)
    except BadValue as error:
        fate.reject(letter, f"{column.label}：{error}", "bad_value")
        return
    if isinstance(value, Doubtful):
        fate.warn(letter, f"{column.label}：{value.hint}", "doubtful")
        value = value.value
    if value is None and column.required and letter:
        fate.reject(letter, f"{column.label}为空", "missing")
    elif value is not None:
        fate.person.values[column.key] = value


def _value(column: ListColumn, cell: Cell | None) -> Any:
    if cell is None or cell.value is None:
        if cell is not None and cell.kind == FORMULA:
            raise BadValue("单元格是公式且没有计算结果，请改为文本重填")
        return None
    if cell.kind == ERROR:
        raise BadValue(f"单元格是错误值“{written(cell)[:20]}”")
    value = column.read(cell)
    if column.longest and isinstance(value, str) and len(value) > column.longest:
        raise BadValue(f"有 {len(value)} 个字，最多 {column.longest} 字")
    return value
