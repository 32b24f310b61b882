"""What a writer might still think about: what a pledge lacks, empty words, texts that are nearly the same.

Hints never stop anybody (L14, L15).
"""

import re
from typing import NamedTuple

from common.likeness import most_alike
from pledges.models import Pledge

ALIKE = 0.6
COMPARED = 400  # texts: one question, however many there are
A_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十百]|当场|零|每[天日周月]|全部|100")  # noqa: RUF001 (typed so)


class Alike(NamedTuple):
    share: float
    whose: str
    when: str
    text: str


class Hints(NamedTuple):
    asks: list
    words: list
    alike: list

    @property
    def is_empty(self):
        return not (self.asks or self.words or self.alike)


def hints_for(pledge, *, plan):
    """For a pledge as it is being written: `pledge` need not be stored."""
    words = _empty_words(pledge, plan)
    return Hints(_asks(pledge, words), words, _alike(pledge))


def _asks(pledge, words):
    asks, target = [], pledge.target
    for word in words:  # “进一步” is no number
        target = target.replace(word, "")
    if not pledge.baseline:
        asks.append("现在是什么样？没有现状，到时候说不清有没有变好。")
    if not pledge.target:
        asks.append("做到什么程度？写一个能核对的目标。")
    elif not A_NUMBER.search(target):
        asks.append("目标里没有数：几天、几次、百分之多少？")
    if not pledge.due_on:
        asks.append("什么时候完成？")
    if not pledge.evidence_plan:
        asks.append("到时候拿什么证明？")
    return asks


def _empty_words(pledge, plan):
    said = f"{pledge.text}{pledge.target}"
    return [word for word in plan.pledges.empty_words if word in said]


def _alike(pledge):
    """Earlier pledges of the same owner, and those of colleagues, by the signs in common."""
    if not pledge.organisation_id or not pledge.text:
        return []
    rows = (
        Pledge.objects.filter(organisation_id=pledge.organisation_id, campaign=pledge.campaign)
        .exclude(pk=pledge.pk)
        .exclude(status__in=["draft", "withdrawn"])
        .order_by("-period__starts_on", "-pk")
        .values_list(
            "text", "owner_person__name", "owner_window__name", "owner_organisation__name",
            "period__name",
        )[:COMPARED]
    )  # fmt: skip
    others = [
        (text, (person or window or branch, period, text))
        for text, person, window, branch, period in rows
    ]
    found = most_alike(pledge.text, others, at_least=ALIKE)
    return [Alike(share, *known) for share, known in found]


def line_texts(plan):
    """The ready lines of a window's pledge, (name, explanation), where the plan asks for them (L16)."""
    item = plan.item_with("pledge")
    if item is None or not getattr(item.options, "use_window_template", False):
        return []
    return [(line.name, line.explanation or "") for line in plan.pledges.window_template]
