"""Reads .xlsx in one pass: values and formulas, merged areas, hidden rows, number formats.

openpyxl needs two full loads for as much, and its streaming mode gives neither merged areas nor
hidden rows and believes a wrong `<dimension>`; this reader never looks at that element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from common.excel import limits
from common.excel.markup import Listener, walk
from common.excel.number_formats import date_precision, serial_date
from common.excel.package import BROKEN, TOO_LARGE, Package
from common.excel.workbook import (
    BOOL,
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    Cell,
    Merge,
    Row,
    Sheet,
    UnreadableWorkbook,
    column_number,
)
from common.excel.xlsx_parts import TRUE, Relations, SheetList, Strings, Styles, unescape

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})$")
TOO_MANY_ROWS = f"最多一次读取 {limits.ROWS} 行，请按单位或支部拆分后再上传。"
NO_STYLES = b"<styleSheet/>"


class XlsxReader:
    def __init__(self, data: bytes) -> None:
        package = self._package = Package(data)
        start = Relations(package, "").kinds.get("officeDocument", "xl/workbook.xml")
        relations = Relations(package, start)
        listing = SheetList(package.read(start))
        self._sheets, self._targets = listing.sheets, relations.targets
        self.since_1904 = listing.since_1904
        strings = relations.kinds.get("sharedStrings", "")
        self.strings = Strings(package.read(strings)).values if package.has(strings) else []
        styles = relations.kinds.get("styles", "")
        self.styles = Styles(package.read(styles) if package.has(styles) else NO_STYLES)
        self.notices = package.notices
        self.counts = {"rows": 0, "cells": 0, "far": 0}

    def sheets(self) -> Iterator[Sheet]:
        if len(self._sheets) > limits.SHEETS:
            raise UnreadableWorkbook(f"工作表超过 {limits.SHEETS} 张，请拆分后再上传。")
        for entry in self._sheets:
            part = self._targets.get(entry.relation, "")
            if "chartsheets/" in part or "dialogsheets/" in part:
                continue
            sheet = Sheet(entry.name, entry.hidden)
            xml = self._package.read(part)
            if xml.count(b"<v>") + xml.count(b"<is>") > limits.CELLS:
                raise UnreadableWorkbook(TOO_LARGE)
            walk(xml, SheetReader(sheet, self))
            yield sheet
        if self.counts["far"]:
            column = limits.COLUMNS
            self.notices.append(f"第 {column} 列以后还有 {self.counts['far']} 个单元格，已忽略。")


class SheetReader(Listener):
    """Fills a sheet from its XML; the cell under way is kept in the fields below."""

    def __init__(self, sheet: Sheet, book: XlsxReader) -> None:
        self.sheet, self.book = sheet, book
        self.row: Row | None = None
        self.column = 0
        self.kind = self.style = ""
        self.formula = False
        self.pieces: list[str] | None = None
        self.value: str | None = None
        self.inside = False
        self.numbers: set[int] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or name == "t":
            self.pieces = [] if self.inside else None
        elif name == "f":
            self.formula = self.inside or self.formula
        elif name == "row":
            self._open_row(attributes)
        elif name == "rPh":
            self.inside = False  # phonetic guides of an inline string
        else:
            self._outside_rows(name, attributes)

    def _outside_rows(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "col" and attributes.get("hidden", "0") in TRUE:
            span = _integer(attributes.get("min")), _integer(attributes.get("max"))
            self.sheet.hidden_columns.append(span)
        elif name == "mergeCell":
            self._add_merge(attributes.get("ref", ""))
        elif name in ("autoFilter", "filterColumn"):
            self.sheet.filtered = True

    def _add_merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        ends = REFERENCE.match(first), REFERENCE.match(last or first)
        if not all(ends) or len(self.sheet.merges) >= limits.MERGES:
            raise UnreadableWorkbook(BROKEN)
        (left, top), (right, bottom) = (match.groups() for match in ends)
        merge = Merge(int(top), column_number(left), int(bottom), column_number(right))
        self.sheet.merges.append(merge)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        last = self.row.number if self.row else 0
        number = _integer(attributes["r"]) if "r" in attributes else last + 1
        self.row = Row(number, {}, attributes.get("hidden", "0") in TRUE)
        self.column = 0

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            match = REFERENCE.match(reference)
            if not match:
                raise UnreadableWorkbook(BROKEN)
            self.column = column_number(match[1])
        else:
            self.column = self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.value, self.formula, self.inside = None, False, True

    def text(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "v" or name == "t":
            if self.pieces is not None:
                self.value = (self.value or "") + "".join(self.pieces)
            self.pieces = None
        elif name == "c":
            self.inside = False
            if self.value is not None or self.formula:
                self._keep_cell()
        elif name == "rPh":
            self.inside = True
        elif name == "row":
            self._keep_row()

    def _keep_cell(self) -> None:
        if self.column > limits.COLUMNS:
            self.book.counts["far"] += 1
            return
        cell = self._cell()
        if cell is None or self.row is None:
            return
        self.row.cells[self.column] = cell
        self.book.counts["cells"] += 1
        if self.book.counts["cells"] > limits.CELLS:
            raise UnreadableWorkbook(TOO_LARGE)

    def _cell(self) -> Cell | None:
        style = self.book.styles.of(self.style)
        value = self.value
        if value is None or (value == "" and self.formula):
            return Cell(None, FORMULA)
        if self.kind in ("s", "str", "inlineStr"):
            text = self._shared(value) if self.kind == "s" else unescape(value)
            if len(text) > limits.CELL_TEXT:
                raise UnreadableWorkbook(f"第 {self._row_number()} 行有单元格文字过长。")
            return Cell(text, TEXT, style.format, self.formula, style.struck) if text else None
        if self.kind == "b":
            return Cell(value.strip() in TRUE, BOOL, "", self.formula, style.struck)
        if self.kind == "e":
            return Cell(value.strip(), ERROR, "", self.formula)
        if self.kind == "d":
            return Cell(value.strip()[:10], DATE, style.format, self.formula, style.struck)
        return self._number(value.strip(), style.format, style.struck)

    def _shared(self, value: str) -> str:
        index = _integer(value)
        if index >= len(self.book.strings):
            raise UnreadableWorkbook(BROKEN)
        return self.book.strings[index]

    def _number(self, text: str, code: str, struck: bool) -> Cell:
        number = parse_number(text)
        if number is None:
            return Cell(text[:40], ERROR, code, self.formula, struck)
        if code and date_precision(code):
            day = serial_date(number, since_1904=self.book.since_1904)
            if day:
                return Cell(day.isoformat(), DATE, code, self.formula, struck)
        return Cell(number, NUMBER, code, self.formula, struck)

    def _row_number(self) -> int:
        return self.row.number if self.row else 0

    def _keep_row(self) -> None:
        row = self.row
        if row is None or not row.cells:
            return
        if row.number in self.numbers:
            raise UnreadableWorkbook(BROKEN)
        self.numbers.add(row.number)
        self.book.counts["rows"] += 1
        if self.book.counts["rows"] > limits.ROWS:
            raise UnreadableWorkbook(TOO_MANY_ROWS)
        if self.sheet.rows and self.sheet.rows[-1].number > row.number:
            raise UnreadableWorkbook(BROKEN)
        self.sheet.rows.append(row)


def parse_number(text: str) -> int | float | None:
    """Digits stay whole numbers, so that nothing is lost that the file still holds."""
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 40:
        return int(text)
    try:
        number = float(text)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e300 else None


def _integer(text: str | None) -> int:
    if not (text and text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableWorkbook(BROKEN)
    return int(text)
