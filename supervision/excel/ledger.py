"""Columns of a 整改台账 as offices keep it, merged cells and all."""

from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from branches.excel.readers import day_of, lines_of
from supervision.actions.ledger_import import KEEPING, ledgers_for, plan_ledger, write_ledger

COLUMNS = (
    ListColumn(
        "problem", "问题", r"(存在的?|突出|主要|整改)?问题(描述|表现|内容|事项)?", required=True,
        longest=1000, read=lines_of, guide="在哪里、谁、什么事。",
    ),
    ListColumn(
        "branch", "责任支部", r"(责任|整改|所属|所在)?(党?支部|单位|部门|科室|组织)(名称)?",
        guide="与系统中的名称一致；只有一个支部时可不填。",
    ),
    ListColumn("source", "来源", r"(问题)?(来源|提出方式)", longest=50, guide="按方案的写法，如：自己找。"),
    ListColumn("category", "类别", r"(问题)?(类别|类型|分类)", longest=50),
    ListColumn("measure", "整改措施", r"(整改|具体)?措施(内容)?", longest=1000, read=lines_of),
    ListColumn("owner", "责任人", r"(整改)?(责任|负责)(人|同志)", longest=60),
    ListColumn(
        "due_on", "整改时限", r"(整改|完成|办结|原定)?(时限|期限|完成时间|完成日期)", required=True,
        read=day_of, guide="如 2026-12-31，今天以后。",
    ),
    ListColumn("state", "状态", r"(整改|办理|完成)?(状态|情况|进度|结果)", longest=2000),
)  # fmt: skip

LEDGER = register(
    list_kind(
        key="ledger",
        label="整改台账",
        noun="问题",
        hint="一行一个问题；合并的单元格（同一支部、同一责任人的几个问题）照样读。已经销号的不导入，时限要在今天以后。",
        roles=KEEPING,
        scopes=("committee", "general_branch", "branch", "unit", "department"),
        columns=COLUMNS,
        plan=plan_ledger,
        write=write_ledger,
        url="supervision:ledger_list",
        abouts=ledgers_for,
        about_label="哪项活动",
    )
)
