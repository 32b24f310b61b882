"""Everything about a person, a window or a branch that the one who looks may see, newest first (issue 9, joins).

Each strand asks the room's own `visible_to`: nothing stands here that its own page would refuse.
"""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from competitions.models import Activity, Award, Case, Contest, Entrant, Growth, Streak, Target
from evaluations.models import Feedback, Meeting, Review, SelfReview
from pledges.models import Pledge, ServiceItem, Zone
from supervision.models import Inspection, Rectification, Scorecard, Standing

MOST = 5


class Line(NamedTuple):
    label: str
    note: str
    url: str


class Strand(NamedTuple):
    """`rows(viewer, thing)` in their order; `url` opens one of them, `whole` is the list of all."""

    name: str
    rows: Callable
    url: Callable
    note: Callable
    label: Callable = str
    whole: str = ""  # URL name, asked with the thing's name as ?q=

    def found(self, viewer, thing):
        """(name, [Line], address of the rest or "")"""
        rows = list(self.rows(viewer, thing)[: MOST + 1])
        lines = [Line(self.label(row), self.note(row), self.url(row)) for row in rows[:MOST]]
        return self.name, lines, self._rest(thing) if len(rows) > MOST else ""

    def _rest(self, thing):
        asked = {"q": thing.name}
        if self.whole == "supervision:scorecard_list":
            asked["subject"] = SCORED[thing._meta.model_name]
        return f"{reverse(self.whole)}?{urlencode(asked)}" if self.whole else ""


def about(viewer, thing):
    """The strands that are not empty; as many queries as there are strands."""
    found = (strand.found(viewer, thing) for strand in STRANDS[thing._meta.model_name])
    return [each for each in found if each[1]]


SCORED = {"person": "person", "window": "window", "organisation": "branch"}


def _page(name):
    return lambda row: reverse(name, args=[row.pk])


def _period(row):
    return row.period.name


def _state(row):
    return row.get_state_display()


def _of(model, key, *related, order="-pk"):
    """Rows of a room that name the thing under a key."""

    def rows(viewer, thing):
        seen = model.objects.visible_to(viewer).filter(**{key: thing})
        return seen.select_related(*related).order_by(order)

    return rows


def _pledges(key):
    return Strand(
        "承诺",
        _of(Pledge, key, "period"),
        _page("pledges:pledge_detail"),
        lambda row: f"{row.period.name} · {row.get_status_display()}",
        whole="pledges:pledge_list",
    )


def _ledger(key):
    page = _page("supervision:ledger_detail")
    rows = _of(Rectification, key)
    return Strand("整改", rows, page, _state, whole="supervision:ledger_list")


def _scorecards(key, kind):
    def rows(viewer, thing):
        seen = Scorecard.objects.visible_to(viewer).latest().filter(**{key: thing}, subject=kind)
        return seen.select_related("period").order_by("-period__starts_on", "-pk")

    return Strand(
        "得分",
        rows,
        _page("supervision:scorecard_detail"),
        lambda row: f"{row.shown} {row.band}".strip(),
        label=_period,
        whole="supervision:scorecard_list",
    )


def _inspections(key):
    return Strand(
        "督查",
        _of(Inspection, key, "window", "person", "organisation"),
        _page("supervision:inspection_detail"),
        lambda row: f"{row.inspected_at:%Y-%m-%d}",
        label=lambda row: str(row.target),
    )


def _standings(key):
    def rows(viewer, thing):
        window = {} if key == "window" else {"window": None}
        seen = Standing.objects.visible_to(viewer).filter(**{key: thing}, **window)
        return seen.select_related("period").order_by("-period__starts_on", "-pk")

    page = _page("supervision:standing_detail")
    return Strand("分类定级", rows, page, lambda row: "", label=_period)


def _contests(key):
    def rows(viewer, thing):
        entered = Entrant.objects.filter(contest__in=Contest.objects.visible_to(viewer))
        return entered.filter(**{key: thing}).select_related("contest").order_by("-pk")

    return Strand(
        "竞赛",
        rows,
        _page("competitions:entrant_detail"),
        lambda row: row.contest.get_state_display(),
        label=lambda row: row.contest.name,
    )


def _awards(key):
    return Strand(
        "荣誉",
        _of(Award, key, order="-granted_on"),
        lambda row: reverse("competitions:selection_detail", args=[row.selection_id]),
        lambda row: f"{row.granted_on:%Y-%m-%d}" + (" · 已交出" if row.ended_on else ""),
        label=lambda row: row.name,
    )


def _compared(key):
    """What all three kinds of subject take part in."""
    streak = _page("competitions:streak_detail")
    return [
        _contests(key),
        _awards(key),
        Strand("创建目标", _of(Target, key), _page("competitions:target_detail"), _state),
        Strand(
            "连续无差错", _of(Streak, key, "person", "window", "branch"), streak, lambda row: ""
        ),
    ]


def _attended(viewer, person):
    was_there = Q(attendance__person=person) | Q(leader=person)
    return Activity.objects.visible_to(viewer).filter(was_there).distinct().order_by("-pk")


def _zones(viewer, person):
    held = Zone.objects.visible_to(viewer).filter(holders__person=person, holders__ends_on=None)
    return held.distinct().order_by("pk")


_ACTIVITY = _page("competitions:activity_detail")
_FEEDBACK = _page("evaluations:feedback_detail")
STRANDS = {
    "person": [
        _pledges("owner_person"),
        _scorecards("person", "person"),
        Strand(
            "点评",
            _of(Review, "person", "period"),
            _page("evaluations:review_detail"),
            _period,
            label=lambda row: row.get_kind_display(),
            whole="evaluations:review_list",
        ),
        Strand(
            "自评",
            _of(SelfReview, "person", "period"),
            _page("evaluations:self_review_detail"),
            lambda row: "",
            label=_period,
        ),
        _ledger("owner"),
        _inspections("person"),
        *_compared("person"),
        Strand("活动", _attended, _ACTIVITY, lambda row: ""),
        Strand("双向培养", _of(Growth, "person", "person"), _page("competitions:growth_detail"), _state),
        Strand(
            "责任区、先锋岗",
            _zones,
            lambda row: f"{reverse('pledges:zone_list')}?{urlencode({'q': row.name})}",
            lambda row: "",
            label=lambda row: row.name,
        ),
    ],
    "window": [
        _pledges("owner_window"),
        _scorecards("window", "window"),
        Strand("群众意见", _of(Feedback, "window", "window", "organisation"), _FEEDBACK, _state),
        _ledger("window"),
        _inspections("window"),
        _standings("window"),
        Strand(
            "明白卡",
            _of(ServiceItem, "window"),
            lambda row: reverse("pledges:shown_detail", args=["item", row.pk]),
            _state,
        ),
        *_compared("window"),
    ],
    "organisation": [
        _pledges("owner_organisation"),
        _scorecards("organisation", "branch"),
        Strand("群众意见", _of(Feedback, "organisation", "window", "organisation"), _FEEDBACK, _state),
        _ledger("organisation"),
        _inspections("organisation"),
        _standings("organisation"),
        Strand("会议", _of(Meeting, "organisation"), _page("evaluations:meeting_detail"), lambda row: ""),
        Strand("活动", _of(Activity, "organisation"), _ACTIVITY, lambda row: ""),
        Strand("典型和警示", _of(Case, "organisation"), _page("competitions:case_detail"), _state),
        *_compared("branch"),
    ],
}  # fmt: skip
