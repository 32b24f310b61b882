"""Compares a reading with the truth beside a sample, row by row."""

import json
from datetime import date
from pathlib import Path

from branches.excel.roster import read_roster
from common.excel.reading import read_workbook

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)


def truth_of(path):
    return json.loads(path.with_suffix(".json").read_text())


def read_sample(path, *, known=(), today=TODAY, **options):
    return read_roster(read_workbook(path), known_branches=known, today=today, **options).as_json()


def deviations(result, truth):
    """What the result gets wrong, as sentences; empty when it is right to the row."""
    return [line for sheet in truth["sheets"] for line in _of_sheet(result, sheet)]


def _of_sheet(result, sheet):
    name, rows = sheet["name"], sheet["rows"]
    people = {row["row"]: row for row in result["people"] if row["sheet"] == name}
    found = {
        key: {row["row"] for row in result[key] if row["sheet"] == name}
        for key in ("errors", "warnings", "skipped")
    }
    columns = set(sheet["columns"].values())
    for row in rows["must_import"]:
        yield from _member(name, row, people, columns)
    for row in rows["must_flag"]:
        yield from _flagged(name, row, people, found, columns)
    for row in rows["must_reject"]:
        if row["row"] in people or row["row"] not in found["errors"]:
            yield f"{name}!{row['row']} not refused: {row['reason']}"
    for row in rows["skip"] + rows["structure"]:
        if row["row"] in set(people) | found["errors"] or row["row"] not in found["skipped"]:
            yield f"{name}!{row['row']} not skipped: {row['kind']}"
    told = {row["row"] for kind in rows.values() for row in kind}
    yield from (f"{name}!{number} is nobody's row" for number in set(people) - told)


def _flagged(name, row, people, found, columns):
    number = row["row"]
    if number not in people:
        if number not in found["errors"]:
            yield f"{name}!{number} neither in nor refused: {row['reason']}"
        return
    if number not in found["warnings"]:
        yield f"{name}!{number} silently in: {row['reason']}"
    yield from _fields(
        f"{name}!{number}", row.get("member_if_accepted", {}), people[number], columns
    )


def _member(name, row, people, columns):
    if row["row"] not in people:
        yield f"{name}!{row['row']} missing: {row['member']['name']}"
    else:
        yield from _fields(f"{name}!{row['row']}", row["member"], people[row["row"]], columns)


def _fields(where, wanted, got, columns):
    for field, value in wanted.items():
        asserted = field in columns or field in ("name", "branch", "category")
        if asserted and got.get(field) != value:
            yield f"{where} {field}: {got.get(field)!r} instead of {value!r}"
