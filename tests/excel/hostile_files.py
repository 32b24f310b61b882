"""Broken and malicious files. Every one must be refused in one clear Chinese sentence, or, where the
harm lies in a part that is not needed, read without it (`HARMLESS`)."""

import io
import zipfile

import openpyxl

from tests.excel.books import id_number, saved

BRANCH = "青禾县文旅局党支部"
HEAD = ["姓名", "性别", "身份证号", "入党时间", "党支部"]
PERSON = ["许澜", "女", id_number("19871120", 2), "2010.07", BRANCH]
FILES, HARMLESS = {}, {}
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OPEN = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"


def hostile(function):
    FILES[function.__name__] = function
    return function


def harmless(function):
    HARMLESS[function.__name__] = function
    return function


def good_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(PERSON)
    return saved(book)


def rebuilt(changes=None, *, without=(), extra=(), data=None):
    """The good book with parts replaced (bytes or a function of the old bytes), dropped, added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or good_book())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            if entry.filename in without:
                continue
            content = source.read(entry)
            change = (changes or {}).get(entry.filename)
            if change is not None:
                content = change(content) if callable(change) else change
            target.writestr(entry.filename, content)
        for name, content in extra:
            target.writestr(name, content)
    return out.getvalue()


def sheet_of(rows):
    return rebuilt({SHEET: OPEN + rows + CLOSE})


def replacing(before, after):
    def change(content):
        assert before in content, content[:300]
        return content.replace(before, after)

    return change


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
