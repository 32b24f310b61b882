"""What a spreadsheet holds, as plain data: no library's objects, no styles, no formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

TEXT, NUMBER, DATE, BOOL, ERROR, FORMULA = "text", "number", "date", "bool", "error", "formula"


class UnreadableWorkbook(Exception):
    """The file as a whole is refused; the message is one sentence for the person who sent it."""


class Cell(NamedTuple):
    """One filled cell.

    A date's value is its ISO day and `format` tells how much of it was shown; kind "formula" is
    a formula without a stored result, `computed` one with.
    """

    value: str | int | float | bool | None
    kind: str = TEXT
    format: str = ""
    computed: bool = False
    struck: bool = False


class Merge(NamedTuple):
    """A merged area; rows and columns count from 1 and include both ends."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Row:
    number: int
    cells: dict[int, Cell]
    hidden: bool = False


@dataclass(slots=True)
class Sheet:
    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: bool = False

    def is_hidden_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(slots=True)
class Workbook:
    """`digest` is the SHA-256 of the file: what was previewed is what may be applied."""

    kind: str
    digest: str
    sheets: list[Sheet] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def column_letter(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
