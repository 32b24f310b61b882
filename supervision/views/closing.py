from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.models import Period
from common import jobs
from common.dates import today
from common.tasks import ring
from supervision.actions.reopening import ReopeningRefused, reopen_period
from supervision.forms.closing import ReopenForm
from supervision.models import Closing
from supervision.permissions import can_close_period, can_see_closings
from supervision.queries.readiness import readiness


def period_close(request):
    """One button closes the period: a job with a progress bar, which can be left."""
    campaign = request.campaign
    if campaign is None:
        raise Http404
    if not can_see_closings(request.user, campaign):
        raise PermissionDenied
    period = _oldest_open(campaign)
    checks = readiness(period, today=today()) if period else []
    blocked = [check for check in checks if check.blocks]
    if request.method == "POST" and period and not blocked:
        return redirect("common:job_detail", _requested(period, by=request.user).pk)
    if request.method == "POST":
        messages.warning(
            request, "现在不能结算，请先处理列出的事项。" if blocked else "各期都结算过了。"
        )
    context = {
        "shown_period": period,
        "checks": checks,
        "blocked": blocked,
        "closings": _closings(campaign),
    }
    return render(request, "supervision/period_close.html", context)


def period_reopen(request, pk):
    """With a reason, told to all who run the campaign (D10)."""
    periods = Period.objects.visible_to(request.user).select_related("campaign__organisation")
    period = get_object_or_404(periods, pk=pk)
    if not can_close_period(request.user, period):
        raise PermissionDenied
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            reopen_period(period, **form.cleaned_data, by=request.user, at=timezone.now())
        except ReopeningRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"{period.name}已重新打开。更正以后，在这里再结算一次。")
        return redirect("supervision:period_close")
    context = {"form": form, "shown_period": period, "last": _last(period)}
    return render(request, "supervision/period_reopen.html", context)


def _requested(period, *, by):
    job = jobs.request(
        "close_period",
        key=str(period.pk),
        label=f"结算{period.name}",
        arguments={"period": period.pk, "by": by.pk},
        by=by,
        at=timezone.now(),
    )
    ring(job)
    return job


def _oldest_open(campaign):
    """A period that ended and was not closed comes before the running one."""
    open_ones = campaign.periods.filter(state=Period.State.OPEN).order_by("starts_on")
    return open_ones.select_related("campaign__organisation", "scheme_version").first()


def _closings(campaign):
    """Every version of every period, the newest period first."""
    found = Closing.objects.filter(period__campaign=campaign)
    return found.select_related("period", "closed_by").order_by("-period__starts_on", "-version")


def _last(period):
    return period.closings.select_related("closed_by").order_by("-version").first()
