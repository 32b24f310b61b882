"""Hints while a pledge is being written, and how many were kept."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from common.dates import today
from pledges.models import Pledge
from pledges.queries.hints import hints_for
from pledges.queries.rates import fulfilment, leaders_first
from pledges.views.owner import apply_owner, owner_choices

TYPED = ("text", "baseline", "target", "evidence_plan")


@require_POST
def pledge_hints(request):
    """For htmx: what was typed so far comes in, hints come out; nothing is stored."""
    if not request.period:
        raise Http404
    pledge = Pledge(campaign=request.campaign, period=request.period)
    for name in TYPED:
        setattr(pledge, name, request.POST.get(name, "").strip()[:300])
    pledge.due_on = _day(request.POST.get("due_on", ""))
    pledge.pk = _own_number(request)
    _set_owner(request, pledge)
    hints = hints_for(pledge, plan=request.period.plan) if pledge.text else None
    return render(request, "pledges/_hints.html", {"hints": hints})


def _set_owner(request, pledge):
    asked = request.POST.get("owner", "")
    choices = owner_choices(request.user, Pledge(period=request.period), today=today())
    if not choices:
        raise PermissionDenied
    if asked in dict(choices):
        number, pledge.pk = pledge.pk, None
        apply_owner(pledge, asked, today=today())
        pledge.pk = number


def _own_number(request):
    """The draft being changed is not compared with itself."""
    number = request.POST.get("pledge", "")
    return int(number) if number.isdigit() and len(number) < 15 else None


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def pledge_rates(request):
    """兑现率: by branch and by window, with n; the leaders first (R10)."""
    period = request.period
    tables = []
    if period:
        tables = [
            (label, fulfilment(request.user, period, today=today(), by=by))
            for by, label in (("branch", "支部"), ("window", "窗口"))
        ]
    leaders = leaders_first(period, today=today()) if period else []
    for _, rows in tables:
        for row in rows:
            row["rows"] = urlencode(row["rows"] | {"period": period.key})
    context = {
        "tables": tables,
        "leaders": leaders,
        "leaders_done": sum(done for _, done in leaders),
    }
    return render(request, "pledges/pledge_rates.html", context)
