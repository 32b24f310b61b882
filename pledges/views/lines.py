"""The public says of each line of a window's pledge: kept, or not (L16). No login, no identity."""

import hashlib
import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from common import throttle
from pledges.actions.lines import rate_lines
from pledges.models import Pledge

PER_ADDRESS = 10
WINDOW_SECONDS = 600
A_DAY = 86_400
VERDICTS = {"kept": True, "unkept": False}


@login_not_required
@never_cache
def pledge_line_rate(request, pk):
    pledges = Pledge.objects.public().with_owners().filter(lines__isnull=False).distinct()
    pledge = get_object_or_404(pledges, pk=pk)
    lines = list(pledge.lines.order_by("position"))
    error = ""
    if request.method == "POST":
        verdicts = _verdicts(request, lines)
        if verdicts and not throttle.allow(request, f"lines:{pk}", PER_ADDRESS, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        if verdicts:
            if _is_new_form(request.POST.get("number", "")):
                rate_lines(pledge, verdicts)
            return redirect("pledges:pledge_public", pk)
        error = "至少评一条：做到了，或没做到。"
    context = {"pledge": pledge, "lines": lines, "number": uuid.uuid4(), "error": error}
    return render(request, "pledges/pledge_line_rate.html", context)


def _verdicts(request, lines):
    chosen = ((line.pk, request.POST.get(f"line{line.pk}", "")) for line in lines)
    return {number: VERDICTS[word] for number, word in chosen if word in VERDICTS}


def _is_new_form(number):
    """A form that is sent twice counts once. Remembered for a day, as a hash, outside the database."""
    digest = hashlib.sha256(number[:64].encode()).hexdigest()
    return cache.add(f"lines:{digest}", 1, A_DAY) is not False
