"""Files that a page hands over."""

from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from urllib.parse import quote

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone

from common import audit
from common.excel import writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1000
IN_MEMORY = 1024 * 1024  # what is larger goes to a file
SIGNED = "填表人：　　　　　　　　审核人：　　　　　　　　日期：　　　　　　　　"
UNTOLD = ("export", "page", "q", "csrfmiddlewaretoken")  # a name somebody looked for stays his own


def workbook(name, headings, rows, *, title=""):
    """A download of one sheet, written to a temporary file row by row."""
    held, _ = _written(name, headings, rows, {"title": title})
    return _response(name, held)


def is_asked(request):
    """Whether the page's list is wanted as a workbook: `?export=xlsx` beside the filters."""
    return request.GET.get("export") == "xlsx"


def listing(request, name, columns, rows, *, unit="", period="", ledger=False, noted=None, mark=""):  # noqa: PLR0913 (what and how)
    """The list as its page shows it, every row of it: `columns` are (heading, value of a row).

    Taking it out of the house leaves a trace. A ledger is ruled and has a line to sign;
    `noted` is what the audit is told besides (why),
    `mark` stands on every printed page.
    """
    at = timezone.now()
    if isinstance(rows, QuerySet):
        rows = rows.iterator(chunk_size=AT_ONCE)
    cells = ([value(row) for _, value in columns] for row in rows)
    headings = [heading for heading, _ in columns]
    note = _note(unit, period, at, request.user)
    foot = (
        "填表人：　　　　　　　　审核人：　　　　　　　　日期：　　　　　　　　" if ledger else ""
    )
    words = {"title": name, "note": note, "foot": foot, "boxed": ledger, "mark": mark}
    held, count = _written(name, headings, cells, words)
    chosen = {key: value[:60] for key, value in request.GET.items() if key not in UNTOLD and value}
    detail = {"rows": count, **({"filter": chosen} if chosen else {}), **(noted or {})}
    with transaction.atomic():
        audit.record(f"导出{name}", by=request.user, at=at, detail=detail)
    return _response(name, held)


def book(request, name, sheets, *, unit="", period="", noted=None):  # noqa: PLR0913 (what and how)
    """Several tables of one page in one workbook; a sheet is (name, headings, rows). Leaves a trace like a list."""
    at = timezone.now()
    note = _note(unit, period, at, request.user)
    made, count = writing.new_book(), 0
    for title, headings, rows in sheets:
        words = {"title": title, "note": note, "sheet_name": title}
        count += writing.add_sheet(made, headings, rows, **words)
    chosen = {key: value[:60] for key, value in request.GET.items() if key not in UNTOLD and value}
    detail = {"rows": count, **({"filter": chosen} if chosen else {}), **(noted or {})}
    with transaction.atomic():
        audit.record(f"导出{name}", by=request.user, at=at, detail=detail)
    held = BytesIO()
    made.save(held)
    held.seek(0)
    return _response(name, held)


def numbered(columns):
    """The columns with a running number before them, anew for each file."""
    numbers = iter(range(1, 10_000_000))
    return [("序号", lambda row: next(numbers)), *columns]


def _note(unit, period, at, person):
    """Unit, period and day, as they stand above every table of an office."""
    words = [
        ("单位", unit),
        ("周期", period),
        ("导出日期", f"{timezone.localdate(at)}"),
        ("导出人", person),
    ]
    return "　　".join(f"{label}：{word}" for label, word in words if word)


def _written(name, headings, rows, words):
    """An open file at its beginning, and how many rows it has; a small one is kept in memory."""
    held = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    count = writing.write_workbook(held, headings, rows, sheet_name=name, **words)
    if held.seek(0, SEEK_END) <= IN_MEMORY:
        held.seek(0)
        with held:
            return BytesIO(held.read()), count
    held.seek(0)
    return held, count


def _response(name, held):
    response = FileResponse(held, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response["Cache-Control"] = "no-store"
    return response
