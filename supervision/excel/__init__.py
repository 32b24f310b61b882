"""Workbooks of what is on the screen."""

from django.utils import timezone

from common import downloads
from supervision.excel import archive

__all__ = ["archive", "dashboard_workbook", "ledger_workbook"]  # archive registers its sections

COLUMNS = [
    ("支部", lambda row: row.organisation.name),
    ("人数", lambda row: row.people),
    ("应办职责", lambda row: row.duties),
    ("已办职责", lambda row: row.duties_done),
    ("逾期职责", lambda row: row.duties_overdue),
    ("应点评", lambda row: row.reviews_due),
    ("已点评", lambda row: row.reviews_done),
    ("逾期点评", lambda row: row.reviews_overdue),
    ("公示承诺", lambda row: row.pledges),
    ("已兑现", lambda row: row.pledges_kept),
    ("群众评价数", lambda row: row.ratings),
    ("满意数", lambda row: row.ratings_satisfied),
    ("差评数", lambda row: row.ratings_bad),
    ("互评应投", lambda row: row.ballots_due),
    ("互评已投", lambda row: row.ballots_cast),
    ("整改在办", lambda row: row.ledger_running),
    ("整改超期", lambda row: row.ledger_overdue),
    ("整改重开", lambda row: row.ledger_reopened),
]
SCORES = [
    ("名称", lambda card: card.subject_name),
    ("所在组织", lambda card: card.organisation.name),
    ("得分", lambda card: card.shown),
    ("同类名次", lambda card: card.rank),
    ("同类数", lambda card: card.group_size or None),
    ("等次", lambda card: card.band),
]
INSPECTIONS = [
    ("对象", lambda one: str(one.window or one.organisation)),
    ("所在组织", lambda one: one.organisation.name),
    ("时间", lambda one: _day(one.inspected_at)),
    ("方式", lambda one: one.method),
    ("督查人", lambda one: one.inspected_by.name),
    ("检查情况", lambda one: one.found),
    ("发现问题", lambda one: one.problem),
    ("整改要求", lambda one: one.demand),
    ("整改时限", lambda one: one.demand_due_on),
]


def dashboard_workbook(period, rows):
    """A download of the branch table of the dashboard."""
    return downloads.workbook(
        f"督查看板_{period.name}",
        [label for label, _ in COLUMNS],
        ([value(row) for _, value in COLUMNS] for row in rows),
        title=f"{period.campaign.name} {period.name} 督查看板",
    )


def ledger_workbook(campaign, words, items):
    """整改台账: the columns offices know, one line an item."""
    headings = [
        "序号", "问题", "来源", "类别", "责任支部", "窗口", "整改措施", "责任人", "整改时限",
        "原定时限", "状态", "整改情况", "报告日期", "销号人", "销号日期", "公开答复", "重开次数",
    ]  # fmt: skip
    rows = (
        [
            number,
            item.problem,
            words["sources"].get(item.source, item.source),
            words["categories"].get(item.category, ""),
            item.organisation.name,
            item.window.name if item.window else "",
            item.measure,
            item.owner.name if item.owner else "",
            item.due_on,
            item.first_due_on,
            item.get_state_display(),
            item.evidence,
            _day(item.reported_at),
            item.signed_off_by.name if item.signed_off_by else "",
            _day(item.signed_off_at),
            item.public_answer,
            item.reopened,
        ]
        for number, item in enumerate(items.iterator(chunk_size=1000), 1)
    )
    return downloads.workbook("整改台账", headings, rows, title=f"{campaign.name} 整改台账")


def _day(moment):
    return timezone.localdate(moment) if moment else None
