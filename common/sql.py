"""Lists of rows as a table inside one SQL parameter: the same statement for one row and for 5,000."""

import json
from datetime import date

from django.db import connection

_TYPES = {"number": "bigint", "text": "text", "day": "date"}


def table_of(columns):
    """SQL of a derived table with these columns (name → number, text or day); takes `rows_of(...)`."""
    if connection.vendor == "postgresql":
        cells = (
            f"(value->>{place})::{_TYPES[kind]} AS {name}"
            for place, (name, kind) in enumerate(columns.items())
        )
        return f"(SELECT {', '.join(cells)} FROM json_array_elements(%s::json))"  # noqa: S608 (names from code)
    cells = (f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns))
    return f"(SELECT {', '.join(cells)} FROM json_each(%s))"  # noqa: S608 (names from code)


def rows_of(rows):
    """The parameter for `table_of`."""
    return json.dumps([[_plain(cell) for cell in row] for row in rows], ensure_ascii=False)


def _plain(cell):
    return cell.isoformat() if isinstance(cell, date) else cell
