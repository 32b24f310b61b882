"""Lists as kinds of import: a higher app brings columns, `plan` and `write`, all else is here.

How to use it: docs/imports.md, “To add an importer”.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from branches.actions.list_import import fingerprint, write_list
from branches.excel.downloads import corrections
from branches.excel.kinds import ImportKind
from branches.excel.listing import ListColumn, ListedRow, Listing, read_listing
from branches.excel.outcome import IMPORTED, Roster, RowFate
from branches.excel.preview import UPDATE, Preview, candidates, columns_of, rows_of, told
from branches.models import Organisation
from common.excel.template import TemplateColumn, template_workbook
from common.excel.workbook import Workbook

Columns = Sequence[ListColumn] | Callable[..., Sequence[ListColumn]]


def list_kind(  # noqa: PLR0913 (a kind is many words)
    *,
    columns: Columns,
    plan: Callable[..., list],
    write: Callable[..., None],
    label: str,
    noun: str,
    abouts: Callable | None = None,
    **words: Any,
) -> ImportKind:
    """`columns` is a tuple of ListColumn, or a function of (scope, about) that gives one."""

    def preview(workbook: Workbook, *, scope, today, meanings, about="") -> Preview:
        chosen = _columns(columns, scope, about)
        listing = read_listing(workbook, chosen, noun=noun, meanings=meanings)
        return preview_list(workbook, listing, plan, scope=scope, about=about, today=today)

    def write_rows(data: list, *, about="", **keywords: Any) -> tuple[dict[str, int], Any]:
        rows = [ListedRow(**values) for values in data]
        return write_list(rows, kind=label, plan=plan, write=write, about=about, **keywords)

    return ImportKind(
        label=label,
        noun=noun,
        fields=_fields(columns, None, ""),
        template=partial(_template, columns, label),
        preview=preview,
        write=write_rows,
        abouts=abouts,
        fields_about=partial(_fields, columns) if callable(columns) else None,
        **words,
    )


def _template(columns: Columns, label: str, scope: Organisation, about: str = "") -> bytes:
    return list_template(label, _columns(columns, scope, about), scope)


def _columns(columns: Columns, scope: Organisation | None, about: str) -> Sequence[ListColumn]:
    return columns(scope, about) if callable(columns) else columns


def _fields(columns: Columns, scope: Organisation | None, about: str) -> dict[str, str]:
    return {column.key: column.label for column in _columns(columns, scope, about)}


def list_template(
    label: str, columns: Sequence[ListColumn], scope: Organisation | None = None
) -> bytes:
    return template_workbook(
        label,
        [
            TemplateColumn(
                column.label,
                column.guide,
                required=column.required,
                choices=column.choices(scope) if callable(column.choices) else column.choices,
            )
            for column in columns
        ],
    )


def preview_list(  # noqa: PLR0913 (what, how, where, when)
    workbook: Workbook,
    listing: Listing,
    plan: Callable[..., list],
    *,
    scope: Organisation,
    about: str,
    today: date,
) -> Preview:
    """What the file says held against the records; the plan sees values as `write` will see them."""
    fates = [fate for fate in listing.fates if fate.fate == IMPORTED and fate.person]
    fates = [] if listing.file_errors else fates
    data = json.loads(json.dumps([asdict(fate.person) for fate in fates], cls=DjangoJSONEncoder))
    intents = plan([ListedRow(**values) for values in data], scope=scope, about=about, today=today)
    for fate, intent in zip(fates, intents, strict=True):
        _tell(fate, intent)
    by_place = {(intent.row.sheet, intent.row.row): intent for intent in intents}
    preview = preview_of(workbook, listing, by_place)
    preview.fingerprint = fingerprint(intents)
    kept = zip(data, intents, strict=True)
    preview.data = [values for values, intent in kept if not intent.refusal]
    return preview


def _tell(fate: RowFate, intent: Any) -> None:
    for hint in intent.hints:
        fate.warn(None, hint, "records")
    if intent.refusal:
        fate.reject(None, intent.refusal, "refused_by_records")
    elif intent.changes and not intent.is_new:
        fate.warn(None, f"将更新 {'；'.join(map(str, intent.changes))}", UPDATE)


def preview_of(workbook: Workbook, reading: Roster | Listing, intents: dict) -> Preview:
    """What all kinds have in common."""
    preview = Preview(reading.digest, notices=told(reading.notices))
    preview.file_error = next(iter(reading.file_errors), "")
    preview.rows = [] if preview.file_error else rows_of(reading.fates, intents)
    columns = reading.columns or candidates(workbook)
    preview.columns = columns_of(workbook, columns, preview.rows)
    if any(row["fate"] == "out" for row in preview.rows):
        preview.corrections = corrections(reading, workbook)
    return preview
