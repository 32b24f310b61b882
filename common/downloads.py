"""Files that a page hands over."""

from tempfile import TemporaryFile
from urllib.parse import quote

from django.http import FileResponse

from common.excel import writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name, headings, rows, *, title=""):
    """A download of one sheet, written to a temporary file row by row."""
    held = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    writing.write_workbook(held, headings, rows, title=title, sheet_name=name)
    held.seek(0)
    response = FileResponse(held, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
