"""What stands on a window's board, heading by heading, and the way to put other words there (L03)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from branches.models import Window
from branches.permissions import can_edit_window
from common.dates import today
from pledges import queries
from pledges.models import WindowText


@require_safe
def window_parts(request, pk):
    windows = Window.objects.open().visible_to(request.user).select_related("organisation")
    window = get_object_or_404(windows, pk=pk)
    if not can_edit_window(request.user, window):
        raise PermissionDenied
    day = today()
    periods = queries.periods_over(window.organisation, today=day)
    names = queries.part_names([period.plan for period in periods])
    text = queries.signed_texts([window], today=day).get(window.pk)
    window.staff = list(queries.window_staff(window, today=day))
    context = {
        "window": window,
        "names": names,
        "missing": queries.missing_parts(window, names, text),
        "text": text,
        "newest": WindowText.objects.filter(window=window).order_by("-version").first(),
        "parts": queries.served_first(text, queries.board_parts(window, names, text)),
    }
    return render(request, "pledges/window_parts.html", context)
