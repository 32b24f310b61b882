"""Shifts from a list: error-free ones count on, an error begins anew with its reason (B07)."""

from datetime import date

from branches.actions.list_import import RowIntent
from campaigns.models import Period
from competitions.actions.streaks import reset, tap
from competitions.models import Milestone, Shift, Streak, key_of
from competitions.queries.finding import Directory


def plan_shifts(rows, *, scope, about, today):
    """One intent a row, for people and windows whose count has been begun; decides, writes nothing."""
    period = Period.objects.select_related("campaign", "scheme_version").get(pk=int(about))
    item = period.plan.item_with("streak")
    directories = {kind: Directory(kind, scope, today=today) for kind in ("person", "window")}
    there = {
        one.subject_key: one for one in Streak.objects.filter(campaign=period.campaign)
        if item is not None and one.item == item.key
    }  # fmt: skip
    last = {key: one.last_on for key, one in there.items()}
    return [_intent(row, directories, there, last, today) for row in rows]


def _intent(row, directories, there, last, today):
    intent = RowIntent(row)
    streak, intent.refusal = _streak(row.values["name"], directories, there)
    if streak is None:
        return intent
    day, reason = date.fromisoformat(row.values["day"]), row.values.get("reason") or ""
    clean = 0 if reason else row.values.get("clean") or 1
    key = streak.subject_key
    intent.values = {"streak": streak, "worked_on": day, "clean": clean, "reason": reason}
    if day > today:
        intent.refusal = "不能登记以后的班次"
    elif last[key] and day <= last[key]:
        intent.refusal = f"{last[key]} 及以前的班次已经登记过"
    else:
        last[key] = day
    return intent


def _streak(name, directories, there):
    for kind, directory in directories.items():
        subject, problem = directory.find(name)
        if subject is not None:
            streak = there.get(key_of(kind, subject))
            return streak, "" if streak else f"“{name[:40]}”还没有开始计数"
        if "叫“" in problem:
            return None, problem
    return None, f"没有名为“{name[:40]}”的人或窗口，或不在导入范围内"


def write_shifts(intents, *, undo, by, at):
    """By the same actions as a tap, so thresholds, messages and the log are the same."""
    touched = {}
    for intent in intents:
        streak = touched.setdefault(intent.values["streak"].pk, _Before(intent.values["streak"]))
        streak.add(intent.values, by=by, at=at)
    shifts = [pk for one in touched.values() for pk in one.new(Shift)]
    undo.add(Milestone, [pk for one in touched.values() for pk in one.new(Milestone)])
    undo.add(Shift, shifts)
    for one in touched.values():
        undo.change(Streak.objects.get(pk=one.pk), one.before)


class _Before:
    """What a streak held before the import, to put it back."""

    FIELDS = ("count", "best", "taps", "last_on")

    def __init__(self, streak):
        held = Streak.objects.select_related("campaign__scheme_version").get(pk=streak.pk)
        self.pk, self.streak = streak.pk, held
        self.before = {name: getattr(held, name) for name in self.FIELDS}
        self.known = {model: self._keys(model) for model in (Shift, Milestone)}
        self.rules = next(
            one for one in held.campaign.plan.items_with("streak") if one.key == held.item
        ).options

    def _keys(self, model):
        return set(model.objects.filter(streak=self.pk).values_list("pk", flat=True))

    def new(self, model):
        return sorted(self._keys(model) - self.known[model])

    def add(self, values, *, by, at):
        taps = Streak.objects.values_list("taps", flat=True).get(pk=self.pk)
        common = {"expected": taps, "worked_on": values["worked_on"], "by": by, "at": at}
        if values["reason"]:
            reset(self.streak, reason=values["reason"], **common)
        else:
            tap(self.streak, clean=values["clean"], rules=self.rules, period=None, **common)
