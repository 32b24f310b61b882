"""What people download. Strings are always text: nothing typed by anybody becomes a formula (G1).

`workbook_response(filename, title=, columns=, rows=)` is used by supervision/excel.py: keep it.
"""

import io
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_cell(sheet, value):
    """A cell that stays what it is: figures as figures, everything else as text."""
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        return cell
    cell.value = "" if value is None else str(value)
    cell.data_type = "s"
    return cell


def workbook_response(filename, *, title, columns, rows):
    """One sheet with a title row, a header row and the rows, as a download."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="数据")
    sheet.append([safe_cell(sheet, title)])
    sheet.append([safe_cell(sheet, label) for label in columns])
    for row in rows:
        sheet.append([safe_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}.xlsx"
    return response
