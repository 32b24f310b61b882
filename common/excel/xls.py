"""Reads old .xls workbooks through calamine (values only: no hidden rows, no number formats)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from common.excel import limits
from common.excel.package import BROKEN, TOO_LARGE
from common.excel.workbook import (
    BOOL,
    DATE,
    NUMBER,
    TEXT,
    Cell,
    Merge,
    Row,
    Sheet,
    UnreadableWorkbook,
)
from common.excel.xlsx import TOO_MANY_ROWS


class XlsReader:
    def __init__(self, data: bytes) -> None:
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PasswordError as error:
            raise UnreadableWorkbook("文件设有打开密码，请去掉密码后再上传。") from error
        except (CalamineError, OSError, ValueError) as error:
            raise UnreadableWorkbook(BROKEN) from error
        self.notices: list[str] = []
        self._rows = self._cells = 0

    def sheets(self) -> Iterator[Sheet]:
        for index, metadata in enumerate(self._book.sheets_metadata):
            sheet = Sheet(metadata.name, metadata.visible != SheetVisibleEnum.Visible)
            try:
                self._fill(sheet, index)
            except (CalamineError, ValueError) as error:
                raise UnreadableWorkbook(BROKEN) from error
            yield sheet

    def _fill(self, sheet: Sheet, index: int) -> None:
        source = self._book.get_sheet_by_index(index)
        for (top, left), (bottom, right) in source.merged_cell_ranges or []:
            sheet.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
        left = source.start[1] if source.start else 0
        for number, values in enumerate(source.iter_rows(), start=1):  # from row 1, column `left`
            cells = row_cells(values, left)
            if cells:
                self._rows += 1
                self._cells += len(cells)
                sheet.rows.append(Row(number, cells))
            if self._rows > limits.ROWS:
                raise UnreadableWorkbook(TOO_MANY_ROWS)
            if self._cells > limits.CELLS:
                raise UnreadableWorkbook(TOO_LARGE)


def row_cells(values: list[object], left: int) -> dict[int, Cell]:
    cells = {}
    for column, value in enumerate(values[: limits.COLUMNS], start=left + 1):
        cell = as_cell(value)
        if cell is not None:
            cells[column] = cell
    return cells


def as_cell(value: object) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Cell(value, BOOL)
    if isinstance(value, float):
        return Cell(int(value) if value.is_integer() else value, NUMBER)
    if isinstance(value, int):
        return Cell(value, NUMBER)
    if isinstance(value, datetime.date):  # a datetime is one too
        return Cell(value.isoformat()[:10], DATE)
    return Cell(str(value)[: limits.CELL_TEXT], TEXT)
