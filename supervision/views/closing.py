from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.models import Period
from common import jobs
from common.dates import today
from common.tasks import ring
from supervision.permissions import can_close_period
from supervision.queries.readiness import readiness


def period_close(request):
    """One button closes the period: a job with a progress bar, which can be left."""
    period = _oldest_open(request)
    if not can_close_period(request.user, period):
        raise PermissionDenied
    checks = readiness(period, today=today()) if period.is_open else []
    blocked = [check for check in checks if check.blocks]
    if request.method == "POST" and period.is_open and not blocked:
        job = jobs.request(
            "close_period",
            key=str(period.pk),
            label=f"结算{period.name}",
            arguments={"period": period.pk, "by": request.user.pk},
            by=request.user,
            at=timezone.now(),
        )
        ring(job)
        return redirect("common:job_detail", job.pk)
    if request.method == "POST":
        messages.warning(
            request, "现在不能结算，请先处理列出的事项。" if blocked else "本期已经结算过了。"
        )
    context = {"shown_period": period, "checks": checks, "blocked": blocked}
    return render(request, "supervision/period_close.html", context)


def _oldest_open(request):
    """A period that ended and was not closed comes before the running one."""
    periods = Period.objects.visible_to(request.user).select_related("campaign__organisation")
    open_ones = periods.filter(campaign=request.campaign, state=Period.State.OPEN)
    return get_object_or_404(open_ones.order_by("starts_on")[:1])
