"""Shifts of a month as a kind of import."""

from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from branches.excel.readers import day_of, whole_of
from competitions.actions.indicators import open_periods
from competitions.actions.shift_import import plan_shifts, write_shifts
from competitions.permissions import RUNNERS

COLUMNS = (
    ListColumn("name", "姓名", r"姓名|名称|窗口|值班人(员)?", required=True, longest=120),
    ListColumn("day", "日期", r"(值班|班次|登记)?日期", required=True, read=day_of),
    ListColumn("clean", "无错班次", r"(无错)?班次(数)?|班数", read=whole_of, guide="不写就是 1 班。"),
    ListColumn(
        "reason", "差错和原因", r"差错(和|及)?(原因)?|错情|原因", longest=200,
        guide="写了就从这一班重新计数，公开显示。",
    ),
)  # fmt: skip

SHIFTS = register(
    list_kind(
        key="shifts",
        label="无错班次",
        noun="班",
        hint="一行一个人一次班；按日期先后排列，先在“无差错”里为他开始计数。",
        roles=RUNNERS,
        scopes=("committee", "general_branch", "branch"),
        columns=COLUMNS,
        plan=plan_shifts,
        write=write_shifts,
        url="competitions:streak_list",
        abouts=open_periods,
        about_label="哪一期",
    )
)
