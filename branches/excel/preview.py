"""What a person sees before anything is written: the fate of every row, counted and in one shape."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from branches.excel.grid import Grid
from branches.excel.headings import plain_heading
from branches.excel.outcome import IMPORTED, REJECTED, Problem, RowFate, SheetColumn
from branches.excel.text import written
from common.excel.workbook import Workbook, column_letter

IN, WARNED, OUT, LEFT = "in", "warned", "out", "skipped"
UPDATE = "update"  # the code of the warning that lists changes: shown as changes
SAMPLES = 3
LONGEST_NAME = 40
HEADING_WITHIN = 15
LONG_NUMBER = re.compile(r"(?<![0-9])([0-9]{3})[0-9]{4,}([0-9Xx]{4})(?![0-9])")


@dataclass
class Preview:
    """`rows` are shown, `data` is what `write` gets; both are kept sealed."""

    digest: str
    rows: list[dict] = field(default_factory=list)
    columns: list[dict] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    file_error: str = ""
    fingerprint: str = ""
    data: list[Any] = field(default_factory=list)
    corrections: bytes | None = None

    @property
    def counts(self) -> dict[str, int]:
        fates = Counter(row["fate"] for row in self.rows)
        actions = Counter(row["action"] for row in self.rows if row["action"])
        return {key: fates[key] for key in (IN, WARNED, OUT, LEFT)} | {
            key: actions[key] for key in ("added", "changed", "unchanged")
        }

    def shown(self) -> dict[str, Any]:
        return {"rows": self.rows, "columns": self.columns, "notices": self.notices}


def rows_of(fates: list[RowFate], intents: dict[tuple[str, int], Any]) -> list[dict]:
    """`intents` are those of the rows that reached the records, by sheet and row."""
    return [_row(fate, intents.get((fate.sheet, fate.row))) for fate in fates]


def _row(fate: RowFate, intent: Any) -> dict:
    warnings = [problem for problem in fate.warnings if problem.code != UPDATE]
    shown = {
        "sheet": fate.sheet,
        "row": fate.row,
        "fate": LEFT,
        "action": "",
        "name": _name(fate),
        "place": _place(fate),
        "reason": fate.reason,
        "errors": [[problem.column, problem.message] for problem in fate.errors],
        "warnings": [[problem.column, problem.message] for problem in warnings],
        "changes": [],
    }
    if fate.fate == REJECTED:
        shown["fate"] = OUT
    elif fate.fate == IMPORTED:
        shown["fate"] = WARNED if warnings else IN
        changes = getattr(intent, "changes", [])
        shown["changes"] = [[label, masked(before), after] for label, before, after in changes]
        is_new = intent is None or intent.is_new
        shown["action"] = "added" if is_new else "changed" if shown["changes"] else "unchanged"
    return shown


def _name(fate: RowFate) -> str:
    """What the row is called in the preview: its name, or the first thing it says."""
    values = getattr(fate.person, "values", None)
    if values is None:
        return getattr(fate.person, "name", "") or ""
    return str(values.get("name") or next(iter(values.values()), ""))[:LONGEST_NAME]


def _place(fate: RowFate) -> str:
    values = getattr(fate.person, "values", None)
    return (
        values.get("branch", "") if values is not None else getattr(fate.person, "branch", "") or ""
    )


def told(notices: list[Problem]) -> list[str]:
    return list(dict.fromkeys(_told(notice) for notice in notices))


def _told(notice: Problem) -> str:
    place = f"工作表“{notice.sheet}”" if notice.sheet else ""
    column = f" {notice.column} 列" if notice.column else ""
    return f"{place}{column}：{notice.message}" if place or column else notice.message


def columns_of(workbook: Workbook, columns: list[SheetColumn], rows: list[dict]) -> list[dict]:
    """Each heading once, with what it is taken for and a few of its values to judge that by."""
    filled: dict[str, list[int]] = {}
    for row in rows:
        if row["fate"] != LEFT:
            filled.setdefault(row["sheet"], []).append(row["row"])
    cells = {sheet.name: {row.number: row.cells for row in sheet.rows} for sheet in workbook.sheets}
    found: dict[str, dict] = {}
    for column in columns:
        if column.key and column.key not in found:
            numbers = filled.get(column.sheet, [])[: SAMPLES * 4]
            texts = (written(cells[column.sheet][n].get(column.number)) for n in numbers)
            samples = list(dict.fromkeys(masked(text)[:30] for text in texts if text))[:SAMPLES]
            found[column.key] = {**asdict(column), "samples": samples}
    return list(found.values())


def masked(text: str) -> str:
    """ID and telephone numbers are recognised well enough by their ends (reliability I1)."""
    return LONG_NUMBER.sub(r"\1****\2", text)


def candidates(workbook: Workbook) -> list[SheetColumn]:
    """When no heading was found: the fullest of the first rows, for a person to say what it means."""
    best: list[SheetColumn] = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        grid = Grid(sheet)
        for row in sheet.rows[:HEADING_WITHIN]:
            texts = [(number, text) for number, text in grid.texts(row.number) if len(text) <= 20]
            if len(texts) > len(best) and not any(text.isdigit() for _, text in texts):
                best = [
                    SheetColumn(
                        sheet.name, number, column_letter(number), text, None, plain_heading(text)
                    )
                    for number, text in texts
                ]
    return best if len(best) > 1 else []
