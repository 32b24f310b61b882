"""The headings that the plan wants on a window's board, filled in for one window (L03)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from branches.models import Window
from branches.permissions import can_edit_window
from common.dates import today
from pledges import queries
from pledges.actions.window_parts import write_window_parts
from pledges.forms.window_parts import WindowPartsForm


@require_http_methods(["GET", "HEAD", "POST"])
def window_parts(request, pk):
    windows = Window.objects.open().visible_to(request.user).select_related("organisation")
    window = get_object_or_404(windows, pk=pk)
    if not can_edit_window(request.user, window):
        raise PermissionDenied
    day = today()
    periods = queries.periods_over(window.organisation, today=day)
    names = queries.part_names([period.plan for period in periods])
    typed = queries.typed_parts([window], names).get(window.pk, {})
    form = WindowPartsForm(
        request.POST or None,
        names=[name for name in names if not queries.source_of(name)],
        texts=typed,
    )
    if request.method == "POST" and form.is_valid():
        write_window_parts(window, texts=form.texts(), by=request.user, at=timezone.now())
        messages.success(request, "已保存，公示栏现在就按这个显示。")
        return redirect("branches:window_detail", window.pk)
    window.staff = list(queries.window_staff(window, today=day))
    context = {
        "form": form,
        "window": window,
        "names": names,
        "missing": queries.missing_parts(window, names, typed),
    }
    return render(request, "pledges/window_parts.html", context)
