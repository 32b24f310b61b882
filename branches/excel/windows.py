"""Columns of a list of service windows."""

from __future__ import annotations

import re

from branches.excel.listing import BadValue, Doubtful, ListColumn, lines_of, text_of
from branches.excel.text import folded
from common.excel.workbook import Cell

CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:：时点]([0-5]?[0-9])?分?")
PHONE = re.compile(r"[0-9+()（）\-—、/,，转 ]{3,30}")


def hours_of(cell: Cell) -> tuple[str, str] | Doubtful | None:
    """“9:00—17:00” → first opening and last closing; a break at noon is pointed out."""
    text = text_of(cell)
    if text is None:
        return None
    found = CLOCK.findall(folded(text))
    clocks = [f"{int(hour):02}:{int(minute or 0):02}" for hour, minute in found]
    if len(clocks) < 2 or "24:00" in clocks[:-1]:
        raise BadValue(f"“{text[:30]}”读不出起止时间，请写成 9:00-17:00")
    first, last = clocks[0], clocks[-1].replace("24:00", "23:59")
    if last <= first:
        raise BadValue(f"“{text[:30]}”的结束早于开始，请用 24 小时制，如 9:00-17:00")
    if len(clocks) > 2:
        return Doubtful((first, last), f"有几段时间，按 {first} 到 {last} 导入，请核对")
    return first, last


def phone_of(cell: Cell) -> str | None:
    text = text_of(cell)
    if text and not PHONE.fullmatch(text):
        raise BadValue(f"“{text[:30]}”不像电话")
    return text


WINDOW_COLUMNS = (
    ListColumn(
        "branch",
        "所属支部",
        r"(所属|所在)?(党?支部|党组织|组织|单位|部门|科室)(名称)?",
        guide="与系统中的名称完全一致；只有一个支部时可不填。",
        required=True,
    ),
    ListColumn(
        "name",
        "窗口名称",
        r"(服务)?窗口(名称)?|窗口全称|岗位名称",
        guide="如：婚姻登记窗口。",
        required=True,
        longest=80,
    ),
    ListColumn("number", "窗口号", r"(服务)?窗口(编)?号码?|窗口序号|柜台号", longest=20, guide="如：3。"),
    ListColumn("place", "地点", r"(窗口|办公|服务)?(地点|地址|位置|楼层)", longest=120, guide="如：一楼大厅。"),
    ListColumn("phone", "电话", r"(窗口|咨询|联系|办公|服务)?电话(号码)?", longest=30, read=phone_of),
    ListColumn(
        "services", "受理事项", r"(主要)?(受理|办理|服务)(的主要)?(事项|项目|业务|内容)(名称)?", read=lines_of,
        guide="每行一项。",
    ),
    ListColumn(
        "procedure", "流程", r"(办事|办理|服务|工作)?(程序|流程)(与流程|和流程)?", read=lines_of
    ),
    ListColumn(
        "hours", "服务时间", r"(服务|办公|工作|受理|开放)时间", read=hours_of, guide="如：9:00-17:00。"
    ),
)  # fmt: skip
