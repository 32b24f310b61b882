"""Public boards (公示栏): no login, no cookie, a constant number of queries."""

import io

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation, Window
from common.addresses import absolute
from common.dates import today
from common.moment import kept_for_a_moment
from pledges import queries
from pledges.models import Pledge, PublishedHonour
from pledges.queries import shown


@login_not_required
def window_board_list(request):
    """Every open window with its short code; a typed code leads straight to its board."""
    asked = request.GET.get("code", "").strip().upper()[:12]
    with_text = queries.windows_with_text(today=today())
    found = with_text.filter(code=asked).first() if asked else None
    if found:
        return _window_board(request, found)
    windows = Window.objects.open().select_related("organisation")
    listed = windows.order_by("organisation__path", "number", "pk")[:500]
    return render(request, "pledges/window_board_list.html", {"windows": listed, "asked": asked})


@login_not_required
@kept_for_a_moment
def window_board(request, code):
    windows = queries.windows_with_text(today=today())
    return _window_board(request, get_object_or_404(windows, code=code.upper()))


def _window_board(request, window):
    day, now = today(), timezone.now()
    periods = queries.periods_over(window.organisation, today=day)
    pledges = queries.window_pledges(window, periods) if periods else []
    staff, away = queries.staff_with_notes(window, at=now)
    people = [post.person_id for post in staff]
    plaques, honours = shown.window_honours(window, people, today=day)
    names = queries.part_names([period.plan for period in periods])
    text = queries.text_of(window)
    context = {
        "window": window,
        "periods": periods,
        "staff": staff,
        "parts": queries.served_first(text, queries.board_parts(window, names, text)),
        "away": away,
        "pledges": pledges,
        "counts": queries.pledge_counts(pledges),
        "figures": queries.figures_of(periods=periods, window=window) if periods else [],
        "items": shown.public_items(today=day, window=window)[:30],
        "plaques": plaques,
        "honours": honours,
        "bulletins": shown.public_bulletins(window.organisation, today=day, most=3),
        "rate_url": reverse("evaluations:window_rate", args=[window.code]),
    }
    return render(request, "pledges/window_board.html", context)


@login_not_required
@kept_for_a_moment
def organisation_board(request, code):
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    periods = queries.periods_over(organisation, today=today())
    pledges = queries.organisation_pledges(organisation, periods) if periods else []
    context = {
        "organisation": organisation,
        "periods": periods,
        "pledges": pledges,
        "counts": queries.pledge_counts(pledges),
        "windows": queries.board_windows(organisation),
        "honours": PublishedHonour.objects.of(organisation)[:12],
        "bulletins": shown.public_bulletins(organisation, today=today()),
        "figures": queries.figures_of(periods=periods, organisation=organisation)
        if periods
        else [],
    }
    return render(request, "pledges/organisation_board.html", context)


@login_not_required
def pledge_public(request, pk):
    pledges = Pledge.objects.filter(published_at__isnull=False).with_owners()
    pledge = get_object_or_404(
        pledges.prefetch_related("versions", "progress__files", "lines"), pk=pk
    )
    if pledge.is_taken_down:
        return render(request, "pledges/pledge_gone.html", {"pledge": pledge}, status=410)
    return render(request, "pledges/pledge_public.html", {"pledge": pledge})


@login_not_required
def window_qr(request, code):
    """The QR code that leads to rating this window, as SVG."""
    window = _window(code)
    url = absolute(request, "evaluations:window_rate", window.code)
    image = io.BytesIO()
    segno.make(url, error="m").save(image, kind="svg", scale=4, border=2)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def _window(code):
    return get_object_or_404(
        Window.objects.open().select_related("organisation"), code=code.upper()
    )
