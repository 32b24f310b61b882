"""The tap on one's own 查摆 that puts it into the ledger (L20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pledges.models import SelfExamination
from supervision.actions.examining import rectify_examination
from supervision.actions.rectifications import LedgerMoved


@require_POST
def examination_rectify(request, pk):
    """Only the writer decides that it goes into a book which others read."""
    examination = get_object_or_404(SelfExamination.objects.visible_to(request.user), pk=pk)
    if examination.person_id != request.user.pk:
        raise PermissionDenied
    try:
        item = rectify_examination(examination, by=request.user, at=timezone.now())
    except LedgerMoved as moved:
        messages.info(request, str(moved))
        return redirect("pledges:self_examination_list")
    messages.success(request, "已列入整改台账，责任人是您；改好后在这里报告，由别人销号。")
    return redirect("supervision:ledger_detail", item.pk)
