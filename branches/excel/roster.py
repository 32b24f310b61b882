"""A workbook read as a roster of members: every row of every sheet gets exactly one fate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from branches.excel.belonging import BranchColumn, Stated, Surroundings
from branches.excel.branch_names import BranchNames
from branches.excel.checks import Doubles, check_person
from branches.excel.grid import Grid
from branches.excel.headings import plain_heading
from branches.excel.outcome import (
    IMPORTED,
    SKIPPED,
    STRUCTURE,
    Problem,
    Roster,
    RowFate,
    SheetColumn,
)
from branches.excel.people import PersonReader
from branches.excel.rows import reason_to_skip
from branches.excel.tables import Table, heading_at, is_person_form, read_tables
from common.excel.workbook import Sheet, Workbook

BLANKS_TOLD = 2_000
OTHER_LISTS = re.compile(
    r"党费|签到|考勤|选票|得票|计票|测评|缴纳|捐款|值班|会议记录|报名表|工资|积分"
)
SOLID = frozenset(("id_number", "birth_date", "join_date", "regular_date"))
SECTION = "小标题、说明行"
FORM = "这是一人一表的登记表，不是党员名册。请用每人一行的花名册，或下载模板填写后再上传。"
NO_HEADING = "没有找到写着“姓名”的表头，不是党员名册。请下载模板，或检查表头后再上传。"
NAMES_ONLY = "表中只有姓名，没有性别、身份证号、入党日期等信息，不是党员名册，未导入。"
NOBODY = "名册里没有一个人。请在表头下面每人填写一行后再上传。"
POINTED_AT = ("name", "birth_date", "join_date", "regular_date", "category", "id_number", "work_no")


@dataclass(slots=True)
class Request:
    """What the reader is told: branches there are, the day, a default, corrected headings."""

    names: BranchNames
    today: date
    default: str | None = None
    meanings: dict[str, str | None] = field(default_factory=dict)


def read_roster(
    workbook: Workbook,
    *,
    known_branches: Iterable[str],
    today: date,
    default_branch: str | None = None,
    meanings: Mapping[str, str | None] | None = None,
) -> Roster:
    """`meanings` maps plain headings to fields, as a person corrected them in the preview."""
    request = Request(BranchNames(known_branches), today, default_branch, dict(meanings or {}))
    roster = Roster(workbook.digest)
    roster.notices = [Problem("", None, None, notice, "file") for notice in workbook.notices]
    readings = [SheetReading(sheet, request, roster) for sheet in workbook.sheets]
    doubles = Doubles()
    for reading in readings:
        reading.read(doubles)
    if not any(reading.is_roster for reading in readings):
        roster.file_errors.append(_why_none(readings))
    elif not any(fate.person for fate in roster.fates):
        roster.file_errors.append(NOBODY)
    return roster


def _why_none(readings: list[SheetReading]) -> str:
    if any(reading.is_form for reading in readings):
        return FORM
    return next((reading.refusal for reading in readings if reading.refusal), NO_HEADING)


class SheetReading:
    """One sheet on its way into the roster."""

    def __init__(self, sheet: Sheet, request: Request, roster: Roster) -> None:
        self.sheet, self.request, self.roster = sheet, request, roster
        self.grid = Grid(sheet)
        self.is_roster = self.is_form = False
        self.refusal = ""
        self.around = Surroundings(request.names, sheet.name, request.default)

    def read(self, doubles: Doubles) -> None:
        if self.sheet.hidden:
            self._skip_all("隐藏的工作表，未读取")
            if self.sheet.rows:
                self._notice(None, None, f"工作表“{self.sheet.name}”是隐藏的，未读取")
            return
        self.is_form = is_person_form(self.grid, self.request.meanings)
        headings = [] if self.is_form else self._headings()
        if not headings:
            self._skip_all("一人一表的登记表" if self.is_form else "没有名册表头，未读取")
            return
        self._read_titles(headings[0][0])
        self._read_parts(headings, doubles)

    def _headings(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for row in self.grid.sheet.rows:
            if found and row.number <= found[-1][1]:
                continue
            heading = heading_at(self.grid, row.number, self.request.meanings)
            if heading:
                found.append(heading)
        return found

    def _read_titles(self, first_heading: int) -> None:
        for number in range(1, first_heading):
            texts = self.grid.texts(number)
            for _, text in texts:
                self.around.add_title(text)
            self._fate(number, STRUCTURE if texts else SKIPPED, "标题、说明" if texts else "空行")

    def _read_parts(self, headings: list[tuple[int, int]], doubles: Doubles) -> None:
        ends = [top for top, _ in headings[1:]] + [self.grid.last_row + 1]
        for heading, end in zip(headings, ends, strict=True):
            for number in range(heading[0], heading[1] + 1):
                self._fate(number, STRUCTURE, "表头")
            rows = range(heading[1] + 1, end)
            tables = read_tables(self.grid, heading, self.request.meanings)
            usable = [table for table in tables if self._is_wanted(table)]
            if usable:
                self.is_roster = True
                self._describe(usable)
                self._read_rows(usable, rows, doubles)
            else:
                for number in rows:
                    self._fate(number, SKIPPED, "不是名册，未读取")

    def _is_wanted(self, table: Table) -> bool:
        title = " ".join([*self.around.lines, self.sheet.name])
        other = OTHER_LISTS.search(title)
        if other and not table.fields & SOLID:
            self.refusal = f"这是“{other[0]}”一类的表，不是党员名册，未导入。"
            return False
        if not table.is_roster:
            self.refusal = self.refusal or NAMES_ONLY
        return table.is_roster

    def _describe(self, tables: list[Table]) -> None:
        for table in tables:
            for notice in table.notices:
                self._notice(table.top, None, notice)
            if not table.has("category"):
                message = "没有人员类别（政治面貌）列，入党满一年的按正式党员导入，请核对"
                self._notice(table.bottom, None, message)
            for column in table.columns:
                if column.heading:
                    key = plain_heading(column.heading.rpartition(" / ")[2])
                    described = (column.number, column.letter, column.heading, column.field, key)
                    self.roster.columns.append(SheetColumn(self.sheet.name, *described))

    # Rows ----------------------------------------------------------------------------------

    def _read_rows(self, tables: list[Table], rows: range, doubles: Doubles) -> None:
        reasons = {
            (number, index): reason_to_skip(self.grid, table, number)
            for number in rows
            for index, table in enumerate(tables)
        }
        parts = []
        for index, table in enumerate(tables):
            peopled = [number for number in rows if not reasons[number, index]]
            column = BranchColumn(self.grid, table, peopled) if peopled else None
            self._tell_formulas(table, peopled)
            parts.append((self._reader(table), column))
        for number in rows:
            held = [part for index, part in enumerate(parts) if not reasons[number, index]]
            if self._is_dropped(number):
                self._drop_hidden(number, holds_people=bool(held))
            elif held:
                for part in held:
                    self._read_person(number, part, doubles)
            else:
                self._skip(number, reasons[number, 0])
        self._tell_hints(rows.start)

    def _reader(self, table: Table) -> PersonReader:
        return PersonReader(self.grid, table, self.request.names, self.request.today)

    def _read_person(
        self, number: int, part: tuple[PersonReader, BranchColumn], doubles: Doubles
    ) -> None:
        reader, column = part
        fate = self._fate(number, IMPORTED)
        letters = {name: reader.letter(name) for name in POINTED_AT}
        stated = self._stated(number, column)
        reader.read(fate, stated._replace(category=self.around.category))
        check_person(fate, letters, today=self.request.today)
        doubles.check(fate, letters)
        row = self.grid.rows.get(number)
        if row is not None and row.hidden:
            fate.warn(None, "此行被筛选隐藏，已一并读取，请核对", "hidden_row")

    def _stated(self, number: int, column: BranchColumn) -> Stated:
        around = self.around.stated()
        if not column.in_use:
            return around
        from_default = around.text == self.request.default and not self.around.section
        return column.stated(number, Stated() if from_default else around)

    def _is_dropped(self, number: int) -> bool:
        """Rows hidden by hand are left out; rows hidden by a filter are still people."""
        row = self.grid.rows.get(number)
        return row is not None and row.hidden and not self.sheet.filtered

    def _drop_hidden(self, number: int, *, holds_people: bool) -> None:
        fate = self._fate(number, SKIPPED, "隐藏的行，未导入")
        if holds_people:
            fate.warn(None, "此行是隐藏行，未导入；如需导入请取消隐藏", "hidden_row")

    def _skip(self, number: int, reason: str) -> None:
        if reason == SECTION:
            for _, text in self.grid.texts(number):
                self.around.add_section(text)
        self._fate(number, SKIPPED, reason)

    # Telling -------------------------------------------------------------------------------

    def _fate(self, number: int, fate: str, reason: str = "") -> RowFate:
        result = RowFate(self.sheet.name, number, fate, reason)
        self.roster.fates.append(result)
        return result

    def _skip_all(self, reason: str) -> None:
        for row in self.sheet.rows:
            self._fate(row.number, SKIPPED, reason)

    def _notice(self, row: int | None, column: str | None, message: str) -> None:
        self.roster.notices.append(Problem(self.sheet.name, row, column, message, "sheet"))

    def _tell_formulas(self, table: Table, peopled: list[int]) -> None:
        for column in table.columns:
            if column.field in (None, "seq", "age", "party_age"):
                continue
            cells = (self.grid.cell(number, column.number) for number in peopled)
            count = sum(1 for cell in cells if cell is not None and cell.computed)
            if count:
                message = f"“{column.heading}”列有 {count} 格是公式，按文件中保存的计算结果读取"
                self._notice(table.bottom, column.letter, message)

    def _tell_hints(self, row: int) -> None:
        for hint in dict.fromkeys(self.around.hints):
            self._notice(row, None, hint)
        self.around.hints.clear()
