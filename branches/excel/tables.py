"""Finding tables of people in a sheet: heading rows, columns, blocks side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from branches.excel.grid import NO_CELLS, Grid
from branches.excel.headings import (
    EVIDENCE,
    LONGEST,
    OTHERS,
    VAGUE,
    field_of,
    is_name_heading,
    plain_heading,
)
from branches.excel.text import written
from branches.excel.vocabulary import field_of_option
from common.excel.workbook import TEXT, column_letter

DEEPEST_HEADING = 3
STRONG = frozenset(("id_number", "join_date", "regular_date", "work_no", "category"))


class Column(NamedTuple):
    """One column of a table; `option` is the value that a tick in it means."""

    number: int
    heading: str
    field: str | None
    option: str = ""
    hidden: bool = False
    origin: tuple[int, int] = (0, 0)
    parts: tuple[int, ...] = ()  # the columns of 年, 月 and 日 when a date stands in several

    @property
    def letter(self) -> str:
        return column_letter(self.number)


@dataclass(slots=True)
class Table:
    """A heading and its columns; the people stand below it until the next heading."""

    top: int
    bottom: int
    columns: list[Column]
    notices: list[str]
    fields: set[str] = field(init=False)
    _plain: dict[str, list[Column]] = field(init=False, default_factory=dict)
    _ticked: dict[str, list[Column]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            if column.field:
                kind = self._ticked if column.option else self._plain
                kind.setdefault(column.field, []).append(column)
        self.fields = {*self._plain, *self._ticked}

    def columns_of(self, name: str) -> list[Column]:
        return self._plain.get(name, [])

    def options_of(self, name: str) -> list[Column]:
        return self._ticked.get(name, [])

    def has(self, name: str) -> bool:
        return name in self.fields

    @property
    def is_roster(self) -> bool:
        """Names alone make no roster: something must say who these people are."""
        evidence = self.fields & EVIDENCE
        return len(evidence) >= 2 or bool(evidence & STRONG)


Meanings = dict[str, str | None]  # plain heading → field, as a person corrected it


def heading_at(grid: Grid, row: int, meanings: Meanings) -> tuple[int, int] | None:
    """First and last row of the heading whose names stand in this row, if there is one."""
    if not _may_be_heading(grid, row, meanings):
        return None
    texts = grid.texts(row)
    if not any(_means_name(text, meanings) for _, text in texts):
        return None
    known = sum(1 for _, text in texts if _known(text, meanings))
    if known < 2 and not _has_group_above(grid, row):
        return None
    top = row - 1 if _has_group_above(grid, row) else row
    bottom = row
    while bottom - top + 1 < DEEPEST_HEADING and _continues(grid, row, bottom + 1):
        bottom += 1
    return top, bottom


def _may_be_heading(grid: Grid, row: int, meanings: Meanings) -> bool:
    """A cheap look before the dear one: nearly all rows are people."""
    for cell in grid.rows.get(row, NO_CELLS).cells.values():
        text = cell.value if cell.kind == TEXT and len(cell.value) <= LONGEST else ""
        if "名" in text or "姓" in text or (meanings and 0 < len(text) < 20):
            return True
    return False


def _means_name(text: str, meanings: Meanings) -> bool:
    plain = plain_heading(text) if meanings else ""
    return meanings[plain] in ("name", "surname") if plain in meanings else is_name_heading(text)


def _known(text: str, meanings: Meanings) -> bool:
    return plain_heading(text) in meanings or bool(field_of(text) or field_of_option(text))


def _has_group_above(grid: Grid, row: int) -> bool:
    """Group headings (基本情况 | 联系方式) are at least two and one of them spans columns."""
    texts = grid.texts(row - 1)
    if len(texts) < 2 or any(":" in text or "：" in text for _, text in texts):
        return False
    if any(len(text) > 20 for _, text in texts):
        return False
    return any(grid.width(row - 1, column) > 1 for column, _ in texts)


def _continues(grid: Grid, row: int, below: int) -> bool:
    """Whether the row below still belongs to the heading: labels under a spanning label."""
    own = grid.own_cells(below)
    labels = [(column, written(cell)) for column, cell in own.items() if cell.kind == TEXT]
    if not labels or len(labels) != len(own):
        return False
    if any(len(text) > LONGEST or text.isdigit() for _, text in labels):
        return False
    names = [column for column, text in grid.texts(row) if is_name_heading(text)]
    if any(column in own for column in names if not _is_name_part(own, column)):
        return False
    return any(_spans(grid, row, column) for column, _ in labels)


def _is_name_part(own: dict, column: int) -> bool:
    return field_of(written(own.get(column))) in ("surname", "given_name")


def _spans(grid: Grid, row: int, column: int) -> bool:
    """A label above that spans this column, merged or with nothing to its right."""
    if grid.width(row, column) > 1:
        return True
    return grid.cell(row, column) is None or bool(field_of_option(written(grid.cell(row, column))))


def read_columns(grid: Grid, top: int, bottom: int, meanings: Meanings) -> list[Column]:
    columns = [
        _column(grid, top, bottom, number, meanings) for number in range(1, grid.last_column + 1)
    ]
    return [_with_parts(column, columns[column.number :]) for column in columns]


def _with_parts(column: Column, following: list[Column]) -> Column:
    """“出生” over 年 | 月 | 日 is one date in three columns."""
    group, _, leaf = column.heading.rpartition(" / ")
    if leaf != "年" or not group or not column.field:
        return column
    parts = [column.number]
    for wanted, other in zip("月日", following, strict=False):
        if other.heading != f"{group} / {wanted}":
            break
        parts.append(other.number)
    return column._replace(parts=tuple(parts)) if len(parts) > 1 else column


def _column(grid: Grid, top: int, bottom: int, number: int, meanings: Meanings) -> Column:
    path, origin = [], (top, number)
    for row in range(top, bottom + 1):
        text = written(grid.cell(row, number))
        if text and (not path or grid.origin(row, number) != origin):
            path.append(text)
            origin = grid.origin(row, number)
    if bottom > top and len(path) == 1 and origin[0] == bottom:
        path = _with_group_to_the_left(grid, top, number) + path
    heading = " / ".join(text.replace(" ", "") for text in path)
    name, option = _meaning(path, meanings)
    return Column(number, heading, name, option, grid.sheet.is_hidden_column(number), origin)


def _with_group_to_the_left(grid: Grid, top: int, number: int) -> list[str]:
    """An unmerged group heading is written over its first column only."""
    for column in range(number - 1, max(number - 8, 0), -1):
        text = written(grid.cell(top, column))
        if text:
            return [text] if grid.width(top, column) == 1 and not field_of(text) else []
    return []


def _meaning(path: list[str], meanings: Meanings) -> tuple[str | None, str]:
    """Field and option of a heading, from its lowest level up."""
    if not path:
        return None, ""
    leaf, parents = path[-1], path[:-1]
    corrected = plain_heading(leaf)
    if corrected in meanings:
        return meanings[corrected], ""
    if any(OTHERS.search(plain_heading(parent)) for parent in parents):
        return None, ""
    option = field_of_option(leaf)
    if option:
        return option
    return _field_of_path(leaf, parents), ""


def _field_of_path(leaf: str, parents: list[str]) -> str | None:
    joined = field_of(parents[-1] + leaf) if parents else None
    if parents and VAGUE.fullmatch(plain_heading(leaf)):
        return joined or field_of(parents[-1])
    return field_of(leaf) or joined


def read_tables(grid: Grid, heading: tuple[int, int], meanings: Meanings) -> list[Table]:
    """The tables under one heading: one, or several side by side."""
    top, bottom = heading
    columns = read_columns(grid, top, bottom, meanings)
    tables = []
    for part in _side_by_side(columns):
        notices: list[str] = []
        table = Table(top, bottom, _without_doubles(part, notices), notices)
        if table.has("name") or (table.has("surname") and table.has("given_name")):
            tables.append(table)
    return tables


def _side_by_side(columns: list[Column]) -> list[list[Column]]:
    """Cut where the first heading comes again, if as many people start as there are names."""
    named = [column for column in columns if column.field]
    starts = _starts(named, "name")
    if len(starts) < 2:
        return [columns]
    again = _starts(named, named[0].field)
    cuts = again if len(again) == len(starts) else starts
    edges = [1, *cuts[1:], columns[-1].number + 1]
    return [
        [column for column in columns if first <= column.number < last]
        for first, last in pairwise(edges)
    ]


def _starts(columns: list[Column], name: str | None) -> list[int]:
    found: dict[tuple[int, int], int] = {}
    for column in columns:
        if column.field == name:
            found.setdefault(column.origin, column.number)
    return list(found.values())


def _without_doubles(columns: list[Column], notices: list[str]) -> list[Column]:
    """Of two columns for one thing the visible, then the first one counts."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.field and not column.option:
            kept = best.setdefault(column.field, column)
            if kept.hidden and not column.hidden:
                best[column.field] = column
    result = []
    for column in columns:
        kept = best.get(column.field or "", column)
        if column.option or kept.origin == column.origin:
            result.append(column)
        else:
            notices.append(
                f"“{column.heading}”（{column.letter} 列）与 {kept.letter} 列重复，已忽略"
            )
            result.append(column._replace(field=None))
        if column.hidden and result[-1].field:
            notices.append(f"{column.letter} 列“{column.heading}”是隐藏列，已读取")
    return result


def is_person_form(grid: Grid, meanings: Meanings) -> bool:
    """A sheet with one person's labels all over it, not only in one heading."""
    per_row: list[set[str]] = []
    for row in grid.sheet.rows[:60]:
        found = {field_of(text) for _, text in grid.texts(row.number)[:40]}
        per_row.append({name for name in found if name and name not in ("seq", "remark")})
    if not any("name" in found for found in per_row):
        return False
    heading = max(per_row, key=lambda found: ("name" in found, len(found)))
    elsewhere = Counter(name for found in per_row for name in found - heading)
    scattered = [found for found in per_row if found - heading]
    return len(elsewhere) >= 3 and len(scattered) >= 2 and len(elsewhere) * 2 >= len(heading)
