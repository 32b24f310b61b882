"""Puts the walks together: seconds for one target of each act, and the busiest month of each role."""

import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tools.burden.hand import Tally
from tools.burden.stage import plans

RULES = "burden.json"  # written by the stage
NAMES = {
    "member": "党员",
    "secretary": "书记（20 人）",
    "leader": "领导（5 个支部）",
    "citizen": "群众",
}
TAPS, SECONDS = 3, 15  # of a citizen


@dataclass(frozen=True)
class Walk:
    """A rule as one account worked it off; `tally` is None where the work did not end."""

    slug: str
    who: str
    rule: str
    act: str
    targets: int
    tally: Tally | None


def read_rules(folder):
    """slug -> {"acts": {rule name: act}, "window": code}"""
    return json.loads((Path(folder) / RULES).read_text("utf-8"))


def tell(walks, *, keep):
    """Print all of it; with `keep` the seconds of each act are written for the portal. Exit status."""
    _tell_walks(walks)
    seconds = _seconds_by_act(walks)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
    import django  # noqa: PLC0415  (only now is it needed)

    django.setup()
    from campaigns.queries import handwork  # noqa: PLC0415

    if keep:
        text = json.dumps(seconds, indent=1, sort_keys=True) + "\n"
        handwork.MEASURED.write_text(text, "utf-8")
    over = _tell_months(handwork) + _tell_citizen(walks)
    print("\n都在限度以内。" if not over else "\n超出限度：" + "；".join(over))
    return 1 if over else 0


def _tell_walks(walks):
    print(f"\n{'方案':24}{'谁':10}{'页':>4}{'点':>5}{'栏':>5}{'字':>6}{'秒':>7}  事项（件数）")
    for walk in walks:
        if walk.tally is None:
            print(f"{walk.slug:24}{NAMES[walk.who]:10}  没有办完：{walk.rule}")
            continue
        one = walk.tally
        print(
            f"{walk.slug:24}{NAMES[walk.who]:10}{one.pages:4}{one.taps:5}{one.fields:5}"
            f"{one.characters:6}{one.seconds:7.0f}  {walk.rule}（{walk.targets}）"
        )


def _seconds_by_act(walks):
    """The mean over the plans of what one target took."""
    found = defaultdict(list)
    for walk in walks:
        if walk.tally is not None and walk.act:
            found[walk.act].append(walk.tally.seconds / walk.targets)
    return {act: round(sum(all_) / len(all_), 1) for act, all_ in sorted(found.items())}


def _tell_months(handwork):
    handwork.measured.cache_clear()
    over = []
    print(f"\n{'方案':24}{'谁':12}{'月':>3}{'分钟':>8}{'限度':>6}  这个月的事")
    for slug, plan in plans():
        for line in handwork.busiest_months(plan):
            name = NAMES[line.who.removesuffix("s")]
            unknown = f"；未测：{'、'.join(line.unknown)}" if line.unknown else ""
            print(
                f"{slug:24}{name:12}{line.month:3}{line.minutes:8.1f}{line.limit:6}  "
                f"{'、'.join(line.rules)}{unknown}"
            )
            if line.is_over:
                over.append(f"{slug} {name}")
    return over


def _tell_citizen(walks):
    over = []
    for walk in walks:
        if walk.who == "citizen" and (walk.tally.taps > TAPS or walk.tally.seconds > SECONDS):
            over.append(f"{walk.slug} 群众 {walk.tally.taps} 点 {walk.tally.seconds:.0f} 秒")
    return over
