"""Entry and exit conditions of stages against what really happened (T05).

What lies in the apps above is counted there and registered here with `measure`: nothing is imported upwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count

from campaigns.models import Duty
from campaigns.models.document import MEASURES
from campaigns.models.document.families import Condition

_COUNTERS: dict[str, Callable] = {}


@dataclass(frozen=True)
class Counted:
    """So many of so many; `url` leads to where the rest is done."""

    done: int
    total: int
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One condition as it stands."""

    condition: Condition
    counted: Counted | None
    confirmed: dict | None  # who said so and when, of what nothing measures
    can_confirm: bool

    @property
    def is_met(self):
        if self.counted is None:
            return bool(self.confirmed)
        return self.condition.is_met(self.counted.done, self.counted.total)

    @property
    def left(self):
        return self.counted.total - self.counted.done if self.counted else 0

    @property
    def says(self):
        """What is there and what is missing, in words."""
        if self.counted is None:
            if self.confirmed:
                return f"{self.confirmed['by']} {self.confirmed['on']} 认定"
            return "要由党委认定"
        if not self.counted.total:
            return "没有剩下的" if self.is_met else "还没有可以数的"
        found = f"{self.counted.total} 件中 {self.counted.done} 件"
        return found if self.is_met else f"{found}，还差 {self.left} 件"


def measure(key):
    """Decorator of the apps above: a function (campaign, stage, today=) -> Counted."""
    if key not in MEASURES:
        raise ValueError(f"no such measure: {key}")

    def register(count):
        _COUNTERS[key] = count
        return count

    return register


def measures():
    return frozenset(_COUNTERS)


@dataclass(frozen=True)
class StageState:
    """A stage on the timeline with its conditions."""

    stage: object
    part: object  # what the plan says of it; None when the plan dropped it
    entry: list
    exit: list
    items: list  # what the stage is about, under its own names (L02)

    @property
    def unmet(self):
        return [check for check in (*self.entry, *self.exit) if not check.is_met]


def stage_states(campaign, plan, *, today):
    """The stages in order, each condition checked."""
    parts = {part.key: part for part in plan.stages}
    return [
        StageState(
            stage,
            parts.get(stage.key),
            *(_checks(campaign, stage, parts.get(stage.key), side, today) for side in SIDES),
            _names(plan, parts.get(stage.key)),
        )
        for stage in campaign.stages.select_related("entered_by").order_by("order")
    ]


SIDES = ("entry", "exit")


def _names(plan, part):
    names = {item.key: item.name for item in plan.items()}
    return [one.name or names.get(one.item, one.item) for one in (part.items if part else ())]


def _checks(campaign, stage, part, side, today):
    return [
        check(campaign, stage, one, today=today) for one in (getattr(part, side) if part else ())
    ]


def check(campaign, stage, condition, *, today):
    counted = None
    if condition.rule:
        counted = _of_rule(campaign, stage, condition.rule)
    elif condition.measure in _COUNTERS:
        counted = _COUNTERS[condition.measure](campaign, stage, today=today)
    confirmed = stage.confirmed.get(condition.text)
    return Check(condition, counted, confirmed, counted is None)


def _of_rule(campaign, stage, rule):
    """The rule's duties that fall due by the end of the stage."""
    duties = Duty.objects.filter(
        campaign=campaign, rule=rule, waived_at=None, due_on__lte=stage.ends_on
    )
    found = duties.aggregate(total=Count("pk"), done=Count("done_at"))
    return Counted(found["done"], found["total"], "/duties")


def unmet_before(states, stage):
    """What stands against entering a stage: its entry conditions, and how the one before is left."""
    place = next(at for at, state in enumerate(states) if state.stage.pk == stage.pk)
    before = states[place - 1].exit if place else []
    return [check for check in (*before, *states[place].entry) if not check.is_met]
