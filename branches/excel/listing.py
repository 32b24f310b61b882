"""Plain lists: one heading of one or two rows, one thing a row. A kind of list is a tuple of columns.

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
    choices: Sequence[str] | Callable[[Any], Sequence[str]] = ()  # in the template, of the scope


@dataclass(slots=True)
class ListedRow:
    """`shared` names the values that come from a merged cell which began in a row above."""

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)


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


class Heading(NamedTuple):
    """The last row of the heading, where each field stands, and every column with its words."""

    bottom: int
    places: dict[str, int]
    texts: list[tuple[int, str]]


def _read_sheet(
    sheet: Sheet, columns: Sequence[ListColumn], listing: Listing, meanings: dict
) -> None:
    grid = Grid(sheet)
    heading = None if sheet.hidden else _heading(grid, columns, meanings)
    if heading is None:
        reason = "隐藏的工作表，未读取" if sheet.hidden else "没有认得的表头，未读取"
        listing.fates += [RowFate(sheet.name, row.number, SKIPPED, reason) for row in sheet.rows]
        return
    fields = {number: key for key, number in heading.places.items()}
    for number, text in heading.texts:
        letter, plain = column_letter(number), plain_heading(text)
        described = SheetColumn(sheet.name, number, letter, text, fields.get(number), plain)
        listing.columns.append(described)
    for row in sheet.rows:
        listing.fates.append(_fate(grid, row.number, heading, columns))


def _heading(grid: Grid, columns: Sequence[ListColumn], meanings: dict) -> Heading | None:
    """The first row that names every required column, or two columns of which one is required."""
    required = {column.key for column in columns if column.required}
    for row in grid.sheet.rows[:HEADING_WITHIN]:
        found = _named(row.number, grid.texts(row.number), columns, meanings)
        below = _named(row.number + 1, _two_rows(grid, row.number), columns, meanings)
        best = below if len(below.places) > len(found.places) else found
        named = required & set(best.places)
        if named and (len(best.places) > 1 or required <= set(best.places)):
            return best
    return None


def _named(
    bottom: int, texts: list[tuple[int, str]], columns: Sequence[ListColumn], meanings: dict
) -> Heading:
    places: dict[str, int] = {}
    for number, text in texts:
        if key := field_of(text, columns, meanings) or _field_of_lower(text, columns, meanings):
            places.setdefault(key, number)
    return Heading(bottom, places, texts)


def _field_of_lower(text: str, columns: Sequence[ListColumn], meanings: dict) -> str | None:
    upper, parted, lower = text.rpartition(" / ")
    if not parted or plain_heading(text) in meanings:
        return None
    both = upper + lower  # 责任 / 单位
    return field_of(both, columns, meanings) or field_of(lower, columns, meanings)


def _two_rows(grid: Grid, upper: int) -> list[tuple[int, str]]:
    """Row `upper` over the next: “整改 / 时限”; one word where a cell spans both or stands alone."""
    above, under = dict(grid.texts(upper)), dict(grid.texts(upper + 1))
    if len(above) < 2 or not under:
        return []
    texts = []
    for number in range(1, grid.last_column + 1):
        over = written(grid.cell(upper, number))
        below = under.get(number, "")
        if over and below:
            texts.append((number, f"{over} / {below}"))
        elif below or number in above:
            texts.append((number, below or over))
    return texts


def _fate(grid: Grid, number: int, heading: Heading, columns: Sequence[ListColumn]) -> RowFate:
    sheet, places = grid.sheet.name, heading.places
    if number <= heading.bottom:
        return RowFate(sheet, number, STRUCTURE, "标题、表头")
    reason = _reason_to_skip(grid, number, heading)
    if reason:
        return RowFate(sheet, number, SKIPPED, reason)
    fate = RowFate(sheet, number, IMPORTED)
    letters = {key: column_letter(place) for key, place in places.items()}
    shared = [key for key, place in places.items() if grid.origin(number, place)[0] < number]
    fate.person = ListedRow(sheet, number, letters=letters, shared=shared)
    for column in columns:
        place = places.get(column.key)
        _read_cell(fate, column, _cell(grid, number, place) if place else None)
    return fate


def _cell(grid: Grid, number: int, place: int) -> Cell | None:
    """Looks up through merged areas, not sideways: a text over two columns is the left one's."""
    return grid.cell(number, place) if grid.origin(number, place)[1] == place else None


def _reason_to_skip(grid: Grid, number: int, heading: Heading) -> str:
    row, texts = grid.rows[number], grid.texts(number)
    if not texts:
        return "空行"
    if row.hidden and not grid.sheet.filtered:
        return "隐藏的行，未导入"
    marked = _marked(texts)
    if marked:
        return marked
    words = dict(heading.texts)
    again = sum(1 for column, text in texts if words.get(column, "").endswith(text))
    if again > 1 and again == len(texts):
        return "重复的表头"
    if len(texts) == 1 and grid.width(number, texts[0][0]) > 2:
        return "小标题、说明行"
    filled = {column for column, _ in texts}
    return "" if filled & set(heading.places.values()) else "没有可导入的内容"


def _marked(texts: list[tuple[int, str]]) -> str:
    """Rows that say in their first cell what they are."""
    first = folded(texts[0][1])[:200]
    if SUBTOTAL.fullmatch(first) or FOOTNOTE.fullmatch(first):
        return "合计、说明行"
    if len(texts) <= 4 and SIGNATURE.fullmatch(first):
        return "签字、填报行"
    return "样例行" if SAMPLE.fullmatch(first) else ""


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
