"""Workbooks of what units show, and 明白卡 as a kind of import (L12, C08)."""

import re

from django.utils import timezone

from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import BadValue, ListColumn, lines_of, text_of
from branches.excel.readers import choice_of
from branches.excel.text import folded
from branches.models import Organisation, Window
from branches.permissions import KEEPERS
from common.downloads import numbered
from common.excel.workbook import Cell
from pledges.actions.service_item_import import plan_service_items, write_service_items

KINDS = {"person": "个人", "window": "窗口", "branch": "支部"}


def _day(moment):
    return timezone.localdate(moment) if moment else None


PLEDGES = [
    ("承诺事项", lambda pledge: pledge.text),
    ("谁的", lambda pledge: str(pledge.owner)),
    ("目标", lambda pledge: pledge.target),
    ("完成时限", lambda pledge: pledge.due_on),
    ("状态", lambda pledge: pledge.get_status_display()),
    ("周期", lambda pledge: pledge.period.name),
    ("所在组织", lambda pledge: pledge.organisation.name),
]


def pledge_ledger():
    """承诺台账, a fresh numbering for each file."""
    return numbered(
        [
            ("所在组织", lambda pledge: pledge.organisation.name),
            ("承诺人", lambda pledge: str(pledge.owner)),
            ("类别", lambda pledge: KINDS[pledge.owner_kind]),
            ("主题", lambda pledge: pledge.theme),
            ("承诺事项", lambda pledge: pledge.text),
            ("现状（基准）", lambda pledge: pledge.baseline),
            ("目标", lambda pledge: pledge.target),
            ("完成时限", lambda pledge: pledge.due_on),
            ("佐证", lambda pledge: pledge.evidence_plan),
            ("公示日期", lambda pledge: _day(pledge.published_at)),
            ("兑现情况", lambda pledge: pledge.get_status_display()),
            ("认定日期", lambda pledge: _day(pledge.concluded_at)),
            ("未兑现说明", lambda pledge: pledge.explanation),
        ]
    )


ZONES = [
    ("组织", lambda zone: zone.organisation.name),
    ("种类", lambda zone: zone.kind),
    ("名称", lambda zone: zone.name),
    ("范围或地点", lambda zone: zone.place),
    ("责任内容", lambda zone: zone.responsibility),
    (
        "责任人",
        lambda zone: "、".join(one.person.name for one in zone.holders.all() if not one.ends_on),
    ),
    ("设立日期", lambda zone: zone.starts_on),
]


FIRST_ASKED = [
    ("组织", lambda entry: entry.organisation.name),
    ("窗口", lambda entry: entry.window.name if entry.window else ""),
    ("来访日期", lambda entry: entry.asked_on),
    ("来访人", lambda entry: entry.visitor),
    ("问什么事", lambda entry: entry.matter),
    ("首问责任人", lambda entry: entry.first_by.name),
    ("转交谁", lambda entry: entry.handed_to),
    ("应办结日期", lambda entry: entry.due_on),
    ("办结日期", lambda entry: entry.done_on),
    ("办理结果", lambda entry: entry.result),
]


REPORTS = [
    ("服务事项", lambda report: report.item.matter),
    ("所属组织", lambda report: report.item.organisation.name),
    ("反映什么", lambda report: report.get_kind_display()),
    ("具体情况", lambda report: report.text),
    ("所在周", lambda report: report.week_on),
    ("答复", lambda report: report.answer),
    ("答复日期", lambda report: report.answered_on),
    ("答复人", lambda report: report.answered_by.name if report.answered_by else ""),
]
DAYS = re.compile(r"([0-9]{1,3})(个)?(工作)?(日|天)?(内|以内)?(办结)?")
AT_ONCE = ("即办", "即时", "即时办结", "当场", "当场办结", "马上办", "立等可取", "即来即办")
CHARGES = {
    "不收费": "free", "免费": "free", "否": "free", "无": "free", "收费": "paid", "是": "paid", "有": "paid",
}  # fmt: skip


def days_of(cell: Cell) -> int | None:
    """“5个工作日”, “当场办结” → 5, 0."""
    text = folded(text_of(cell) or "")
    if not text:
        return None
    if text in AT_ONCE:
        return 0
    found = DAYS.fullmatch(text)
    if not found:
        raise BadValue(f"“{text[:30]}”读不出天数，请写成工作日数，当场办结写 0")
    return int(found[1])


def _branches(scope: Organisation) -> list[str]:
    return list(Organisation.objects.active().below(scope).values_list("name", flat=True))


def _windows(scope: Organisation) -> list[str]:
    inside = Window.objects.open().filter(organisation__path__startswith=scope.path)
    return list(inside.order_by("name").values_list("name", flat=True).distinct())


def charges_of(cell: Cell) -> str | None:
    return choice_of(CHARGES)(Cell(str(cell.value))) if cell.value is not None else None


SERVICE_ITEM_COLUMNS = (
    ListColumn("matter", "办理的事项", r"(办理的?|服务|审批|受理)?(事项|项目)(名称)?", required=True, longest=120),
    ListColumn("branch", "所属支部", r"(所属|所在)?(党?支部|党组织|组织)(名称)?", choices=_branches,
               guide="与系统中的名称完全一致；只有一个支部时可不填。"),
    ListColumn("window", "受理窗口", r"(受理|办理|服务)?窗口(名称)?", choices=_windows, guide="可不填。"),
    ListColumn("basis", "政策依据", r"(办理|政策|法律|法定|设定)?依据", read=lines_of, longest=1000,
               guide="文件名和条款。"),
    ListColumn("preconditions", "前置条件", r"(前置|办理|申请|受理)条件", read=lines_of, longest=1000,
               guide="没有就写：没有前置条件。"),
    ListColumn("materials", "申请材料", r"(申请|申报|所需|办理|提交)?材料(清单)?", read=lines_of, longest=2000,
               guide="每行一样。"),
    ListColumn("procedure", "办理程序", r"(办理|办事)?(程序|流程)", read=lines_of, longest=2000, guide="每行一步。"),
    ListColumn("charges", "是否收费", r"(是否)?收费(与否|情况)?", read=charges_of, choices=("收费", "不收费")),
    ListColumn("fee_basis", "收费依据", r"收费(的)?依据", read=lines_of, longest=500),
    ListColumn("fee_standard", "收费标准", r"收费(的)?标准", read=lines_of, longest=500),
    ListColumn("limit_days", "承诺时限", r"(承诺|办理|办结)?(时限|期限)", read=days_of,
               guide="工作日数；当场办结写 0。"),
    ListColumn("legal_days", "原时限", r"(原|法定)(办理|办结)?(时限|期限)", read=days_of, guide="压缩前或法定的工作日数。"),
    ListColumn("handler_unit", "承办单位", r"(承办|责任|实施)(单位|机构|科室|部门)", longest=120),
    ListColumn("handler_name", "承办人", r"(承办|经办|责任|办理)人(员)?(姓名)?", longest=60),
    ListColumn("contact", "联系方式", r"(联系|咨询|办公)?(电话|方式|联系电话)", longest=60, guide="填办公电话。"),
    ListColumn("service_standard", "服务标准", r"服务标准", read=lines_of, longest=1000),
)  # fmt: skip

SERVICE_ITEMS = register(
    list_kind(
        key="service_items",
        label="明白卡",
        noun="事项",
        hint="一行一个服务事项，八项公开内容各一列；作为草稿导入，补齐、审核后才公示。已公示的不会被改动。",
        roles=KEEPERS,
        scopes=("committee", "general_branch", "branch", "unit", "department"),
        columns=SERVICE_ITEM_COLUMNS,
        plan=plan_service_items,
        write=write_service_items,
        url="branches:import_list",
    )
)


SHOWN = [
    ("名称", str),
    ("组织", lambda shown: shown.organisation.name),
    ("版次", lambda shown: shown.version),
    ("状态", lambda shown: shown.get_state_display()),
    ("公示日期", lambda shown: _day(shown.published_at)),
    ("公示到", lambda shown: shown.shown_until),
]
SHOWN_MORE = {
    "item": [
        ("窗口", lambda item: item.window.name if item.window else ""),
        ("八公开", lambda item: f"{item.filled_count}/8"),
        ("还缺", lambda item: "、".join(item.gaps())),
        ("承诺时限", lambda item: item.limit_text),
        ("压缩天数", lambda item: item.days_cut),
        ("是否收费", lambda item: item.get_charges_display()),
    ],
    "plaque": [
        ("挂牌人", lambda plaque: str(plaque.holder)),
        ("挂牌时间", lambda plaque: plaque.starts_on),
        ("期限", lambda plaque: plaque.ends_on),
        ("标准", lambda plaque: plaque.criteria),
    ],
}


PRINT_STATES = {
    "stale": "须重印",
    "current": "与现在一致",
    "incomplete": "还缺",
    "never": "还没印",
}
PRINTS = [
    ("名称", lambda line: line.face.title),
    ("说明", lambda line: line.face.note),
    ("状态", lambda line: PRINT_STATES[line.state]),
    ("还缺什么", lambda line: "、".join(line.face.missing)),
    ("版次", lambda line: line.record.version if line.record else None),
    ("上次印制", lambda line: _day(line.record.printed_at) if line.record else None),
]
COVERAGE = [
    ("窗口", lambda window: window.name),
    ("组织", lambda window: window.organisation.label),
    ("党员值守", lambda window: "有" if window.has_member else "没有"),
    ("支部管理", lambda window: "有" if window.has_branch else "没有"),
]
