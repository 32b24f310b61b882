"""Makes good but ugly rosters: files as offices keep them, with what must come of every row.

An expectation maps (sheet, row) to a dict of fields for somebody who belongs in, to "flag" for
somebody who is refused or in with a warning, to "reject" and to "skip"; rows that are not named are
not looked at.
"""

import io
import zipfile
from typing import NamedTuple

import openpyxl

from tests.excel.books import id_number

A, B = "青禾县民政局第一党支部", "青禾县民政局第二党支部"
FILES = {}


class Good(NamedTuple):
    data: bytes
    known: tuple
    expected: dict


def good(function):
    FILES[function.__name__] = function
    return function


def book_of(rows, *, title="Sheet1", merges=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    return book, sheet


def day(value):
    return {"value": value, "precision": ("year", "month", "day")[value.count("-")]}


ID1, ID2, ID3, ID4 = (
    id_number(b, s) for b, s in (("19800328", 1), ("19910502", 2), ("19970913", 3), ("19930828", 4))
)
HEAD = ["序号", "姓名", "性别", "民族", "出生年月", "入党时间", "身份证号"]
P1 = [1, "姜屿澄", "男", "汉", "1980.03", "2005.12", ID1]
P2 = [2, "卫晏珩", "女", "回族", "1991年5月", "2015年12月1日", ID2]
M1 = {
    "name": "姜屿澄",
    "ethnicity": "汉族",
    "birth_date": day("1980-03-28"),
    "join_date": day("2005-12"),
    "id_number": ID1,
}
M2 = {
    "name": "卫晏珩",
    "birth_date": day("1991-05-02"),
    "join_date": day("2015-12-01"),
    "id_number": ID2,
}


def patched(data, part, before, after):
    """The same package with one part changed, as another program might have written it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert before in content
                content = content.replace(before, after)
            target.writestr(entry, content)
    return out.getvalue()
