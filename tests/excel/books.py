"""Workbooks made for tests."""

import io

import openpyxl

from branches.excel.id_numbers import check_digit


def id_number(birth, sequence):
    """A right number of the unassigned area 999999; an odd sequence is a man's."""
    first = f"999999{birth}{sequence:03d}"
    return first + check_digit(first)


def roster_bytes(heading, rows, *, title=None, sheet="名册"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    if title:
        page.append([title])
    page.append(heading)
    for row in rows:
        page.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_bytes(rows, merges=()):
    """One sheet of any rows, with these areas merged."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    return saved(book)
