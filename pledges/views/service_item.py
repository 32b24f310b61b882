"""The public side of what is shown: cards, plaques, stories, brands, texts. No login, constant queries."""

import io

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from branches.models import Organisation, Window
from common.addresses import absolute
from common.dates import today
from common.paging import page_of
from pledges.models import Plaque, PublishedHonour, ServiceItem, StandingText, Story
from pledges.queries.plan import periods_over
from pledges.queries.shown import (
    KINDS,
    newest_by_code,
    options_of,
    public_items,
    standing_lines,
    versions_of,
)
from pledges.views.shown import WORDS

GONE = 410  # it was here, and says why it is not any more
PAPERS = ("a4", "a5")


@login_not_required
def service_item_find(request):
    """Search all cards, or those of one window (?w=CODE)."""
    words = request.GET.get("q", "").strip()[:60]
    code = request.GET.get("w", "").strip().upper()[:12]
    window = Window.objects.open().filter(code=code).first() if code else None
    items = public_items(today=today(), words=words, window=window)
    context = {"page": page_of(request, items), "q": words, "window": window}
    return render(request, "pledges/service_item_find.html", context)


@login_not_required
def service_item_public(request, code):
    return _public_page(request, "item", code)


@login_not_required
def shown_public(request, kind, code):
    if kind not in KINDS:
        raise Http404
    return _public_page(request, kind, code)


def _public_page(request, kind, code):
    shown = newest_by_code(kind, code)
    if shown is None:
        raise Http404
    if not shown.is_live or shown.is_expired(today=today()):
        context = {"shown": shown, "title": WORDS[kind][0]}
        return render(request, "pledges/shown_gone.html", context, status=GONE)
    if kind == "window":  # the board itself is where they hang
        return redirect("pledges:window_board", shown.code)
    context = {
        "shown": shown,
        "kind": kind,
        "title": WORDS[kind][0],
        "versions": versions_of(shown),
    }
    if kind == "item":
        context["track"] = _track(shown)
    return render(request, f"pledges/{kind}_public.html", context)


@login_not_required
def service_item_print(request, code):
    """The card on A4 or A5, with QR code, version and date."""
    item = _live_item(code)
    size = request.GET.get("size", "a4")
    context = {
        "item": item,
        "size": size if size in PAPERS else "a4",
        "track": _track(item),
        "day": today(),
    }
    return render(request, "pledges/service_item_print.html", context)


@login_not_required
def service_item_notice(request, code):
    """一次性告知单: what this visitor still lacks is ticked, the rest follows from the card (G03)."""
    item = _live_item(code)
    lines = item.material_lines
    ticked = {
        int(number)
        for number in request.GET.getlist("lack")
        if number.isdigit() and len(number) < 4
    }
    context = {
        "item": item,
        "lines": [(number, line, number in ticked) for number, line in enumerate(lines)],
        "lacking": [line for number, line in enumerate(lines) if number in ticked],
        "is_asked": "make" in request.GET,
        "track": _track(item),
        "day": today(),
    }
    return render(request, "pledges/service_item_notice.html", context)


@login_not_required
def service_item_qr(request, code):
    item = _live_item(code)
    image = io.BytesIO()
    address = absolute(request, "pledges:service_item_public", item.code)
    segno.make(address, error="m").save(image, kind="svg", scale=4, border=2)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@login_not_required
def honour_roll(request, code):
    """光荣榜: plaques, stories and brands of an organisation and everything below it (L21, L24)."""
    return _honours(request, code, "pledges/honour_roll.html")


@login_not_required
def honour_poster(request, code):
    return _honours(request, code, "pledges/honour_poster.html")


def _honours(request, code, template):
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    below = {"organisation__path__startswith": organisation.path}
    day = today()
    plaques = Plaque.objects.public(today=day).filter(**below)
    stories = Story.objects.public(today=day).filter(**below)
    context = {
        "organisation": organisation,
        "honours": PublishedHonour.objects.of(organisation)[:60],
        "plaques": plaques.select_related(
            "organisation", "holder_person", "holder_window"
        ).order_by("name", "pk")[:60],
        "stories": stories.select_related("organisation", "person").order_by(
            "-published_at", "-pk"
        )[:30],
        "brands": KINDS["brand"][0]
        .objects.public(today=day)
        .filter(**below)
        .select_related("organisation")
        .order_by("organisation__path", "pk")[:30],
        "day": day,
    }
    return render(request, template, context)


@login_not_required
def standing_text_list(request, code):
    """Rules, standards and phrases of an organisation, and those of the plan over it (G01, G06)."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    above = [organisation.path[:end] for end in range(4, len(organisation.path) + 1, 4)]
    texts = (
        StandingText.objects.public(today=today())
        .filter(organisation__path__in=above)
        .select_related("organisation")
        .order_by("kind", "organisation__path", "title", "pk")
    )
    context = {"organisation": organisation, "texts": texts, "rules": _rules_over(organisation)}
    return render(request, "pledges/standing_text_list.html", context)


@login_not_required
def standing_check(request, code):
    """Standards and phrases of a unit line by line, to be ticked at an inspection or by oneself (G06)."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    day = today()
    lines = [
        (kind.label, standing_lines(organisation, kind, today=day))
        for kind in (StandingText.Kind.STANDARD, StandingText.Kind.PHRASES)
    ]
    context = {"organisation": organisation, "parts": lines, "day": day}
    return render(request, "pledges/standing_check.html", context)


def _rules_over(organisation):
    periods = periods_over(organisation, today=today())
    return [rule for period in periods for rule in period.plan.rules if not rule.placeholder]


def _live_item(code):
    items = ServiceItem.objects.public(today=today()).select_related("organisation", "window")
    return get_object_or_404(items, code=code.upper())


def _track(item):
    """What the plan calls the faster track; only where the card has one."""
    if not item.is_fast_track:
        return ""
    options = options_of("item", item.organisation, today=today())
    return getattr(options, "fast_track", None) or "快速通道"
