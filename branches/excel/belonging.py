"""Which branch a row belongs to: its own column, a section line, the title, the sheet's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from branches.excel.branch_names import ORGANISATION, BranchNames, organisation_in, short_name
from branches.excel.grid import Grid
from branches.excel.tables import Table
from branches.excel.text import NOTHING, folded, written
from branches.excel.vocabulary import is_category

DITTO = frozenset(("同上", "〃", "″", '"', "''", "”", "“", "同", "､､", "..", "…"))
NO_BRANCH = "没有支部列，标题、小标题和工作表名里也没有支部名称"


class Stated(NamedTuple):
    """The branch as stated for a row, or what is wrong with it; a section's category beside it."""

    text: str = ""
    letter: str | None = None
    hint: str = ""
    problem: str = ""
    code: str = ""
    category: str = ""


@dataclass(slots=True)
class Surroundings:
    """What titles and section lines have said so far about the branch of the rows below."""

    names: BranchNames
    sheet_name: str
    default: str | None = None
    above: str = ""
    section: str = ""
    category: str = ""
    lines: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def add_title(self, text: str) -> None:
        """A line above the heading: a known branch in it counts, an unknown one only for want."""
        self.lines.append(text)
        known = self._known(text)
        if known:
            self.above = known
        elif not self.names.exact(self.above):
            self.above = self.above or self._unknown(text)

    def add_section(self, text: str) -> None:
        """A line between the people: it also ends the branch before, known or not."""
        known = self._known(text)
        short = short_name(text)
        if is_category(short):
            self.category = short
        elif known:
            self.section = known
        elif ORGANISATION.search(short) and short.endswith(("支部", "支部委员会")):
            self.section = self._unknown(text) or short
        self.lines.append(text)

    def _known(self, text: str) -> str | None:
        known = self.names.named_in(text)
        if not known:
            known = self.names.by_short_name(text, " ".join([*self.lines, self.sheet_name]))
            if known:
                self.hints.append(f"“{text[:40]}”按“{known}”处理，请核对")
        return known

    def _unknown(self, text: str) -> str:
        found = organisation_in(text) or ""
        return "" if re.search(r"总支(部|$)", found) and "党支部" not in found else found

    def stated(self) -> Stated:
        by_sheet = self._known(self.sheet_name) or ""
        if self.section:
            return Stated(self.section)
        if self.names.exact(self.above) and by_sheet and self.names.exact(self.above) != by_sheet:
            problem = f"标题写“{self.above}”，工作表名写“{by_sheet}”，请改成一致"
            return Stated(problem=problem, code="branch_conflict")
        for text in (by_sheet, self._if_known(self.above), self.default or "", self.above):
            if text:
                return Stated(text)
        from_sheet = self._unknown(self.sheet_name)
        return (
            Stated(from_sheet) if from_sheet else Stated(problem=NO_BRANCH, code="missing_branch")
        )

    def _if_known(self, text: str) -> str:
        return self.names.exact(text) or ""


class BranchColumn:
    """The branch column of a table, with ditto marks and first-of-the-group filling."""

    def __init__(self, grid: Grid, table: Table, rows: list[int]) -> None:
        self._grid = grid
        self._columns = table.columns_of("branch")
        self.letter = self._columns[0].letter if self._columns else None
        texts = [self._text(row) for row in rows]
        filled = [text for text in texts if text]
        self.in_use = bool(filled)
        self._grouped = len(filled) * 2 <= len(texts) and len(set(filled)) == len(filled) > 0
        self._grouped = self._grouped and bool(texts[0])
        self._last = ""

    def _text(self, row: int) -> str:
        for column in self._columns:
            text = written(self._grid.cell(row, column.number))
            if text and text not in NOTHING:
                return text
        return ""

    def stated(self, row: int, surroundings: Stated) -> Stated:
        text = self._text(row)
        if text and folded(text) not in DITTO:
            self._last = text
            return Stated(text, self.letter)
        if text and self._last:
            return Stated(self._last, self.letter)
        if self._grouped and self._last:
            return Stated(self._last, self.letter, f"支部为空，按上面的“{self._last}”导入，请核对")
        if surroundings.text:
            hint = f"支部为空，按标题中的“{surroundings.text}”导入，请核对"
            return Stated(surroundings.text, self.letter, hint)
        return Stated("", self.letter, problem="所属党支部为空", code="missing_branch")
