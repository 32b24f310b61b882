"""Figures of measures, and shifts, as kinds of import."""

from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from branches.excel.readers import figure_of, whole_of
from competitions.actions.indicators import open_periods, plan_readings, write_readings
from competitions.permissions import RUNNERS

COLUMNS = (
    ListColumn(
        "name",
        "名称",
        r"名称|姓名|(对象|窗口|支部|单位)名称|窗口|支部",
        required=True,
        longest=120,
        guide="个人写姓名，窗口写窗口名称，支部写支部名称；同名的写成“张三（一支部）”。",
    ),
    ListColumn(
        "kind", "对象", r"对象|(对象)?(类别|类型)", guide="个人、窗口、支部；不写就是窗口。"
    ),
    ListColumn("measure", "指标", r"指标(名称)?", required=True, guide="与方案中的指标名称一致。"),
    ListColumn(
        "figure", "数值", r"(实际|完成)?(数值|值|数据|完成情况)", required=True, read=figure_of
    ),
    ListColumn(
        "cases",
        "依据件数",
        r"依据件数|件数|办件量",
        read=whole_of,
        guide="这个数是多少件业务得出来的；不写就是没有。",
    ),
)

READINGS = register(
    list_kind(
        key="readings",
        label="指标数据",
        noun="个数",
        hint="一行一个对象的一个指标；同一对象同一期的同一指标更新，不重复新建。",
        roles=RUNNERS,
        scopes=("committee", "general_branch", "branch"),
        columns=COLUMNS,
        plan=plan_readings,
        write=write_readings,
        url="competitions:indicator_list",
        abouts=open_periods,
        about_label="哪一期",
    )
)
