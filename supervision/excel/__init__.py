"""Workbooks of what is on the screen."""

from django.utils import timezone

from common import downloads
from common.templatetags.portal import explained
from supervision.excel import archive, ledger, pictures, records
from supervision.excel.dashboard import dashboard_workbook
from supervision.queries.inspections import method_names, unmet_points
from supervision.queries.scorecards import explain

# archive, pictures and records register their sections, ledger its kind of import
__all__ = ["archive", "dashboard_workbook", "ledger", "ledger_columns", "pictures", "records"]
LOOKED_AT = 50  # cards whose parts name the columns

SCORES = [
    ("名称", lambda card: card.subject_name),
    ("所在组织", lambda card: card.organisation.name),
    ("得分", lambda card: card.shown),
    ("同类名次", lambda card: card.rank),
    ("同类数", lambda card: card.group_size or None),
    ("等次", lambda card: card.band),
]
POINT_ENTRIES = [
    ("对象", lambda one: str(one.subject)),
    ("所在组织", lambda one: one.organisation.name),
    ("种类", lambda one: one.get_kind_display()),
    ("事项", lambda one: one.name),
    ("分值", lambda one: one.shown_points),
    ("发生日期", lambda one: one.happened_on),
    ("理由", lambda one: one.reason),
    ("依据", lambda one: one.evidence),
    ("登记人", lambda one: one.entered_by.name),
    ("状态", lambda one: one.get_state_display()),
    ("签认人", lambda one: one.decided_by.name if one.decided_by else ""),
    ("签认意见", lambda one: one.remark),
]
INSPECTIONS = [
    ("对象", lambda one: str(one.target)),
    ("所在组织", lambda one: one.organisation.name),
    ("时间", lambda one: _day(one.inspected_at)),
    ("方式", lambda one: method_names(one.period.plan).get(one.method, one.method)),
    ("督查人", lambda one: one.inspected_by.name),
    ("没有做到的要点", lambda one: "、".join(unmet_points(one))),
    ("检查情况", lambda one: one.found),
    ("发现问题", lambda one: one.problem),
    ("整改要求", lambda one: one.demand),
    ("整改时限", lambda one: one.demand_due_on),
]


def ledger_columns(words):
    """整改台账: the columns offices know, one line an item, numbered anew for each file."""
    return downloads.numbered(
        [
            ("问题", lambda item: item.problem),
            ("来源", lambda item: words["sources"].get(item.source, item.source)),
            ("类别", lambda item: words["categories"].get(item.category, "")),
            ("责任支部", lambda item: item.organisation.name),
            ("窗口", lambda item: item.window.name if item.window else ""),
            ("整改措施", lambda item: item.measure),
            ("责任人", lambda item: item.owner.name if item.owner else ""),
            ("整改时限", lambda item: item.due_on),
            ("原定时限", lambda item: item.first_due_on),
            ("延期次数", lambda item: item.extended),
            ("状态", lambda item: item.get_state_display()),
            ("整改情况", lambda item: item.evidence),
            ("报告日期", lambda item: _day(item.reported_at)),
            ("销号人", lambda item: item.signed_off_by.name if item.signed_off_by else ""),
            ("销号日期", lambda item: _day(item.signed_off_at)),
            ("公开答复", lambda item: item.public_answer),
            ("重开次数", lambda item: item.reopened),
        ]
    )


def score_columns(cards):
    """得分汇总: name, group, every part of the recipe, score, rank and band."""
    labels = list(dict.fromkeys(label for card in cards[:LOOKED_AT] for label in parts_of(card)))
    parts = [(label, lambda card, label=label: parts_of(card).get(label)) for label in labels]
    return downloads.numbered(
        [
            ("名称", lambda card: card.subject_name),
            ("所在组织", lambda card: card.organisation.name),
            ("单位类型", lambda card: card.unit_type),
            *parts,
            ("得分", lambda card: card.shown),
            ("同类名次", lambda card: card.rank),
            ("同类数", lambda card: card.group_size or None),
            ("等次", lambda card: card.band),
        ]
    )


def parts_of(card):
    """What the score is made of, label → figure, as the scorecard explains it; asked once a card."""
    if not hasattr(card, "told_parts"):
        node = explain(card).get("score") or {}
        told = (explained(part) for part in node.get("parts") or [])
        card.told_parts = {part["label"]: part["value"] for part in told if part["label"]}
    return card.told_parts


def _day(moment):
    return timezone.localdate(moment) if moment else None


RECHECKS = [
    ("抽签日期", lambda draw: _day(draw.drawn_at)),
    ("销号不晚于", lambda draw: draw.signed_off_until),
    ("符合条件", lambda draw: len(draw.pool)),
    ("抽中", lambda draw: draw.count),
    ("抽签人", lambda draw: draw.drawn_by.name),
    ("种子", lambda draw: draw.seed),
]
ARCHIVES = [
    ("生成日期", lambda one: _day(one.asked_at)),
    ("谁要的", lambda one: one.asked_by.name),
    ("状态", lambda one: one.job.get_state_display()),
    ("文件数", lambda one: one.entries if one.made_at else None),
    ("字节数", lambda one: one.size if one.made_at else None),
]
ROBOTS = [  # never the address: it is a key to the group
    ("群", lambda robot: robot.name),
    ("种类", lambda robot: robot.get_kind_display()),
    ("最近发出", lambda robot: _day(robot.last_sent_at)),
    ("启用", lambda robot: "启用" if robot.is_active else "停用"),
    ("连续失败", lambda robot: robot.failures),
    ("等待发送", lambda robot: robot.waiting),
    ("已放弃", lambda robot: robot.dropped),
]
SEATS = [
    ("小组", lambda seat: seat.group.name),
    ("姓名", lambda seat: seat.person.name),
    ("职务", lambda seat: seat.title),
    ("分工", lambda seat: seat.remark),
    ("任职起", lambda seat: seat.starts_on),
    ("任职止", lambda seat: seat.ends_on),
    ("文号", lambda seat: seat.document),
]
