"""Windows from a list: what would become of each row, and writing it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import time

from django.db import transaction

from branches.actions.roster_plan import Change, PlanMoved, fingerprint_of
from branches.actions.undo import Undo
from branches.models import Organisation, Window
from common import audit

LABELS = {
    "number": "窗口号",
    "place": "地点",
    "phone": "电话",
    "services": "受理事项",
    "procedure": "流程",
    "opens_at": "开始服务",
    "closes_at": "结束服务",
}


@dataclass(slots=True)
class WindowIntent:
    row: object
    organisation: Organisation | None = None
    window: Window | None = None
    values: dict = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    refusal: str = ""

    @property
    def is_new(self):
        return self.window is None


class WindowPlan:
    """Matches rows by organisation and name; blank cells never erase."""

    def __init__(self, rows, *, scope):
        inside = Organisation.objects.active()
        inside = inside.below(scope) if scope else inside
        self._scope, self._places = scope, defaultdict(list)
        for organisation in inside:
            self._places[organisation.name].append(organisation)
        windows = Window.objects.filter(organisation__in=inside)
        there = {(window.organisation_id, window.name): window for window in windows}
        seen = {}
        self.intents = []
        for row in rows:
            intent = self._begin(row)
            if not intent.refusal:
                key = (intent.organisation.pk, row.values["name"])
                first = seen.setdefault(key, row)
                intent.window = there.get(key)
                self._judge(intent, first)
            self.intents.append(intent)

    @property
    def accepted(self):
        return [intent for intent in self.intents if not intent.refusal]

    @property
    def fingerprint(self):
        return fingerprint_of(
            [
                intent.row.sheet,
                intent.row.row,
                intent.window.pk if intent.window else 0,
                intent.organisation.pk,
                intent.changes,
            ]
            for intent in self.accepted
        )

    @property
    def counts(self):
        accepted = self.accepted
        return {
            "added": sum(1 for intent in accepted if intent.is_new),
            "changed": sum(1 for intent in accepted if intent.changes),
            "unchanged": sum(1 for i in accepted if not i.is_new and not i.changes),
        }

    def _begin(self, row):
        name = row.values.get("branch") or (self._scope.name if self._scope else "")
        intent, places = WindowIntent(row, values=values_of(row)), self._places.get(name, [])
        if not name:
            intent.refusal = "所属支部为空"
        elif not places:
            intent.refusal = f"没有名为“{name[:60]}”的组织，或不在导入范围内"
        elif len(places) > 1:
            intent.refusal = f"有 {len(places)} 个组织叫“{name}”，请先改名区分"
        else:
            intent.organisation = places[0]
        return intent

    def _judge(self, intent, first):
        window = intent.window
        if first is not intent.row:
            intent.refusal = f"与第 {first.row} 行是同一组织的同名窗口"
        elif window and window.closed_on:
            intent.refusal = f"系统中此窗口已于 {window.closed_on} 撤销，请换名或在窗口页面恢复"
        elif window:
            for name, value in intent.values.items():
                before = getattr(window, name)
                if name in LABELS and before != value:
                    intent.changes.append(Change(LABELS[name], shown(before), shown(value)))


def values_of(row):
    values = {name: row.values.get(name) for name in ("name", *LABELS)}
    opens_at, closes_at = row.values.get("hours") or ("", "")
    if opens_at:
        values["opens_at"], values["closes_at"] = clock(opens_at), clock(closes_at)
    return {name: value for name, value in values.items() if value}


def clock(text):
    return time.fromisoformat(text)


def shown(value):
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = str(value or "空")
    return text if len(text) <= 60 else f"{text[:60]}…"


@transaction.atomic
def import_windows(rows, *, scope, digest, by, at, expected=None):  # noqa: PLR0913 (what, where, who, when)
    """Plan anew and write it; PlanMoved when that is no longer what was previewed."""
    plan, undo = WindowPlan(rows, scope=scope), Undo()
    if expected is not None and (plan.fingerprint != expected or len(plan.accepted) != len(rows)):
        raise PlanMoved
    new = [
        Window(organisation=intent.organisation, **intent.values)
        for intent in plan.accepted
        if intent.is_new
    ]
    undo.add(Window, [window.pk for window in Window.objects.bulk_create(new)])
    for intent in plan.accepted:
        if intent.changes:
            window, before = intent.window, {}
            for name, value in intent.values.items():
                before[name] = getattr(window, name)
                setattr(window, name, value)
            window.save(update_fields=list(intent.values))
            undo.change(window, before)
    detail = {"digest": digest, **plan.counts}
    audit.record("导入窗口", by=by, at=at, path=scope.path if scope else "", detail=detail)
    return plan.counts, undo
