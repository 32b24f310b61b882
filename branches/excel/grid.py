"""A sheet with its merged areas looked through: every covered cell shows what its area shows."""

from __future__ import annotations

from branches.excel.text import written
from common.excel.workbook import Cell, Merge, Row, Sheet

NO_CELLS = Row(0, {})
COVERED_AT_MOST = 400_000


class Grid:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = {row.number: row for row in sheet.rows}
        self.last_row = sheet.rows[-1].number if sheet.rows else 0
        self.last_column = max((max(row.cells) for row in sheet.rows), default=0)
        self._areas: dict[tuple[int, int], Merge] = {}
        for merge in sheet.merges:
            self._cover(merge)

    def _cover(self, merge: Merge) -> None:
        bottom = min(merge.bottom, self.last_row)
        right = min(merge.right, self.last_column)
        for row in range(merge.top, bottom + 1):
            if len(self._areas) > COVERED_AT_MOST:
                return
            for column in range(merge.left, right + 1):
                self._areas[row, column] = merge

    def area(self, row: int, column: int) -> Merge | None:
        return self._areas.get((row, column))

    def origin(self, row: int, column: int) -> tuple[int, int]:
        merge = self._areas.get((row, column))
        return (merge.top, merge.left) if merge else (row, column)

    def cell(self, row: int, column: int) -> Cell | None:
        if self._areas:
            row, column = self.origin(row, column)
        return self.rows.get(row, NO_CELLS).cells.get(column)

    def own_cells(self, row: int) -> dict[int, Cell]:
        """The row's cells without those that a merged area above or to the left hides."""
        cells = self.rows.get(row, NO_CELLS).cells
        if not self._areas:
            return cells
        return {
            column: cell
            for column, cell in cells.items()
            if self.origin(row, column) == (row, column)
        }

    def texts(self, row: int) -> list[tuple[int, str]]:
        """Column and text of the row's own filled cells, left to right."""
        pairs = ((column, written(cell)) for column, cell in sorted(self.own_cells(row).items()))
        return [(column, text) for column, text in pairs if text]

    def width(self, row: int, column: int) -> int:
        merge = self._areas.get((row, column))
        return merge.right - merge.left + 1 if merge else 1
