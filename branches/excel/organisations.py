"""A workbook read as a list of party organisations: who is under whom, in an order to create them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branches.excel.dates import BadDate, PartialDate, read_date
from branches.excel.grid import Grid
from branches.excel.headings import plain_heading
from branches.excel.organisation_headings import kind_of, organisation_columns
from branches.excel.outcome import Problem, SheetColumn
from branches.excel.rows import FOOTNOTE, SAMPLE, SIGNATURE, SUBTOTAL
from branches.excel.text import NOTHING, folded, tidy, without_code, written
from common.excel.workbook import NUMBER, Cell, Sheet, Workbook, column_letter

NO_LIST = "没有找到写着“组织名称”的表头，不是党组织名录。请下载模板，或检查表头后再上传。"
NOBODY = "名录里没有一个组织。请在表头下面每个组织填写一行后再上传。"
FIELDS = ("sheet", "row", "name", "code", "kind", "parent", "unit_type", "secretary")
TEXTS = ("unit_type", "secretary", "domain")


@dataclass(slots=True)
class ListedOrganisation:
    sheet: str
    row: int
    name: str
    code: str | None = None
    kind: str | None = None
    parent: str | None = None
    unit_type: str | None = None
    secretary: str | None = None
    domain: str | None = None
    founded: PartialDate | None = None
    columns: dict[str, int] = field(default_factory=dict)

    def problem(self, column: str, message: str, code: str) -> Problem:
        number = self.columns.get(column)
        letter = column_letter(number) if number else None
        return Problem(self.sheet, self.row, letter, message, code)

    def as_json(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in FIELDS}
        founded = self.founded
        values["founded"] = founded and {"value": founded.value, "precision": founded.precision}
        return values


@dataclass(slots=True)
class OrganisationList:
    digest: str
    organisations: list[ListedOrganisation] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    skipped: list[tuple[str, int, str]] = field(default_factory=list)
    columns: list[SheetColumn] = field(default_factory=list)
    file_errors: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return bool(self.organisations) and not self.file_errors

    def as_json(self, *, applied: bool = False) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "applied": applied,
            "organisations": [each.as_json() for each in self.organisations],
            "warnings": [problem.as_json() for problem in self.warnings],
            "errors": [problem.as_json() for problem in self.errors],
            "skipped": [
                {"sheet": sheet, "row": row, "reason": reason}
                for sheet, row, reason in self.skipped
            ],
            "file_errors": [{"message": message} for message in self.file_errors],
        }

    def reject(self, each: ListedOrganisation, column: str, message: str, code: str) -> None:
        self.errors.append(each.problem(column, message, code))

    def warn(self, each: ListedOrganisation, column: str, message: str, code: str) -> None:
        self.warnings.append(each.problem(column, message, code))


def read_organisations(
    workbook: Workbook,
    *,
    known: Iterable[tuple[str, str]],
    today: date,
    meanings: dict[str, str | None] | None = None,
) -> OrganisationList:
    """`known` are name and code of the organisations there are; parents come before children."""
    listing = OrganisationList(workbook.digest)
    found: list[ListedOrganisation] = []
    seen_heading = False
    for sheet in workbook.sheets:
        heading = None if sheet.hidden else _heading(sheet, meanings or {})
        if heading:
            seen_heading = True
            listing.columns += _described(sheet, *heading)
            found += _read_sheet(sheet, *heading, listing, today)
        else:
            reason = "隐藏的工作表，未读取" if sheet.hidden else "没有名录表头，未读取"
            listing.skipped += [(sheet.name, row.number, reason) for row in sheet.rows]
    known_names = {folded(name): name for name, _ in known}
    unique = _without_doubles(found, listing)
    placed = _with_parents(unique, known_names, listing)
    listing.organisations = _in_order(placed, set(known_names.values()), listing)
    if not seen_heading:
        listing.file_errors.append(NO_LIST)
    elif not found:
        listing.file_errors.append(NOBODY)
    return listing


def _heading(sheet: Sheet, meanings: dict[str, str | None]) -> tuple[int, dict[str, int]] | None:
    grid = Grid(sheet)
    for row in sheet.rows[:60]:
        columns = organisation_columns(grid.texts(row.number), meanings)
        if "name" in columns and len(columns) >= 2:
            return row.number, columns
    return None


def _described(sheet: Sheet, row: int, columns: dict[str, int]) -> list[SheetColumn]:
    fields = {number: name for name, number in columns.items()}
    return [
        SheetColumn(
            sheet.name, number, column_letter(number), text, fields.get(number), plain_heading(text)
        )
        for number, text in Grid(sheet).texts(row)
    ]


def _read_sheet(
    sheet: Sheet, top: int, columns: dict[str, int], listing: OrganisationList, today: date
) -> list[ListedOrganisation]:
    grid = Grid(sheet)
    found = []
    for number in range(1, grid.last_row + 1):
        reason = "标题、表头" if number <= top else _reason_to_skip(grid, columns, number)
        if reason:
            listing.skipped.append((sheet.name, number, reason))
            continue
        each = _read_row(grid, columns, number, listing, today)
        if each:
            found.append(each)
    return found


def _reason_to_skip(grid: Grid, columns: dict[str, int], row: int) -> str:
    texts = grid.texts(row)
    if not texts:
        return "空行"
    first = folded(texts[0][1])
    if SUBTOTAL.fullmatch(first) or FOOTNOTE.fullmatch(first):
        return "合计、说明行"
    if len(texts) <= 4 and SIGNATURE.fullmatch(first):
        return "签字、填报行"
    if SAMPLE.fullmatch(first):
        return "样例行"
    if set(organisation_columns(texts)) == set(columns):
        return "重复的表头"
    own = grid.own_cells(row)
    filled = [name for name in ("name", "code", "kind", "parent") if columns.get(name) in own]
    return "" if filled else "没有组织名称、编号等信息"


def _read_row(
    grid: Grid, columns: dict[str, int], row: int, listing: OrganisationList, today: date
) -> ListedOrganisation | None:
    def cell(name: str) -> Cell | None:
        return grid.cell(row, columns[name]) if name in columns else None

    def text(name: str) -> str | None:
        value = without_code(written(cell(name))) if name != "name" else written(cell(name))
        return None if folded(value) in NOTHING else value

    each = ListedOrganisation(grid.sheet.name, row, tidy(text("name") or ""), columns=columns)
    each.code, each.parent = code_of(cell("code")), text("parent")
    for name in TEXTS:
        setattr(each, name, text(name))
    each.kind = kind_of(text("kind"), each.name)
    try:
        each.founded = read_date(cell("founded"), today=today).date
    except BadDate as error:
        letter = column_letter(columns["founded"])
        listing.warnings.append(Problem(each.sheet, row, letter, f"建立日期：{error}", "bad_date"))
    return _checked(each, listing)


def _checked(each: ListedOrganisation, listing: OrganisationList) -> ListedOrganisation | None:
    if not each.name:
        listing.reject(each, "name", "组织名称为空", "missing_name")
        return None
    if len(each.name) > 120:
        listing.reject(each, "name", "组织名称过长（最多 120 字）", "bad_name")
        return None
    if not each.kind:
        listing.reject(each, "kind", "组织类别看不出是党委、党总支还是党支部，请填写", "bad_kind")
        return None
    return each


def code_of(cell: Cell | None) -> str | None:
    """The code with the zeros that the cell's format shows (000000 makes 20100 into 020100)."""
    text = folded(written(cell)).lstrip("'")
    if cell is not None and cell.kind == NUMBER and cell.format and set(cell.format) == {"0"}:
        text = text.zfill(len(cell.format))
    return None if text in NOTHING else text


def _without_doubles(
    found: list[ListedOrganisation], listing: OrganisationList
) -> list[ListedOrganisation]:
    names: dict[str, ListedOrganisation] = {}
    codes: dict[str, ListedOrganisation] = {}
    unique = []
    for each in found:
        first = names.setdefault(folded(each.name), each)
        if first is not each:
            message = f"组织名称与第 {first.row} 行重复（不计空格）"
            listing.reject(each, "name", message, "duplicate_name")
            continue
        first = codes.setdefault(each.code, each) if each.code else each
        if first is not each:
            message = f"组织编号 {each.code} 与第 {first.row} 行（{first.name}）重复"
            listing.reject(each, "code", message, "duplicate_code")
            continue
        unique.append(each)
    return unique


def _with_parents(
    found: list[ListedOrganisation], known: dict[str, str], listing: OrganisationList
) -> list[ListedOrganisation]:
    """Every parent becomes the exact name of an organisation of the file or of the portal."""
    names = {folded(each.name): each.name for each in found}
    codes = {each.code: each.name for each in found if each.code}
    placed = []
    for each in found:
        stated = folded(each.parent or "")
        if not stated and "parent" not in each.columns:
            each.parent = _parent_by_code(each, codes)
        elif stated:
            each.parent = names.get(stated) or codes.get(stated) or known.get(stated)
        if each.parent and folded(each.parent) == folded(each.name):
            listing.reject(each, "parent", "上级组织是它自己", "cycle_self_parent")
        elif stated and not each.parent:
            message = f"没有名为“{stated[:60]}”的上级组织（文件中和系统中都没有）"
            listing.reject(each, "parent", message, "parent_unknown")
        else:
            placed.append(each)
    return placed


def _parent_by_code(each: ListedOrganisation, codes: dict[str, str]) -> str | None:
    """Without a parent column, 020100001 stands under 020100."""
    code = each.code or ""
    for length in range(len(code) - 1, 1, -1):
        if code[:length] in codes:
            return codes[code[:length]]
    return None


def _in_order(
    found: list[ListedOrganisation], known: set[str], listing: OrganisationList
) -> list[ListedOrganisation]:
    """Parents first; who waits for a refused or circling parent for ever is refused."""
    ordered: list[ListedOrganisation] = []
    there = set(known)
    waiting = found
    while waiting:
        ready = [each for each in waiting if not each.parent or each.parent in there]
        if not ready:
            break
        there |= {each.name for each in ready}
        ordered += ready
        waiting = [each for each in waiting if each.name not in there]
    for each in waiting:
        message = f"上级组织“{each.parent}”未能导入，或与它互为上下级"
        listing.reject(each, "parent", message, "parent_refused")
    return ordered
