"""What a hall's screen shows, cut into slides that fit 1920 × 1080 without scrolling."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from branches.models import Window
from pledges.models import Pledge
from pledges.queries.board import (
    approved_of,
    figures_of,
    organisation_pledges,
    window_pledges,
)
from pledges.queries.faces import member_facts
from pledges.queries.people import people_of
from pledges.queries.plan import member_fields

PLEDGES, PEOPLE, FIGURES, WINDOWS, RESULTS, HONOURS = 3, 8, 6, 8, 3, 3
LETTERS, LINES = 37, 8  # of a page of plain text at 44 px
MOST_SLIDES = 24  # six minutes of 15 seconds: nobody waits longer for the first


@dataclass(frozen=True)
class Slide:
    """One page of the screen; `kind` names the template's part."""

    kind: str
    title: str
    rows: list = field(default_factory=list)


def window_slides(window, *, periods, staff, parts, away):
    """Who serves (and where who is away has gone, G05), what and how, what is promised, what the public says."""
    pledges = window_pledges(window, periods) if periods else []
    slides = [
        *_cut("staff", "窗口人员", _with_notes(staff, away), PEOPLE),
        *[slide for part in parts for slide in _cut("text", part.name, _lines(part.text), LINES)],
        *_cut("pledges", "公开承诺", pledges, PLEDGES),
        *_figures(periods, window=window),
    ]
    return slides[:MOST_SLIDES], [pledge.pk for pledge in pledges]


def organisation_slides(organisation, *, periods, today, bulletins=(), honours=()):
    """Pledges (the organisation's own and its leaders' first, R10), members, results."""
    pledges = organisation_pledges(organisation, periods) if periods else []
    fields = member_fields([period.plan for period in periods])
    people = people_of(organisation, today=today, members_only=True)
    members = [member_facts(person, fields) for person in people]
    slides = [
        *_cut("pledges", "公开承诺", pledges, PLEDGES),
        *_cut("members", "党员风采", members, PEOPLE),
        *_figures(periods, organisation=organisation),
        *_cut("honours", "光荣榜", list(honours), HONOURS),
        *[slide for one in bulletins for slide in _results(one)],
    ]
    return slides[:MOST_SLIDES], [pledge.pk for pledge in pledges]


def campaign_slides(campaign, *, period):
    """How far the whole campaign is, its branches' and windows' pledges, where to rate."""
    public = Pledge.objects.public().filter(period=period)
    counts = public.aggregate(
        total=Count("pk"),
        kept=Count("pk", filter=Q(status="kept")),
        unkept=Count("pk", filter=Q(status="unkept")),
    )
    pledges = approved_of(
        public.filter(owner_person=None)
        .with_owners()
        .order_by("organisation__path", "pk")[: PLEDGES * 12]
    )
    windows = list(
        Window.objects.open()
        .filter(organisation__path__startswith=campaign.organisation.path)
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")[: WINDOWS * 4]
    )
    slides = [
        Slide("counts", "承诺与兑现", [counts]),
        *_cut("pledges", "公开承诺", pledges, PLEDGES),
        *_cut("windows", "服务窗口", windows, WINDOWS),
        *_figures([period], organisation=campaign.organisation),
    ]
    return slides[:MOST_SLIDES], [pledge.pk for pledge in pledges]


def _results(bulletin):
    """Published results with their n, a table a screen; what was said of people is for reading at one's own pace."""
    rows = [row for row in bulletin.rows if "parts" not in row]
    return _cut("results", bulletin.title, rows, RESULTS)


def _with_notes(staff, away):
    posts = list(staff)
    for post in posts:
        post.away = away.get(post.person_id)
    return posts


def _figures(periods, **place):
    figures = figures_of(periods=periods, **place) if periods else []
    return _cut("figures", "群众怎么说", [one for one in figures if one.value], FIGURES)


def _cut(kind, title, rows, size):
    return [Slide(kind, title, rows[at : at + size]) for at in range(0, len(rows), size)]


def _lines(words):
    """Broken as the screen shows it, so that nothing is cut off; four pages at most."""
    lines = [
        line[at : at + LETTERS]
        for line in words.split("\n")
        if line.strip()
        for at in range(0, len(line), LETTERS)
    ]
    return lines[: LINES * 4]
