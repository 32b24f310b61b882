"""What a row is that holds nobody: blank, subtotal, signature, sample, instruction, section."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import re

from branches.excel.branch_names import LONGEST_LINE, ORGANISATION, short_name
from branches.excel.grid import Grid
from branches.excel.headings import field_of
from branches.excel.tables import Table
from branches.excel.text import folded, written
from branches.excel.vocabulary import is_category

SUBTOTAL = re.compile(
    r"(小计|合计|总计|共计|累计|本页小计|本页合计|本表合计|小计人数|合计人数|汇总)[:：]?"
    r"|[^,，。]{0,20}(小计|合计|总计)[:：]?[0-9]*[人名]?"
    r"|(本支部|全支部|以上|本表|支部|总|全)?(共|合计|总计|现)有?(正式|预备)?(党员)?(总数)?[:：]?[0-9]+[人名].*"
    r"|[（(]?(以下空白|以下无正文|以下为空|此行以下空白|本页无正文)[)）]?"
)
SAMPLE = re.compile(
    r"[（(【\[]?(示?例|样例|示例|例如|填写示例|填表示例|填写样例|范例|举例|示范|样本|模板|样板)(行|[0-9])?[)）】\]]?[:：]?.{0,8}"
)
SAMPLE_REMARK = re.compile(
    r"[（(【]?(这是|本行|此行|该行|以上|以下)?(为|是)?(示例|样例|范例|填写示范)(行|数据)?([，,；;：:。、].*|[)）】])?"
    r"|(本行|此行|该行)?.{0,4}(请|可|导入[前时]).{0,4}删除.{0,8}"
)
SIGNATURE = re.compile(
    r"(填表|制表|填报|审核|复核|审批|负责|经办|校对|统计|录入|联系|核对|单位负责|支部负责|党组织负责|主要负责)(人|单位|日期|时间|意见|人员)?(签字|签名|签章)?"
    r"([（(][^)）]{1,10}[)）])?[:：].*"
    r"|(党?(总)?支部)?(党委)?(书记|组织委员)?([（(]?(签字|签名|签章|盖章|公章)[)）]?)+[:：]?.*"
    r"|(党?(总)?支部)?书记[:：].*|[0-9]{0,4}年[0-9]{0,2}月[0-9]{0,2}日|(日期|时间)[:：].*"
)
FOOTNOTE = re.compile(
    r"(填表|填写)?(说明|注|备注|注意|注意事项|要求|提示|温馨提示|须知|附注)[0-9]?[:：、.．].*|[※*].{6,}"
)
NUMBERED_NOTE = re.compile(r"([(（]?[0-9一二三四五六七八九十]{1,2}[)）]?[、.．])[^，]{8,}")
COLUMN_MARK = re.compile(r"[（(]?([0-9]{1,2}|[A-Z]|[甲乙丙丁戊己庚辛壬癸])[)）]?")
GUIDANCE = re.compile(
    r"必填|选填|非必填|可不填|下拉|请填|请选|填写|格式[:：为]|文本格式|例[:：如]|如[:：]|[0-9]+位|不超过|自动生成"
)
GROUP = re.compile(
    r".{0,10}(党员|人员|职工|干部|教师|教工|学生|离休|退休|在职|其他|其它)(名单|名册|部分)?"
)
NAMING = ("name", "surname", "given_name")
IDENTIFYING = ("id_number", "birth_date", "join_date", "regular_date", "phone", "work_no")
NOBODY = "没有姓名、身份证号等信息"


def reason_to_skip(grid: Grid, table: Table, row: int) -> str:
    """Why a row under a heading holds nobody; empty when it holds somebody."""
    texts = grid.texts(row)
    if not texts:
        return "空行"
    if _continues_person(grid, table, row):
        return "上一行合并单元格的续行"
    return _marked(texts, _name_of(grid, table, row)) or _without_person(grid, table, row, texts)


def _continues_person(grid: Grid, table: Table, row: int) -> bool:
    names = table.columns_of("name")
    return bool(names) and table.bottom < grid.origin(row, names[0].number)[0] < row


def _name_of(grid: Grid, table: Table, row: int) -> str:
    columns = table.columns_of("name") or table.columns_of("surname")
    return written(grid.cell(row, columns[0].number))


def _marked(texts: list[tuple[int, str]], name: str) -> str:
    """Rows that say themselves what they are, in one of their first cells."""
    leading = [folded(text)[:LONGEST_LINE] for _, text in texts[:3]]
    if any(SUBTOTAL.fullmatch(text) for text in leading) or SUBTOTAL.fullmatch(
        folded(name)[:LONGEST_LINE]
    ):
        return "小计、合计行"
    if SAMPLE.fullmatch(leading[0]) and texts[0][1] != name:
        return "样例行"
    if any(
        SAMPLE_REMARK.fullmatch(folded(text)[:LONGEST_LINE]) for _, text in texts if text != name
    ):
        return "样例行"
    few = len(texts) <= 4
    if few and SIGNATURE.fullmatch(leading[0]):
        return "签字、填报行"
    if FOOTNOTE.fullmatch(leading[0]) or (len(texts) <= 2 and _is_numbered_note(leading[0])):
        return "填表说明"
    if all(COLUMN_MARK.fullmatch(folded(text)) for _, text in texts) and len(texts) > 2:
        return "栏次行"
    if sum(
        1 for _, text in texts if GUIDANCE.search(text[:LONGEST_LINE])
    ) >= 2 and not _looks_like_person(texts):
        return "填写要求"
    return ""


def _is_numbered_note(text: str) -> bool:
    """“1、本表由支部填写” is a note, “一、第一党支部” is a section."""
    return bool(NUMBERED_NOTE.fullmatch(text)) and not ORGANISATION.search(short_name(text))


def _looks_like_person(texts: list[tuple[int, str]]) -> bool:
    return any(re.fullmatch(r"[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}", folded(text)) for _, text in texts)


def _without_person(grid: Grid, table: Table, row: int, texts: list[tuple[int, str]]) -> str:
    if any(_filled(grid, table, row, name) for name in IDENTIFYING):
        return ""
    if not any(_filled(grid, table, row, name) for name in NAMING):
        if len(texts) == 1 and is_line(grid, row, texts[0]):
            return "小标题、说明行"
        return NOBODY if len(texts) > 1 or not texts[0][1].isdigit() else "只有序号的空行"
    flat = [cell for cell in texts if not _is_tall(grid, row, cell[0])]
    return "小标题、说明行" if 0 < len(flat) <= 2 and _is_title(flat, grid, row) else ""


def _is_tall(grid: Grid, row: int, column: int) -> bool:
    """A cell over several rows (支部, 党小组) says nothing about this one."""
    area = grid.area(row, column)
    return area is not None and area.bottom > area.top


def _filled(grid: Grid, table: Table, row: int, name: str) -> bool:
    """An own cell with something in it; what a merged area spreads over rows does not count."""
    own = grid.own_cells(row)
    cells = (own.get(column.number) for column in table.columns_of(name))
    return any(written(cell) and not (cell.computed and cell.value == 0) for cell in cells if cell)


def is_line(grid: Grid, row: int, cell: tuple[int, str]) -> bool:
    column, text = cell
    return not text.isdigit() or grid.width(row, column) > 2


def _is_title(texts: list[tuple[int, str]], grid: Grid, row: int) -> bool:
    column, text = texts[-1]
    short = short_name(text)
    if ORGANISATION.search(short) or is_category(short) or GROUP.fullmatch(short):
        return True
    if grid.width(row, column) > 2 or len(text) > 12:
        return True
    return bool(field_of(text)) or any(sign in text for sign in "：:、。，")
