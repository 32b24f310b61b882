"""What goes back to the person who imports: the template, and the refused rows to put right."""

from __future__ import annotations

import io
from collections.abc import Sequence

from branches.excel.listing import Listing
from branches.excel.outcome import REJECTED, Roster, RowFate
from branches.excel.text import written
from branches.excel.vocabulary import FULL_MEMBER, PROBATIONARY
from common.excel.number_formats import DAY, MONTH, date_precision
from common.excel.template import TemplateColumn, template_workbook
from common.excel.workbook import DATE, Cell, Sheet, Workbook
from common.excel.writing import add_sheet, new_book

REASON, BRANCH = "错误原因（改好后请删除本列）", "所属党支部"
ISO_LENGTH = {DAY: 10, MONTH: 7}


def roster_template(branches: Sequence[str]) -> bytes:
    return template_workbook(
        "党员名册",
        [
            TemplateColumn("姓名", "与身份证一致。", required=True),
            TemplateColumn("公民身份号码", "18 位，末位可为 X；没有可不填。"),
            TemplateColumn("性别", "男或女；填了身份号码可不填。", choices=("男", "女")),
            TemplateColumn("民族", "如：汉族。"),
            TemplateColumn("出生日期", "如 1990-05-03；只知年月写 1990-05。"),
            TemplateColumn("学历", "如：大学本科。"),
            TemplateColumn("人员类别", "", required=True, choices=(FULL_MEMBER, PROBATIONARY)),
            TemplateColumn("加入党组织日期", "如 2011-07-01；只知年月写 2011-07。"),
            TemplateColumn("转为正式党员日期", "预备党员不填。"),
            TemplateColumn(BRANCH, "与系统中的名称完全一致。", required=True, choices=branches),
            TemplateColumn("党内职务", "如：书记、组织委员；没有可不填。"),
            TemplateColumn("工号", "可不填；填了以后可按工号更新。"),
            TemplateColumn("手机号", "11 位。"),
        ],
    )


def organisation_template() -> bytes:
    kinds = ("党委", "党总支", "党支部", "党小组", "单位", "科室")
    return template_workbook(
        "党组织名录",
        [
            TemplateColumn("组织名称", "全称，如：青禾县民政局第一党支部。", required=True),
            TemplateColumn("组织编号", "全门户唯一；可不填，由系统编。"),
            TemplateColumn("组织类别", "", required=True, choices=kinds),
            TemplateColumn("上级组织", "与系统中或本表中的名称一致；不填就设在导入范围之下。"),
            TemplateColumn("单位类型", "如：窗口服务；可不填。"),
            TemplateColumn("书记", "只供核对，不会授予角色。"),
            TemplateColumn("成立日期", "如 2011-07-01；可不填。"),
        ],
    )


def corrections(roster: Roster | Listing, workbook: Workbook) -> bytes:
    """The refused rows under their own headings with the reasons: put right and upload again."""
    book = new_book()
    for sheet in workbook.sheets:
        refused = [
            fate for fate in roster.fates if fate.sheet == sheet.name and fate.fate == REJECTED
        ]
        if refused:
            _add_refused(book, roster, sheet, refused)
    if not book.sheetnames:
        add_sheet(book, ["没有需要改正的行"], [])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_refused(book, roster: Roster | Listing, sheet: Sheet, refused: list[RowFate]) -> None:
    columns = [column for column in roster.columns if column.sheet == sheet.name]
    numbers = [column.number for column in columns]
    stated = not isinstance(roster, Roster) or any(column.field == "branch" for column in columns)
    headings = [column.heading.rpartition(" / ")[2] for column in columns]
    cells = {row.number: row.cells for row in sheet.rows}
    rows = []
    for fate in refused:
        row = [as_typed(cells.get(fate.row, {}).get(number)) for number in numbers]
        branch = [] if stated else [fate.person.branch if fate.person else ""]
        rows.append([*row, *branch, "；".join(problem.message for problem in fate.errors)])
    extra = [] if stated else [BRANCH]
    add_sheet(book, [*headings, *extra, REASON], rows, sheet_name=sheet.name)


def as_typed(cell: Cell | None) -> str:
    """The cell as text; of a date only as much as it showed."""
    text = written(cell)
    if cell is not None and cell.kind == DATE:
        return text[: ISO_LENGTH.get(date_precision(cell.format) or DAY, 4)]
    return text
