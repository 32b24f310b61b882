"""One row of a table made into a person, with everything that is wrong or doubtful about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import takewhile

from branches.excel.belonging import Stated
from branches.excel.branch_names import COUNT, BranchNames
from branches.excel.dates import BadDate, PartialDate, read_date
from branches.excel.grid import Grid
from branches.excel.id_numbers import BadIdNumber, IdNumber, read_id_number
from branches.excel.names import BadName, Name, read_name
from branches.excel.outcome import IMPORTED, RosterPerson, RowFate
from branches.excel.phones import BadPhone, read_phone
from branches.excel.tables import Column, Table
from branches.excel.text import NOTHING, folded, is_ticked, tidy, written
from branches.excel.vocabulary import (
    ETHNICITIES,
    GONE,
    BadWord,
    ethnicity_of,
    is_post,
    read_category,
    read_education,
    read_gender,
    read_post,
)
from common.excel.workbook import ERROR, FORMULA, Cell

REQUIRED_DATES = (
    ("birth_date", "出生日期"),
    ("join_date", "入党日期"),
    ("regular_date", "转正日期"),
)
SPELT_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
PENDING = ("预备期", "未转正", "预备", "预备党员", "未到期", "待转正")


class PersonReader:
    """Reads the rows of one table; `today` bounds the dates, `branches` are those there are."""

    def __init__(self, grid: Grid, table: Table, branches: BranchNames, today: date) -> None:
        self.grid, self.table = grid, table
        self.branches, self.today = branches, today

    def read(self, fate: RowFate, stated: Stated) -> None:
        """Fill the fate's person; `stated` is the branch that the row is said to belong to."""
        person = fate.person = RosterPerson(fate.sheet, fate.row)
        name = self._read_name(fate, person)
        identity = self._read_id_number(fate, person)
        self._read_gender(fate, person, name, identity)
        self._read_dates(fate, person, identity)
        self._read_category(fate, person, stated.category)
        self._read_branch(fate, person, stated)
        self._read_phone(fate, person)
        self._read_words(fate, person, name)
        self._read_status(fate, person)
        self._look_for_strikes(fate)

    # Cells ---------------------------------------------------------------------------------

    def column(self, name: str) -> Column | None:
        columns = self.table.columns_of(name)
        return columns[0] if columns else None

    def letter(self, name: str) -> str | None:
        column = self.column(name)
        return column.letter if column else None

    def cell(self, fate: RowFate, name: str) -> Cell | None:
        """The first filled cell of a field; formulas without result and errors are told."""
        for column in self.table.columns_of(name):
            cell = self.grid.cell(fate.row, column.number)
            if cell is not None and (cell.kind == FORMULA or written(cell)):
                return cell
        return None

    def text(self, fate: RowFate, name: str) -> str:
        cell = self.cell(fate, name)
        if cell is None or cell.value in (None, ""):
            if cell is not None and cell.kind == FORMULA:
                fate.warn(self.letter(name), "单元格是公式且没有计算结果，按空白处理", "formula")
            return ""
        if cell.kind == ERROR or written(cell) in SPELT_ERRORS:
            fate.reject(self.letter(name), f"单元格是错误值“{written(cell)}”", "error_value")
            return ""
        return written(cell)

    def ticked(self, fate: RowFate, name: str) -> list[Column]:
        """The columns of a tick matrix that are ticked in this row."""
        found = []
        for column in self.table.options_of(name):
            text = written(self.grid.cell(fate.row, column.number))
            tick = is_ticked(text)
            if tick is None and folded(text) in (folded(column.option), folded(column.heading)):
                tick = True
            if tick is None:
                fate.warn(column.letter, f"“{text[:20]}”不是勾选，已忽略", "tick_unclear")
            if tick:
                found.append(column)
        return found

    # Fields --------------------------------------------------------------------------------

    def _read_name(self, fate: RowFate, person: RosterPerson) -> Name:
        letter = self.letter("name") or self.letter("surname")
        text = self._whole_name(fate)
        if not text:
            fate.reject(letter, "姓名为空", "missing_name")
            return Name("")
        try:
            name = read_name(text)
        except BadName as error:
            sample = "样例" in str(error)
            fate.reject(letter, str(error), "template_sample_row" if sample else "bad_name")
            person.name = tidy(text)
            return Name("")
        for hint in name.hints:
            fate.warn(letter, hint, "name")
        person.name = name.value
        return name

    def _whole_name(self, fate: RowFate) -> str:
        """The name, whether in one column, in 姓 and 名, or under one heading over two."""
        parts, seen = [], set()
        for field in ("name", "surname", "given_name"):
            for column in self.table.columns_of(field):
                origin = self.grid.origin(fate.row, column.number)
                cell = self.grid.cell(fate.row, column.number)
                if cell is not None and origin not in seen and written(cell):
                    parts.append(written(cell))
                    seen.add(origin)
        if self.table.has("surname") and self.table.columns_of("name") and parts:
            return parts[0]
        if any(part in SPELT_ERRORS for part in parts):
            return ""
        return "".join(parts) if all(len(part) <= 6 for part in parts) else " ".join(parts[:1])

    def _read_id_number(self, fate: RowFate, person: RosterPerson) -> IdNumber:
        if not self.table.has("id_number"):
            return IdNumber()
        letter = self.letter("id_number")
        try:
            identity = read_id_number(self.cell(fate, "id_number"), today=self.today)
        except BadIdNumber as error:
            fate.reject(letter, str(error), "id_number")
            return IdNumber()
        if identity.hint:
            fate.warn(letter, identity.hint, "id_number")
        person.id_number = identity.number
        return identity

    def _read_gender(
        self, fate: RowFate, person: RosterPerson, name: Name, identity: IdNumber
    ) -> None:
        stated = self._word(fate, "gender", read_gender) or name.gender or None
        ticked = self.ticked(fate, "gender")
        if len(ticked) == 1:
            stated = ticked[0].option
        if stated and identity.gender and stated != identity.gender:
            message = f"性别写“{stated}”，身份证号为“{identity.gender}”，未采用，请核对"
            fate.warn(self.letter("gender"), message, "gender_id_mismatch")
            return
        person.gender = stated or identity.gender or None

    def _read_dates(self, fate: RowFate, person: RosterPerson, identity: IdNumber) -> None:
        for field, label in REQUIRED_DATES:
            setattr(person, field, self._date(fate, field, label))
        stated, certain = person.birth_date, identity.birth
        if stated and certain and not stated.agrees_with(certain):
            message = f"出生日期写 {stated.value}，身份证号为 {certain.value}，未采用，请核对"
            fate.warn(self.letter("birth_date"), message, "birth_id_mismatch")
            person.birth_date = None
        elif certain:
            person.birth_date = certain

    def _date(self, fate: RowFate, field: str, label: str) -> PartialDate | None:
        cell = self._joined(fate, field) or self.cell(fate, field)
        if field == "regular_date" and folded(written(cell)) in PENDING:
            return None
        try:
            found = read_date(cell, today=self.today)
        except BadDate as error:
            fate.reject(self.letter(field), f"{label}：{error}", "bad_date")
            return None
        if found.hint:
            fate.warn(self.letter(field), f"{label}：{found.hint}", "date")
        return found.date

    def _joined(self, fate: RowFate, field: str) -> Cell | None:
        """A date whose year, month and day stand in columns of their own."""
        column = self.column(field)
        if column is None or not column.parts:
            return None
        texts = [written(self.grid.cell(fate.row, number)) for number in column.parts]
        texts = [text.strip("年月日号 ") for text in texts]
        filled = list(takewhile(bool, texts))
        return Cell("-".join(filled)) if filled and filled == [t for t in texts if t] else None

    def _read_category(self, fate: RowFate, person: RosterPerson, section: str) -> None:
        person.category = self._word(fate, "category", read_category)
        if section and not person.category and fate.fate == IMPORTED:
            try:
                person.category = read_category(section)
            except BadWord as error:
                fate.reject(None, str(error), "not_a_member")
        ticked = self.ticked(fate, "category")
        values = {column.option for column in ticked}
        if len(values) > 1:
            fate.reject(ticked[-1].letter, f"同时勾选了{'、'.join(sorted(values))}", "two_ticks")
        for column in ticked[:1]:
            try:
                person.category = read_category(column.option)
            except BadWord as error:
                fate.reject(column.letter, str(error), "not_a_member")

    def _read_branch(self, fate: RowFate, person: RosterPerson, stated: Stated) -> None:
        if stated.problem:
            fate.reject(stated.letter, stated.problem, stated.code)
            return
        person.branch = self.branches.exact(stated.text)
        counted = "" if person.branch else COUNT.sub("", folded(stated.text))
        if counted and self.branches.exact(counted):  # 第一党支部（12人）
            person.branch = self.branches.exact(counted)
        if not person.branch:
            near = self.branches.nearest(stated.text)
            advice = f"，是否指“{near}”？请改成完全一致的名称" if near else "，请先建立该支部"
            message = f"没有名为“{stated.text[:60]}”的党支部{advice}"
            fate.reject(stated.letter, message, "unknown_branch")
        elif stated.hint:
            fate.warn(stated.letter, stated.hint, "branch")

    def _read_phone(self, fate: RowFate, person: RosterPerson) -> None:
        try:
            person.phone = read_phone(self.cell(fate, "phone"))
        except BadPhone as error:
            fate.warn(self.letter("phone"), str(error), "phone")

    def _read_words(self, fate: RowFate, person: RosterPerson, name: Name) -> None:
        person.education = self._word(fate, "education", read_education)
        person.ethnicity = self._word(fate, "ethnicity", ethnicity_of) or name.ethnicity or None
        if person.ethnicity and person.ethnicity not in ETHNICITIES:
            message = f"民族“{person.ethnicity[:20]}”不在 56 个民族名称中，请核对"
            fate.warn(self.letter("ethnicity"), message, "ethnicity")
        number = self.text(fate, "work_no")
        person.work_no = None if number in NOTHING else number.lstrip("'")
        self._read_position(fate, person)

    def _read_position(self, fate: RowFate, person: RosterPerson) -> None:
        person.party_position = self._word(fate, "party_position", read_post)
        ticked = [column.option for column in self.ticked(fate, "party_position")]
        if ticked:
            person.party_position = "、".join(ticked)
        title = self.text(fate, "title")
        if not self.table.has("party_position") and is_post(title):
            person.party_position = title

    def _read_status(self, fate: RowFate, person: RosterPerson) -> None:
        person.lost_contact = is_ticked(self.text(fate, "lost_contact") or "?")
        person.mobile_member = is_ticked(self.text(fate, "mobile_member") or "?")
        try:
            person.lost_date = read_date(self.cell(fate, "lost_date"), today=self.today).date
        except BadDate as error:
            fate.warn(self.letter("lost_date"), f"失去联系日期：{error}", "date")
        status = folded(self.text(fate, "membership_status"))
        if status and status not in ("正常", "在册", "正式", "有效", "在党"):
            fate.warn(self.letter("membership_status"), f"党籍状态是“{status}”，请核对", "status")
        remark = self.text(fate, "remark")
        if GONE.search(remark):
            message = f"备注写有“{remark[:30]}”，请核对是否仍在本支部"
            fate.warn(self.letter("remark"), message, "remark")

    def _word(self, fate: RowFate, field: str, read: Callable[[str], str | None]) -> str | None:
        text = self.text(fate, field)
        if not text:
            return None
        try:
            return read(text) or None
        except BadWord as error:
            code = "not_a_member" if "不是党员" in str(error) else "bad_word"
            fate.reject(self.letter(field), str(error), code)
            return None

    def _look_for_strikes(self, fate: RowFate) -> None:
        for field in ("name", "id_number"):
            cell = self.cell(fate, field)
            if cell is not None and cell.struck:
                fate.reject(self.letter(field), "单元格有删除线，视为已划去，未导入", "struck")
                return
