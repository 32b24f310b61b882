"""Windows from a list: what would become of each row, and writing it."""

from collections import defaultdict
from datetime import time

from branches.actions.list_import import RowIntent, refuse_doubles, save_rows
from branches.models import Organisation, Window

LABELS = {
    "number": "窗口号",
    "place": "地点",
    "phone": "电话",
    "services": "受理事项",
    "procedure": "流程",
    "opens_at": "开始服务",
    "closes_at": "结束服务",
}


def plan_windows(rows, *, scope, about, today):
    """Rows meet windows by organisation and name; blank cells never erase."""
    inside = Organisation.objects.active().below(scope)
    places = defaultdict(list)
    for organisation in inside:
        places[organisation.name].append(organisation)
    windows = Window.objects.filter(organisation__in=inside)
    there = {(window.organisation_id, window.name): window for window in windows}
    intents = [_begin(row, scope, places) for row in rows]
    refuse_doubles(intents, _key, "与第 {row} 行是同一组织的同名窗口")
    for intent in intents:
        if not intent.refusal:
            intent.target = there.get(_key(intent))
            _judge(intent)
    return intents


def _key(intent):
    return intent.values["organisation"].pk, intent.values["name"]


def _begin(row, scope, places):
    name = row.values.get("branch") or scope.name
    intent, found = RowIntent(row, values=_values_of(row)), places.get(name, [])
    if not found:
        intent.refusal = f"没有名为“{name[:60]}”的组织，或不在导入范围内"
    elif len(found) > 1:
        intent.refusal = f"有 {len(found)} 个组织叫“{name}”，请先改名区分"
    else:
        intent.values["organisation"] = found[0]
    return intent


def _judge(intent):
    window = intent.target
    if window and window.closed_on:
        intent.refusal = f"系统中此窗口已于 {window.closed_on} 撤销，请换名或在窗口页面恢复"
    elif window:
        intent.compare(LABELS)


def _values_of(row):
    values = {name: row.values.get(name) for name in ("name", *LABELS)}
    opens_at, closes_at = row.values.get("hours") or ("", "")
    if opens_at:
        values["opens_at"] = time.fromisoformat(opens_at)
        values["closes_at"] = time.fromisoformat(closes_at)
    return {name: value for name, value in values.items() if value}


def write_windows(intents, *, undo, by, at):
    save_rows(Window, intents, undo=undo)
