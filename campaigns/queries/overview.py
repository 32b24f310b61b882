"""The campaign page: the plan's chapters with what is built of them, and what is asked of whom."""

from dataclasses import dataclass

from campaigns.models.document import ACTS, FREQUENCY_LABELS

WHO = {
    "participants": "全体参与对象",
    "members": "党员",
    "staff": "非党员工作人员",
    "windows": "窗口",
    "branches": "支部",
    "units": "单位",
    "secretary": "支部书记",
    "leader": "领导",
    "committee": "党委",
    "office": "活动办公室",
    "inspector": "督查员",
    "public": "群众",
}
ABOUT = {
    "each_member": "逐个党员",
    "each_participant": "逐人",
    "each_window": "逐个窗口",
    "each_branch": "逐个支部",
    "own_branch": "本支部",
    "own_window": "本窗口",
}
TIMES_A_YEAR = {
    "weekly": 52,
    "monthly": 12,
    "quarterly": 4,
    "half_yearly": 2,
    "yearly": 1,
    "once": 1,
    "irregular": 0,
}


@dataclass(frozen=True)
class Entry:
    """One item of a chapter, indented under its heading."""

    name: str
    note: str
    depth: int
    mechanism: str
    mechanism_name: str
    is_enabled: bool
    unit_types: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One cadence rule in words."""

    key: str
    name: str
    note: str
    who: str
    about: str
    when: str
    minutes: int
    is_enabled: bool
    progress: dict | None


def chapters(plan):
    """(family, entries) in the plan's order."""
    return [(family, list(_entries(plan, family.items, 0))) for family in plan.families]


def _entries(plan, items, depth):
    for item in items:
        machinery = item.machinery
        yield Entry(
            name=item.name,
            note=item.note or "",
            depth=depth,
            mechanism=item.mechanism or "",
            mechanism_name=machinery.label if machinery else "",
            is_enabled=item.enabled,
            unit_types=tuple(plan.unit_type(key).name for key in item.unit_types),
        )
        yield from _entries(plan, item.items, depth + 1)


def asked(plan, progress=None):
    """What the plan asks of whom, how often, by when, and how many minutes it takes."""
    return [
        Asked(
            key=rule.key,
            name=rule.name,
            note=rule.note or "",
            who="、".join(WHO[who] for who in rule.who),
            about=ABOUT.get(rule.about, ""),
            when=when_of(rule),
            minutes=ACTS[rule.act].minutes,
            is_enabled=plan.is_enabled(rule),
            progress=(progress or {}).get(rule.key),
        )
        for rule in plan.cadence
    ]


def when_of(rule):
    frequency = FREQUENCY_LABELS[rule.frequency]
    if rule.due and rule.due.after_period:
        unit = "个工作日" if rule.due.working_days else "天"
        return f"{frequency}，期满后 {rule.due.day} {unit}内"
    return f"{frequency}，{_due(rule.due)}前" if rule.due else frequency


def _due(due):
    unit = "个工作日" if due.working_days else "天"
    month = f"第 {due.month} 个月" if due.month else ""
    if due.day == -1:
        day = "最后一" + unit
    elif due.day < 0:
        day = f"倒数第 {-due.day} {unit}"
    else:
        day = f"第 {due.day} {unit}"
    return month + day
