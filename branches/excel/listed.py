"""Columns of the lists of people, accounts, roles, windows and uploads, as their pages show them."""

from django.utils import timezone


def _minute(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _places(person):
    return "、".join(stretch.organisation.name for stretch in person.belonging)


def _roles(person):
    return "、".join(role.get_kind_display() for role in person.current_roles)


def _account_state(person):
    if not person.is_active:
        return "已停用"
    return "待激活" if person.has_code else "可登录"


def _hours(window):
    if not window.opens_at or not window.closes_at:
        return ""
    return f"{window.opens_at:%H:%M}-{window.closes_at:%H:%M}"


PEOPLE = [
    ("姓名", lambda person: person.name),
    ("所在组织", _places),
    ("政治面貌", lambda person: person.get_political_status_display()),
    ("岗位", lambda person: "、".join(post.title for post in person.current_posts)),
    ("角色", _roles),
]
ACCOUNTS = [
    ("姓名", lambda person: person.name),
    ("账号", lambda person: person.username),
    ("所在组织", _places),
    ("角色", _roles),
    ("上次登录", lambda person: _minute(person.last_login)),
    ("状态", _account_state),
]
ROLES = [
    ("姓名", lambda role: role.person.name),
    ("角色", lambda role: role.get_kind_display()),
    ("职务", lambda role: role.title),
    ("管到哪里", lambda role: role.organisation.name),
    ("任期起", lambda role: role.starts_on),
    ("任期止", lambda role: role.ends_on),
    ("授权人", lambda role: role.granted_by.name if role.granted_by else ""),
]
PROBATIONERS = [
    ("姓名", lambda person: person.name),
    ("所在组织", _places),
    ("入党日期", lambda person: person.joined_on),
    ("预备期满", lambda person: person.due_on),
]
CORRECTIONS = [
    ("谁", lambda asked: asked.person.name),
    ("哪一项", lambda asked: asked.get_about_display()),
    ("应当是", lambda asked: asked.wanted),
    ("提出时间", lambda asked: _minute(asked.asked_at)),
    ("答复", lambda asked: asked.answer),
    ("答复人", lambda asked: asked.answered_by.name if asked.answered_by else ""),
]
WINDOWS = [
    ("窗口名称", lambda window: window.name),
    ("窗口号", lambda window: window.number),
    ("所属组织", lambda window: window.organisation.name),
    ("地点", lambda window: window.place),
    ("电话", lambda window: window.phone),
    ("受理事项", lambda window: window.services),
    ("服务时间", _hours),
    ("值守人员", lambda window: "、".join(post.person.name for post in window.current_posts)),
    ("公开短码", lambda window: window.code),
]
ORGANISATIONS = [
    ("组织", lambda node: "　" * node.level + node.name),
    ("组织代码", lambda node: node.code),
    ("类别", lambda node: node.get_kind_display()),
    ("单位类型", lambda node: node.unit_type.name if node.unit_type else ""),
    ("人数", lambda node: node.headcount),
    ("窗口", lambda node: node.window_count),
]
EVENTS = [
    ("序号", lambda event: event.number),
    ("时间", lambda event: _minute(event.at)),
    ("谁", lambda event: event.by.name if event.by else "系统"),
    ("动作", lambda event: event.verb),
    ("对象", lambda event: event.object_label),
]
UPLOADS = [
    ("文件", lambda upload: upload.file_name),
    ("导入什么", lambda upload: upload.kind_label),
    ("范围", lambda upload: upload.organisation.name),
    ("上传时间", lambda upload: _minute(upload.created_at)),
    ("新增", lambda upload: upload.counts.get("added") if upload.applied_at else None),
    ("更新", lambda upload: upload.counts.get("changed") if upload.applied_at else None),
    ("不进", lambda upload: upload.counts.get("out")),
    ("状态", lambda upload: upload.get_state_display()),
]
