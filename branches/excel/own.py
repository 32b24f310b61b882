"""A person's own data as a workbook: a sheet for each kind of thing that is kept."""

from __future__ import annotations

import io
from typing import Any

from common.excel.writing import add_sheet, new_book


def own_workbook(sections: list[dict[str, Any]]) -> bytes:
    book = new_book()
    for section in sections:
        add_sheet(book, section["columns"], section["rows"], sheet_name=section["title"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
