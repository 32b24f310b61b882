"""Reads .csv and tab-separated text: the encoding and the delimiter are found by looking."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from common.excel import limits
from common.excel.package import TOO_LARGE
from common.excel.workbook import TEXT, Cell, Row, Sheet, UnreadableWorkbook
from common.excel.xlsx import TOO_MANY_ROWS

NOT_TEXT = "文件不是表格，也不是文本；请上传 .xlsx、.xls 或 .csv 文件。"
DELIMITERS = ("\t", ",", ";", "|", "，")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class DelimitedReader:
    def __init__(self, data: bytes) -> None:
        self.notices: list[str] = []
        self._text = decode(data)

    def sheets(self) -> Iterator[Sheet]:
        csv.field_size_limit(4 * limits.CELL_TEXT)
        sheet = Sheet("CSV")
        cells = 0
        try:
            for number, values in enumerate(self._records(), start=1):
                row = as_row(number, values)
                cells += len(row.cells)
                if row.cells:
                    sheet.rows.append(row)
                if len(sheet.rows) > limits.ROWS:
                    raise UnreadableWorkbook(TOO_MANY_ROWS)
                if cells > limits.CELLS:
                    raise UnreadableWorkbook(TOO_LARGE)
        except csv.Error as error:
            raise UnreadableWorkbook("CSV 文件的引号或换行不完整，无法分出行列。") from error
        yield sheet

    def _records(self) -> Iterator[list[str]]:
        lines = io.StringIO(self._text, newline="")
        return csv.reader(lines, delimiter=delimiter_of(self._text), strict=False)


def as_row(number: int, values: list[str]) -> Row:
    row = Row(number, {})
    for column, value in enumerate(values[: limits.COLUMNS], start=1):
        guarded = re.fullmatch(r'\s*="([^"]*)"\s*', value)  # ="0012": text, as Excel exports it
        text = guarded[1] if guarded else value
        if len(text) > limits.CELL_TEXT:
            raise UnreadableWorkbook(f"第 {number} 行有单元格文字过长。")
        if text.strip():
            row.cells[column] = Cell(text, TEXT)
    return row


def decode(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    zeros = data[:4000].count(0)
    if zeros:
        if zeros < len(data[:4000]) // 5:
            raise UnreadableWorkbook(NOT_TEXT)
        even = data[0:4000:2].count(0)
        return _decoded(data, "utf-16-be" if even > zeros // 2 else "utf-16-le")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableWorkbook(NOT_TEXT) from error


def _checked(text: str) -> str:
    if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
        raise UnreadableWorkbook(NOT_TEXT)
    return text


def delimiter_of(text: str) -> str:
    """The sign that cuts most lines into the same number of pieces."""
    lines = [line for line in text[:50_000].splitlines()[:40] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        pieces, alike = counts.most_common(1)[0] if counts else (0, 0)
        return alike * bool(pieces), pieces

    best = max(DELIMITERS, key=agreement)
    return best if agreement(best)[0] else ","
