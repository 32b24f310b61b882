"""Stages and cadence: dates in order, days that exist, acts somebody can carry out."""

from collections.abc import Iterator
from itertools import pairwise

from campaigns.models.document.cadence import ACTS, FREQUENCY_LABELS
from campaigns.models.document.checks.names import repeated
from campaigns.models.document.checks.references import (
    keys_of,
    missing_reference,
    missing_references,
)
from campaigns.models.document.families import MEASURES
from campaigns.models.document.reasons import Path, Problem, suggestion

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
DAYS = {
    "weekly": 7,
    "monthly": 31,
    "quarterly": 92,
    "half_yearly": 184,
    "yearly": 366,
    "once": 366,
    "irregular": 366,
}
SECTIONS = {
    "inspection": "inspections",
    "rectification": "rectification",
    "classification": "classification",
    "register": "registers",
    "title": "titles",
}


def timing_problems(document) -> Iterator[Problem]:
    for place, stage in enumerate(document.stages):
        yield from _stage(document, stage, ("stages", place))
    yield from _stage_order(document)
    for place, rule in enumerate(document.cadence):
        path = ("cadence", place)
        yield from _act(document, rule, path)
        yield from _people(document, rule, path)
        yield from _due(rule, path)
        yield from missing_reference(document, "items", rule.item, (*path, "item"))
        yield from missing_references(
            document, "unit_types", rule.unit_types, (*path, "unit_types")
        )
        yield from missing_references(document, "stages", rule.stages, (*path, "stages"))


def _stage(document, stage, path: Path) -> Iterator[Problem]:
    yield from repeated(stage.items, (*path, "items"), "item")
    for place, entry in enumerate(stage.items):
        yield from missing_reference(document, "items", entry.item, (*path, "items", place, "item"))
    if stage.starts_on and stage.ends_on and stage.ends_on < stage.starts_on:
        yield Problem((*path, "ends_on"), "阶段的结束日期早于开始日期")
    for name in ("entry", "exit"):
        for place, condition in enumerate(getattr(stage, name)):
            where = (*path, name, place)
            yield from missing_reference(document, "cadence", condition.rule, (*where, "rule"))
            yield from _condition(condition, where)


def _condition(condition, path: Path) -> Iterator[Problem]:
    """A figure says of what; one rule or one measure, one limit."""
    if condition.measure and condition.measure not in MEASURES:
        known = list(MEASURES)
        reason = f"没有“{condition.measure}”这种数{suggestion(condition.measure, known)}"
        yield Problem((*path, "measure"), f"{reason}；可用：{'、'.join(known)}")
    if condition.measure and condition.rule:
        yield Problem((*path, "measure"), "节奏规则（rule）和数据（measure）只能写一个")
    for name in ("at_least", "at_most"):
        if getattr(condition, name) is not None and not condition.is_measured:
            yield Problem((*path, name), "请写明说的是哪条节奏规则（rule）或哪种数（measure）")
    if condition.at_least is not None and condition.at_most is not None:
        yield Problem((*path, "at_most"), "at_least（完成比例）和 at_most（最多剩几件）只能写一个")


def _stage_order(document) -> Iterator[Problem]:
    dated = [(place, stage) for place, stage in enumerate(document.stages) if stage.starts_on]
    for (_, earlier), (place, later) in pairwise(dated):
        if later.starts_on < (earlier.ends_on or earlier.starts_on):
            reason = f"与上一阶段“{earlier.name}”的日期重叠或次序颠倒"
            yield Problem(("stages", place, "starts_on"), reason)


def _act(document, rule, path: Path) -> Iterator[Problem]:
    act = ACTS.get(rule.act)
    if act is None:
        reason = f"没有动作“{rule.act}”{suggestion(rule.act, list(ACTS))}；可用：{'、'.join(ACTS)}"
        yield Problem((*path, "act"), reason)
        return
    if act.mechanism is None:
        return
    if rule.item in keys_of(document, "items"):
        yield from _act_of_item(document.item(rule.item), act, path)
    elif not document.items_with(act.mechanism) and not _has_section(document, act.mechanism):
        yield Problem((*path, "act"), f"方案里没有“{act.label}”要用的项目（机制 {act.mechanism}）")


def _act_of_item(item, act, path: Path) -> Iterator[Problem]:
    if act.mechanism not in {below.mechanism for below in item.walk()}:
        reason = f"项目“{item.name}”的机制不是 {act.mechanism}，不能用动作“{act.key}”"
        yield Problem((*path, "item"), reason)


def _has_section(document, mechanism: str) -> bool:
    return bool(mechanism in SECTIONS and getattr(document, SECTIONS[mechanism]))


def _people(document, rule, path: Path) -> Iterator[Problem]:
    for place, who in enumerate(rule.who):
        if who in {"members", "staff"} and who not in document.participants:
            reason = f"参与对象（participants）里没有 {who}"
            yield Problem((*path, "who", place), reason)
    if "public" in rule.who and rule.act in ACTS and ACTS[rule.act].makes_duties:
        yield Problem((*path, "who"), "不能给群众派任务：动作只能是 rate_window")


MOST_AFTER = 60


def _due(rule, path: Path) -> Iterator[Problem]:
    """Irregular and single rules may go without a day; regular ones may not."""
    act = ACTS.get(rule.act)
    if rule.due is not None:
        yield from _due_day(rule, path)
    elif rule.frequency in {"weekly", *MONTHS} and (act is None or act.makes_duties):
        yield Problem(path, "缺少“due”：请写明每期哪一天前完成")


def _due_day(rule, path: Path) -> Iterator[Problem]:
    label, due = FREQUENCY_LABELS[rule.frequency], rule.due
    longest = 31 if due.month else DAYS[rule.frequency]
    if due.after_period:
        yield from _due_after(rule, path)
        return
    if due.day == 0 or abs(due.day) > longest:
        reason = f"“{label}”里没有这一天：day 应为 1 至 {longest}，或 -1 至 -{longest}（倒数）"
        yield Problem((*path, "due", "day"), reason)
    months = MONTHS.get(rule.frequency, 0)
    if due.month and due.month > months:
        reason = f"“{label}”只有 {months} 个月" if months else f"“{label}”不能写 month"
        yield Problem((*path, "due", "month"), reason)


def _due_after(rule, path: Path) -> Iterator[Problem]:
    """N days after the end: counted forward, without a month, for what comes round."""
    if not 1 <= rule.due.day <= MOST_AFTER or rule.due.month:
        reason = f"期满以后（after_period）只能往后数：day 应为 1 至 {MOST_AFTER}，不写 month"
        yield Problem((*path, "due", "day"), reason)
    if rule.frequency not in MONTHS:
        reason = f"“{FREQUENCY_LABELS[rule.frequency]}”没有期满，不能写 after_period"
        yield Problem((*path, "due", "after_period"), reason)
