"""Spreadsheets to download: streamed, ready to print on A4, with widths that fit Chinese text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from common.excel.cells import NARROWEST, WIDEST, safe_cell, safe_csv, width_of

LOOKED_AT = 200
A4 = 9  # the number of the paper size in the file format
WIDE_PAGE = 90  # more characters than that do not fit a portrait A4
HEAD_FONT, TITLE_FONT, NOTE_FONT = Font(bold=True), Font(bold=True, size=16), Font(size=10)
HEAD_FILL = PatternFill("solid", start_color="F2E9E4")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center")
WRAPPED = Alignment(vertical="center", wrap_text=True)
THIN = Side(style="thin", color="999999")
BOXED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def write_workbook(  # noqa: PLR0913 (what stands above, in and below the table)
    out: str | BinaryIO,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    note: str = "",
    foot: str = "",
    mark: str = "",
    boxed: bool = False,
    sheet_name: str = "Sheet1",
) -> int:
    """One sheet to a path or an open file; the number of rows that went in."""
    book = new_book()
    words = {"title": title, "note": note, "foot": foot, "mark": mark}
    written = add_sheet(book, headings, rows, sheet_name=sheet_name, boxed=boxed, **words)
    book.save(out)
    return written


def new_book() -> Workbook:
    """A book for `add_sheet`, streamed to disk as it grows."""
    return Workbook(write_only=True)


def add_sheet(  # noqa: PLR0913 (what stands above, in and below the table)
    book: Workbook,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    note: str = "",
    foot: str = "",
    mark: str = "",
    boxed: bool = False,
    sheet_name: str = "Sheet1",
) -> int:
    """Rows are taken one at a time; widths come from the headings and the first rows.

    `title`, then `note` (unit, period, day) stand over the table, `foot` (who signs) under it;
    `mark` is printed at the head of every page.
    """
    sheet = book.create_sheet(sheet_title(book, sheet_name))
    rows = iter(rows)
    first = list(islice(rows, LOOKED_AT))
    lines = [(title, TITLE_FONT, CENTRED)] if title else []
    lines += [(note, NOTE_FONT, LEFT)] if note else []
    _set_up(sheet, _widths(headings, first), len(lines) + 1, mark)
    for number, line in enumerate(lines, start=1):
        _line(sheet, number, line, len(headings))
    written = _table(sheet, headings, chain(first, rows), at=len(lines) + 1, boxed=boxed)
    if foot:
        below = len(lines) + written + 2
        _line(sheet, below, (foot, NOTE_FONT, LEFT), len(headings))
    return written


def _table(
    sheet: Any,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    at: int,
    boxed: bool,
) -> int:
    """Headings in row `at`, the rows below, and a filter over both."""
    sheet.append([_head(sheet, heading) for heading in headings])
    held = _boxed if boxed else _wrapped
    written = 0
    for row in rows:
        sheet.append([held(sheet, value) for value in row])
        written += 1
    sheet.auto_filter.ref = f"A{at}:{get_column_letter(max(len(headings), 1))}{at + written}"
    return written


def _line(sheet: Any, row: int, line: tuple[str, Font, Alignment], width: int) -> None:
    """One text over the whole width of the table."""
    text, font, alignment = line
    cell = _string(sheet, text)
    cell.font, cell.alignment = font, alignment
    sheet.append([cell])
    if width > 1:
        sheet.merged_cells.add(f"A{row}:{get_column_letter(width)}{row}")


def _wrapped(sheet: Any, value: Any) -> Any:
    """Long texts go on in the next line: on paper nothing is cut off."""
    held = safe_cell(sheet, value)
    if isinstance(value, str) and (len(value) > WIDEST // 2 or "\n" in value):
        held = held if isinstance(held, Cell) else WriteOnlyCell(sheet, value=held)
        held.alignment = WRAPPED
    return held


def _boxed(sheet: Any, value: Any) -> Cell:
    """A cell of a ledger: ruled and wrapped, figures and days in the middle."""
    held = safe_cell(sheet, value)
    held = held if isinstance(held, Cell) else WriteOnlyCell(sheet, value=held)
    held.border = BOXED
    held.alignment = WRAPPED if isinstance(value, str) else CENTRED
    return held


def sheet_title(book: Workbook, name: str) -> str:
    """A name that Excel allows: at most 31 signs, none of []:*?/\\, not there yet."""
    clean = "".join(sign for sign in name if sign not in "[]:*?/\\").strip("'")[:28] or "Sheet"
    taken = {title.lower() for title in book.sheetnames}
    title, number = clean, 1
    while title.lower() in taken:
        number += 1
        title = f"{clean}{number}"
    return title


def _widths(headings: Sequence[str], rows: list[Sequence[Any]]) -> list[int]:
    widths = [width_of(heading) for heading in headings]
    for row in rows:
        for index, value in enumerate(row[: len(widths)]):
            widths[index] = max(widths[index], width_of(value))
    return [min(max(width + 2, NARROWEST), WIDEST) for width in widths]


def _set_up(sheet: Any, widths: list[int], head_row: int, mark: str) -> None:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if sum(widths) > WIDE_PAGE else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if mark:
        sheet.oddHeader.right.text = mark.replace("&", "")


def _head(sheet: Any, heading: str) -> Cell:
    cell = _string(sheet, heading)
    cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, CENTRED, BOXED
    return cell


def _string(sheet: Any, text: str) -> Cell:
    held = safe_cell(sheet, text)
    return held if isinstance(held, Cell) else WriteOnlyCell(sheet, value=held)


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV for Excel, line by line: with a byte order mark, every field quoted, nothing live."""
    yield "\ufeff".encode()
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for row in chain([headings], rows):
        writer.writerow([safe_csv(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
