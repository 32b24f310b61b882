"""A tablet at a window, a ticket for the visitor who is there, and the ratings by channel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from branches.models import Window, scope_paths, visible_paths
from branches.models.scope import SEEING_ROLES
from branches.queries import at_place, place_asked
from common import downloads, throttle
from common.addresses import absolute
from common.dates import today
from common.paging import page_of
from evaluations.actions.kiosks import hash_kiosk, may_rate_now, register_kiosk, retire_kiosk
from evaluations.actions.ratings import issue_tickets
from evaluations.excel import KIOSKS, RATINGS
from evaluations.forms.kiosks import KioskForm
from evaluations.models import Kiosk
from evaluations.permissions.reviews import can_issue_tickets, can_register_kiosk
from evaluations.queries import flags
from evaluations.queries import ratings as queries
from evaluations.views.rating import GUESSES, WINDOW_SECONDS, qr_image, rating_form_page

FLAGGED = ("inspector", "committee", "office")  # who looks into strange days


@login_not_required
@never_cache
@sensitive_post_parameters()
def kiosk_rate(request, code):
    """The tablet's own page: large faces, one tap and send, back to the start by itself."""
    kiosks = Kiosk.objects.filter(is_active=True).select_related("window__organisation")
    kiosk = kiosks.filter(digest=hash_kiosk(code)).first()
    if kiosk is None:
        if not throttle.allow(request, "kiosk", GUESSES, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        raise Http404
    context = {"kiosk": kiosk, "window": kiosk.window, "code": code, "large_type": True}
    period = queries.running_period(kiosk.window, today=today())
    if not kiosk.serves(timezone.localtime()) or period is None:
        return render(request, "evaluations/kiosk_closed.html", context)
    if request.method == "POST" and not may_rate_now(kiosk):
        return render(request, "evaluations/kiosk_done.html", context | {"too_soon": True})
    return rating_form_page(
        request,
        kiosk.window,
        period,
        kind="tablet",
        pages=("evaluations/kiosk_rate.html", "evaluations/kiosk_done.html"),
        extra=context,
    )


def kiosk_list(request, pk):
    window = _window(request, pk)
    kiosks = window.kiosks.select_related("registered_by").order_by("-is_active", "pk")
    if downloads.is_asked(request):
        return downloads.listing(request, "评价器", KIOSKS, kiosks, unit=window.name)
    form = KioskForm(request.POST or None, instance=Kiosk(window=window))
    may = can_register_kiosk(request.user, window)
    if request.method == "POST" and not may:
        raise PermissionDenied
    context = {"window": window, "can_register": may, "form": form, "unasked": _unasked(window)}
    if form.is_valid():
        code = register_kiosk(form.instance, by=request.user, at=timezone.now())
        address = absolute(request, "evaluations:kiosk_rate", code)
        context |= {"code": code, "address": address, "qr": qr_image(address)}
        context["form"] = KioskForm(instance=Kiosk(window=window))
    context["kiosks"] = kiosks
    return render(request, "evaluations/kiosk_list.html", context)


def _unasked(window):
    """Whether the plan that runs at this window has no tablets among its channels (C8)."""
    period = queries.running_period(window, today=today())
    return period is not None and queries.channel_of(period.plan, "tablet") is None


@require_POST
def kiosk_retire(request, pk):
    kiosk = get_object_or_404(
        Kiosk.objects.visible_to(request.user).select_related("window__organisation"), pk=pk
    )
    if not can_register_kiosk(request.user, kiosk.window):
        raise PermissionDenied
    retire_kiosk(kiosk, by=request.user, at=timezone.now())
    messages.success(request, "已停用，这台设备上的评价页打不开了。")
    return redirect("evaluations:kiosk_list", kiosk.window_id)


def ticket_hand(request, pk):
    """One code for the visit that just ended, shown on the clerk's screen for the visitor's phone."""
    window = _window(request, pk)
    if not can_issue_tickets(request.user, window):
        raise PermissionDenied
    period = queries.running_period(window, today=today())
    if period is None or queries.channel_of(period.plan, "ticket") is None:
        raise Http404
    context = {"window": window}
    if request.method == "POST":
        code = issue_tickets(window, count=1, by=request.user, at=timezone.now())[0]
        address = absolute(request, "evaluations:ticket_rate", code)
        context |= {"code": code, "qr": qr_image(address)}
    return render(request, "evaluations/ticket_hand.html", context)


def rating_list(request):
    """满意率 by window, verified and open channels apart; strange days for those who inspect."""
    paths = visible_paths(request.user)
    period = request.period
    windows = flags.windows_of(period, paths) if period else Window.objects.none()
    place = place_asked(request)
    windows = at_place(windows, place)
    own = period and not scope_paths(request.user, *SEEING_ROLES)  # the window's own people
    until = queries.told_until(period, today=today()) if own else None
    if downloads.is_asked(request):
        lines = flags.lines(period, list(windows), until=until) if period else []
        name = period.name if period else ""
        return downloads.listing(request, "群众评价", RATINGS, lines, period=name)
    page = page_of(request, windows)
    context = {
        "page": page,
        "sees_flags": bool(scope_paths(request.user, *FLAGGED)),
        "lines": flags.lines(period, list(page.object_list), until=until) if period else [],
        "until": until,
        "place": place,
        "definition": queries.definition_text(period.plan)
        if period and period.plan.satisfaction
        else "",
    }
    return render(request, "evaluations/rating_list.html", context)


def _window(request, pk):
    windows = Window.objects.visible_to(request.user).open().select_related("organisation")
    return get_object_or_404(windows, pk=pk)
