"""Workbooks of pledges: the list as seen, and 承诺台账 as offices keep it."""

from django.utils import timezone

from common.downloads import numbered

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
