from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns import actions
from campaigns.excel import WORKDAYS
from campaigns.forms.calendar import WorkdayExceptionForm
from campaigns.models import WorkdayException
from campaigns.permissions import can_edit_calendar
from common import downloads
from common.dates import today


def workday_list(request):
    """Holidays and make-up days; working-day deadlines are counted by them."""
    may_edit = can_edit_calendar(request.user)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = WorkdayExceptionForm(request.POST or None)
    if form.is_valid():
        day = actions.add_workday_exception(
            form.save(commit=False), by=request.user, at=timezone.now()
        )
        messages.success(request, f"已安排：{day}。")
        return redirect("campaigns:workday_list")
    days = WorkdayException.objects.filter(day__year__gte=today().year).order_by("day")
    if downloads.is_asked(request):
        return downloads.listing(request, "节假日与调休", WORKDAYS, days)
    context = {"days": days, "form": form if may_edit else None}
    return render(request, "campaigns/workday_list.html", context)


@require_POST
def workday_delete(request, pk):
    day = get_object_or_404(WorkdayException, pk=pk)
    if not can_edit_calendar(request.user):
        raise PermissionDenied
    actions.remove_workday_exception(day, by=request.user, at=timezone.now())
    messages.success(request, f"已删去：{day}。")
    return redirect("campaigns:workday_list")
