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
