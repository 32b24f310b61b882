"""Workbooks to fill in: one sheet for the rows, one that says how, lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from common.excel.cells import width_of
from common.excel.writing import BOXED, CENTRED, HEAD_FILL, HEAD_FONT

ROWS = 5_000
GUIDE, CHOICES = "填写说明", "可选项"


class TemplateColumn(NamedTuple):
    """A column of a template; every column is text, so that no digit and no zero is lost."""

    heading: str
    guide: str = ""
    required: bool = False
    choices: Sequence[str] = ()


def template_workbook(name: str, columns: Sequence[TemplateColumn]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    guide = book.create_sheet(GUIDE)
    guide.append(["项目", "是否必填", "怎样填"])
    for number, column in enumerate(columns, start=1):
        _add_column(sheet, number, column)
        guide.append([column.heading, "必填" if column.required else "选填", column.guide])
    guide.column_dimensions["A"].width, guide.column_dimensions["C"].width = 24, 80
    _add_choices(book, sheet, columns)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_column(sheet, number: int, column: TemplateColumn) -> None:
    head = sheet.cell(1, number, column.heading + ("*" if column.required else ""))
    head.font, head.fill, head.alignment, head.border = HEAD_FONT, HEAD_FILL, CENTRED, BOXED
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = max(width_of(column.heading) + 6, 12)
    dimension.number_format = "@"
    dimension.alignment = Alignment(vertical="center")


def _add_choices(book: Workbook, sheet, columns: Sequence[TemplateColumn]) -> None:
    """The lists stand on a sheet of their own: a list in the rule itself ends at 255 signs."""
    chosen = [(n, column) for n, column in enumerate(columns, start=1) if column.choices]
    if not chosen:
        return
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    for place, (number, column) in enumerate(chosen, start=1):
        for row, choice in enumerate(column.choices, start=1):
            cell = lists.cell(row, place, choice)
            cell.data_type = "s"
        letter = get_column_letter(place)
        source = f"'{CHOICES}'!${letter}$1:${letter}${len(column.choices)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.error, rule.errorTitle = "请从下拉列表中选择。", "不在列表中"
        rule.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{ROWS}")
        sheet.add_data_validation(rule)
