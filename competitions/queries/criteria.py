"""The plan's lists of standards (五个好、五带头、五个基本 …) as they are ticked (C05, C07)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standards:
    """One list: the lines that have their wording, and how many wait for it."""

    key: str
    name: str
    lines: list
    waiting: int


def criteria_of(plan, item):
    """The lists an item of the plan is held against; a placeholder is never a line to tick."""
    return [_standards(plan.criteria_list(key)) for key in item.options.criteria]


def _standards(found):
    lines = [entry.text for entry in found.entries if not entry.placeholder]
    return Standards(found.key, found.name, lines, len(found.entries) - len(lines))


def criteria_shown(target):
    """[(list, [(text, met)], what was said)] for the target's page."""
    plan = target.period.plan
    item = next((one for one in plan.items_with("target") if one.key == target.item), None)
    met = {(line["list"], line["text"]) for line in target.checked if line["met"]}
    said = {line["list"]: line.get("shown", "") for line in target.checked}
    return [
        (one, [(text, (one.name, text) in met) for text in one.lines], said.get(one.name, ""))
        for one in (criteria_of(plan, item) if item else ())
    ]
