"""The process that opens uploads: `python -m common.excel.child < FILE`.

It limits itself before it looks at the file, prints one JSON value a line (a sheet, its rows, the
next sheet, …, the end) and knows nothing of Django.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any, TextIO

from common.excel import limits
from common.excel.delimited import DelimitedReader
from common.excel.package import TOO_LARGE
from common.excel.sniffing import TEXT, XLSX, sniff
from common.excel.workbook import Cell, Sheet, UnreadableWorkbook
from common.excel.xls import XlsReader
from common.excel.xlsx import XlsxReader

DEFAULTS = Cell("")


def read_sheets(data: bytes) -> tuple[str, Any]:
    kind = sniff(data)
    reader = {XLSX: XlsxReader, TEXT: DelimitedReader}.get(kind, XlsReader)
    return kind, reader(data)


def pack_cell(column: int, cell: Cell) -> list[object]:
    """Column and value, and the rest only as far as it says something."""
    packed = [column, *cell]
    while len(packed) > 2 and packed[-1] == DEFAULTS[len(packed) - 2]:
        packed.pop()
    return packed


def write_sheet(sheet: Sheet, out: TextIO) -> None:
    head = [sheet.name, sheet.hidden, sheet.merges, sheet.hidden_columns, sheet.filtered]
    out.write(json.dumps({"sheet": head}) + "\n")
    for row in sheet.rows:
        cells = [pack_cell(column, cell) for column, cell in row.cells.items()]
        out.write(json.dumps([row.number, row.hidden, cells]) + "\n")


def answer(data: bytes, out: TextIO) -> None:
    try:
        kind, reader = read_sheets(data)
        for sheet in reader.sheets():
            write_sheet(sheet, out)
        out.write(json.dumps({"end": kind, "notices": reader.notices}) + "\n")
    except UnreadableWorkbook as error:
        out.write(json.dumps({"error": str(error)}) + "\n")
    except (MemoryError, RecursionError):
        out.write(json.dumps({"error": TOO_LARGE}) + "\n")


def limit_this_process() -> None:
    seconds, space = limits.CHILD_CPU_SECONDS, limits.CHILD_ADDRESS_SPACE
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)


if __name__ == "__main__":
    limit_this_process()
    answer(sys.stdin.buffer.read(), sys.stdout)
