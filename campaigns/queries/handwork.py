"""How long the portal keeps the hands of each role busy: measured by `make burden`, summed by the plan.

`campaigns/handwork.json` holds seconds for one target of each act, walked in a browser and counted by the
keystroke-level model (tools/burden/hand.py). Thinking and reading are not in it: an act's own minutes have those.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from campaigns.queries.overview import WHO
from campaigns.queries.rhythm import TIMES, months_of
from campaigns.queries.workshop import is_enabled

MEASURED = Path(__file__).resolve().parent.parent / "handwork.json"
# Of one occurrence, for a branch of twenty and a leader of five such branches: how many targets there are.
SIZES = {"each_member": 19, "each_participant": 19, "each_window": 2, "each_branch": 5}
CITIZEN_LIMIT = 15  # seconds, and no more than three taps
LIMITS = {"members": 5, "secretary": 45, "leader": 20}  # minutes of the busiest month


@dataclass(frozen=True)
class Handwork:
    """The busiest month of a role."""

    who: str
    name: str
    month: int
    seconds: float
    rules: tuple[str, ...]
    unknown: tuple[str, ...]  # rules nobody has measured yet; they count nothing

    @property
    def minutes(self):
        return self.seconds / 60

    @property
    def limit(self):
        return LIMITS[self.who]

    @property
    def is_over(self):
        return self.minutes > self.limit


@cache
def measured():
    """act -> seconds for one target."""
    return json.loads(MEASURED.read_text("utf-8"))


def busiest_months(plan):
    """One line for each role that has a limit, as far as the plan asks something of it."""
    found = (_busiest(plan, who) for who in LIMITS)
    return [line for line in found if line is not None]


def citizen_seconds(plan):
    """What one rating at a window takes the public; None where the plan has none."""
    asks = any(rule.act == "rate_window" and is_enabled(plan, rule) for rule in plan.cadence)
    return measured().get("rate_window") if asks else None


def _busiest(plan, who):
    months, unknown = defaultdict(list), []
    for rule in plan.cadence:
        if not _asks(rule, who) or not is_enabled(plan, rule):
            continue
        if rule.act not in measured():
            unknown.append(rule.name)
            continue
        for month in months_of(rule):
            months[month].append((rule.name, seconds_of(rule)))
    if not months:
        return None
    month, work = max(months.items(), key=lambda pair: (sum(s for _, s in pair[1]), -pair[0]))
    total = sum(seconds for _, seconds in work)
    return Handwork(who, WHO[who], month, total, tuple(name for name, _ in work), tuple(unknown))


def _asks(rule, who):
    """A rule for all participants asks the members too; a secretary and a leader are members as well."""
    return bool({who, "members", "participants"} & set(rule.who))


def seconds_of(rule):
    """One occurrence of the rule, all its targets; weekly ones four times a month."""
    return measured()[rule.act] * SIZES.get(rule.about, 1) * TIMES.get(rule.frequency, 1)
