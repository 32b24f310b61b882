"""Registers, who is away and who covers, and how far the party's organisation reaches."""

from django.db.models import Exists, OuterRef

from branches.models import (
    Affiliation,
    Organisation,
    Post,
    Window,
    home_paths,
    scope_paths,
    under,
    visible_paths,
)
from branches.models.scope import STEP
from pledges.models import ServiceReport, Whereabouts

KEEPERS = ("secretary", "committee", "office")


def keepable_organisations(person):
    """Where this person may write into a register: his branch, and what he is over."""
    return Organisation.objects.active().filter(
        under(home_paths(person) + scope_paths(person, *KEEPERS))
    )


def away_now(people, *, at):
    """{person's id: the note} of those who are away at the moment."""
    notes = (
        Whereabouts.objects.filter(person__in=people, away_at__lte=at, back_at__gt=at)
        .filter(ended_at=None)
        .select_related("ask", "organisation")
        .order_by("away_at", "pk")
    )
    return {note.person_id: note for note in notes}


def double_posts(person, *, today, organisation=None):
    """A and B of every post at a window one may look into (G04)."""
    posts = (
        Post.objects.current(today=today)
        .filter(under(visible_paths(person), "organisation__path"), window__isnull=False)
        .filter(window__closed_on=None, person__is_active=True)
        .select_related("person", "cover", "window", "organisation")
        .order_by("organisation__path", "window__number", "window_id", "pk")
    )
    return posts.filter(organisation=organisation) if organisation else posts


def coverage(person, *, today):
    """Windows one may look into, each with `has_member` and `has_branch` (G12). Two questions."""
    at_window = Post.objects.current(today=today).filter(window=OuterRef("pk"))
    members = Affiliation.objects.current(today=today).filter(
        status__in=["member", "probationary"], person=OuterRef("person")
    )
    windows = list(
        Window.objects.open()
        .filter(under(visible_paths(person), "organisation__path"))
        .annotate(has_member=Exists(at_window.filter(Exists(members))))
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )
    branches = set(Organisation.objects.active().branches().values_list("path", flat=True))
    for window in windows:
        path = window.organisation.path
        ends = range(STEP, len(path) + 1, STEP)
        window.has_branch = any(path[:end] in branches for end in ends)
    return windows


def open_reports(person):
    return ServiceReport.objects.visible_to(person).filter(answered_on=None)
