"""What the head bar's search finds: only rows that the person may open, a few of each kind."""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from branches.models import Organisation, Person, Window
from pledges.models import Pledge
from supervision.models import Rectification

MOST = 8


class Hit(NamedTuple):
    label: str
    note: str
    url: str


def find(person, words):
    """[(kind, [Hit], whether there are more)] of the kinds with a hit; five queries."""
    words = "".join(sign for sign in words[:60] if sign.isprintable()).strip()
    if not words:
        return []
    found = []
    for kind, rows, hit in _kinds(person, words):
        hits = [hit(row) for row in rows[: MOST + 1]]
        if hits:
            found.append((kind, hits[:MOST], len(hits) > MOST))
    return found


def _kinds(person, words):
    """(kind, rows, how a row is told), people first."""
    yield from _places(person, words)
    yield from _deeds(person, words)


def _places(person, words):
    named = Q(name__contains=words) | Q(name_pinyin__startswith=words.lower())
    people = Person.objects.visible_to(person).filter(named, is_active=True)
    yield (
        "人",
        people.order_by("name_pinyin", "pk"),
        lambda one: _hit(one, one.name, one.party_position or "", "branches:person_detail"),
    )
    places = Organisation.objects.visible_to(person).active().filter(name__contains=words)
    yield (
        "组织",
        places.order_by("path"),
        lambda one: _hit(one, one.name, one.get_kind_display(), "branches:organisation_detail"),
    )
    windows = Window.objects.visible_to(person).open().filter(name__contains=words)
    yield (
        "窗口",
        windows.select_related("organisation").order_by("name", "pk"),
        lambda one: _hit(one, one.name, one.organisation.name, "branches:window_detail"),
    )


def _deeds(person, words):
    pledges = Pledge.objects.visible_to(person).filter(text__contains=words)
    yield (
        "承诺",
        pledges.with_owners().order_by("-pk"),
        lambda one: _hit(
            one, one.text, f"{one.owner} · {one.organisation.name}", "pledges:pledge_detail"
        ),
    )
    items = Rectification.objects.visible_to(person).filter(problem__contains=words)
    yield (
        "整改",
        items.select_related("organisation").order_by("-pk"),
        lambda one: _hit(one, str(one), one.organisation.name, "supervision:ledger_detail"),
    )


def _hit(row, label, note, name):
    return Hit(label, note, reverse(name, args=[row.pk]))
