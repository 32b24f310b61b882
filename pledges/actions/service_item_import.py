"""明白卡 from a list: new ones come in as drafts, drafts are updated, what hangs is left alone."""

from collections import defaultdict

from branches.actions.list_import import (
    RowIntent,
    change_row,
    refuse_doubles,
)
from branches.models import Organisation, Window
from pledges.models import ServiceItem

LABELS = {
    "basis": "政策依据", "preconditions": "前置条件", "materials": "申请材料", "procedure": "办理程序",
    "charges": "是否收费", "fee_basis": "收费依据", "fee_standard": "收费标准", "limit_days": "承诺时限",
    "legal_days": "原时限", "handler_unit": "承办单位", "handler_name": "承办人", "contact": "联系方式",
    "service_standard": "服务标准", "window": "受理窗口",
}  # fmt: skip


def plan_service_items(rows, *, scope, about, today):
    """Rows meet cards by organisation and matter; blank cells never erase."""
    inside = Organisation.objects.active().below(scope)
    places, windows = defaultdict(list), defaultdict(list)
    for organisation in inside:
        places[organisation.name].append(organisation)
    for window in Window.objects.open().filter(organisation__in=inside):
        windows[window.organisation_id, window.name].append(window)
    newest = ServiceItem.objects.newest().filter(organisation__in=inside)
    there = {(card.organisation_id, card.matter): card for card in newest.select_related("window")}
    intents = [_begin(row, scope, places, windows) for row in rows]
    refuse_doubles(intents, _key, "与第 {row} 行是同一组织的同一事项")
    for intent in intents:
        if not intent.refusal:
            intent.target = there.get(_key(intent))
            _judge(intent)
    return intents


def _key(intent):
    return intent.values["organisation"].pk, intent.values["matter"]


def _begin(row, scope, places, windows):
    name = row.values.get("branch") or scope.name
    intent, found = RowIntent(row, values=_values_of(row)), places.get(name, [])
    if len(found) != 1:
        intent.refusal = (
            f"有 {len(found)} 个组织叫“{name}”，请先改名区分"
            if found
            else f"没有名为“{name[:60]}”的组织，或不在导入范围内"
        )
        return intent
    intent.values["organisation"] = found[0]
    if wanted := row.values.get("window"):
        at = windows.get((found[0].pk, wanted), [])
        if not at:
            intent.refusal = f"{name}没有名为“{wanted[:40]}”的窗口"
        else:
            intent.values["window"] = at[0]
    return intent


def _values_of(row):
    values = {name: row.values.get(name) for name in ("matter", *LABELS) if name != "window"}
    return {name: value for name, value in values.items() if value is not None}


def _judge(intent):
    card = intent.target
    if card is None:
        missing = ServiceItem(**intent.values).gaps()
        if missing:
            intent.hints.append(f"还差{'、'.join(missing)}，补齐后才能公示")
    elif card.is_editable:
        intent.compare(LABELS)
    elif any(getattr(card, name) != value for name, value in intent.values.items()):
        state = card.get_state_display()
        intent.refusal = f"系统中此事项是“{state}”，要改请在事项页面出新的一版"


def write_service_items(intents, *, undo, by, at):
    new = [
        ServiceItem(**intent.values, written_by=by, written_at=at)
        for intent in intents
        if intent.is_new
    ]
    undo.add(ServiceItem, [card.pk for card in ServiceItem.objects.bulk_create(new)])
    for intent in intents:
        if intent.changes and not intent.is_new:
            change_row(intent.target, intent.values, undo=undo)
