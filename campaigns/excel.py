"""Workbooks of duties."""

from django.utils import timezone


def _about(duty):
    return duty.about_person or duty.about_window or duty.about_organisation or ""


def _state(duty):
    if duty.done_at:
        return "补录" if duty.is_late else "已办"
    return "免办" if duty.waived_at else "未办"


DUTIES = [
    ("事项", lambda duty: duty.title),
    ("对象", lambda duty: str(_about(duty))),
    ("责任人", lambda duty: duty.assignee.name),
    ("责任组织", lambda duty: duty.organisation.name),
    ("截止", lambda duty: duty.due_on),
    ("状态", _state),
    ("办结日期", lambda duty: timezone.localdate(duty.done_at) if duty.done_at else None),
    ("免办原因", lambda duty: duty.waived_reason),
]


def _campaign_state(day):
    def state(one):
        if one.concluded_at or one.ends_on < day:
            return "已结束"
        return "未开始" if one.starts_on > day else "进行中"

    return state


def campaign_columns(day):
    """The state depends on the day the page is looked at."""
    return [
        ("活动", lambda one: one.name),
        ("主办", lambda one: one.organisation.name),
        ("开始", lambda one: one.starts_on),
        ("结束", lambda one: one.ends_on),
        ("方案", lambda one: f"{one.scheme_version.scheme} 第 {one.scheme_version.number} 版"),
        ("状态", _campaign_state(day)),
    ]


SCHEMES = [
    ("方案", lambda version: version.scheme.name),
    ("最新一版", lambda version: version.number),
    ("发布", lambda version: timezone.localdate(version.created_at)),
]
WORKDAYS = [
    ("日期", lambda day: day.day),
    ("名称", lambda day: day.name),
    ("安排", lambda day: "上班" if day.is_working else "放假"),
]
BRANCH_PLANS = [
    ("支部", lambda one: one.organisation.name),
    ("状态", lambda one: one.plan.get_status_display() if one.plan else "未写"),
    ("填写", lambda one: one.plan.written_by.name if one.plan else ""),
    ("填写日期", lambda one: timezone.localdate(one.plan.written_at) if one.plan else None),
]
