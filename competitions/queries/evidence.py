"""The evidence pack of a candidate (P24): what the portal knows of his work, each line with its page.

Higher apps add what they know (scorecards, reviews) with `add_source`: a lower app never asks a higher one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from competitions.models import Activity, Award, Entrant, Growth, Milestone, Reading, Target
from pledges.models import Pledge

MOST = 12


@dataclass(frozen=True)
class Evidence:
    """One heading of the pack: [(text, address or "")]."""

    label: str
    lines: list


SOURCES: list[Callable] = []


def add_source(source):
    """`source(campaign, kind, pk)` → Evidence or None; called for each pack, in the order added."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def pack_of(campaign, kind, pk):
    """Everything there is to be held against a candidate's nomination; a constant number of queries."""
    found = (source(campaign, kind, pk) for source in SOURCES)
    return [one for one in found if one is not None and one.lines]


@add_source
def _pledges(campaign, kind, pk):
    field = {"person": "owner_person", "window": "owner_window", "branch": "owner_organisation"}
    rows = Pledge.objects.public().filter(campaign=campaign, **{field[kind]: pk})
    rows = rows.order_by("-due_on", "pk")[:MOST]
    return Evidence(
        "承诺和兑现",
        [
            (f"{one.text}（{one.get_status_display()}）", reverse("pledges:pledge_detail", args=[one.pk]))
            for one in rows
        ],
    )  # fmt: skip


@add_source
def _contests(campaign, kind, pk):
    rows = Entrant.objects.filter(
        contest__campaign=campaign, contest__state="published", **{kind: pk}
    ).select_related("contest")
    return Evidence(
        "竞赛",
        [
            (
                f"{one.contest}：第 {one.place} 名{f'，{one.prize}' if one.prize else ''}",
                reverse("competitions:contest_detail", args=[one.contest_id]),
            )
            for one in rows.order_by("-contest__held_on", "pk")[:MOST]
        ],
    )


@add_source
def _streaks(campaign, kind, pk):
    rows = Milestone.objects.filter(streak__campaign=campaign, **{f"streak__{kind}": pk})
    return Evidence(
        "连续无差错",
        [
            (f"{one.reached_on} 达到“{one.name}”", reverse("competitions:streak_detail", args=[one.streak_id]))
            for one in rows.order_by("-reached_on", "pk")[:MOST]
        ],
    )  # fmt: skip


@add_source
def _indicators(campaign, kind, pk):
    names = {
        (item.key, measure.key): measure
        for item in campaign.plan.items_with("indicator")
        for measure in item.options.measures
    }
    rows = Reading.objects.filter(campaign=campaign, **{kind: pk}).select_related("period")
    lines = []
    for one in rows.order_by("-period__starts_on", "measure")[:MOST]:
        measure = names.get((one.item, one.measure))
        if measure is not None:
            address = reverse("competitions:indicator_detail", args=[one.item, one.measure])
            text = (
                f"{one.period.name} {measure.name} {one.value.normalize():f} {measure.unit or ''}"
            )
            lines.append((text, address))
    return Evidence("指标", lines)


@add_source
def _activities(campaign, kind, pk):
    if kind == "window":
        return None
    mine = {"attendance__person": pk} if kind == "person" else {"organisation": pk}
    rows = Activity.objects.filter(campaign=campaign, **mine).order_by("-held_on", "pk")
    return Evidence("活动", [(f"{one.held_on} {one.kind}：{one.name}", "") for one in rows[:MOST]])


@add_source
def _growth(campaign, kind, pk):
    """What was reached of one's own, and those one has mentored (G11)."""
    if kind != "person":
        return None
    rows = Growth.objects.filter(campaign=campaign, state="reached").select_related("person")
    rows = rows.filter(Q(person=pk) | Q(mentor=pk)).order_by("-ended_on", "pk")[:MOST]
    return Evidence(
        "双向培养",
        [
            (
                f"{one.ended_on} {one.name}：{'导师，' if one.mentor_id == pk else ''}{one.person}",
                "",
            )
            for one in rows
        ],
    )


@add_source
def _honours(campaign, kind, pk):
    rows = Award.objects.filter(campaign=campaign, revoked_reason="", **{kind: pk})
    rows = rows.order_by("-granted_on", "pk")
    return Evidence("已得荣誉", [(f"{one.granted_on} {one.name}", "") for one in rows[:MOST]])


@add_source
def _targets(campaign, kind, pk):
    rows = Target.objects.filter(campaign=campaign, state__in=["met", "unmet"], **{kind: pk})
    return Evidence(
        "创建目标",
        [
            (f"{one.name}：{one.get_state_display()}", "")
            for one in rows.order_by("-decided_at")[:MOST]
        ],
    )
