"""查摆: for oneself or one's branch; can become a pledge (L20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import Affiliation
from branches.permissions import paths_of
from common.dates import today
from common.paging import page_of
from pledges.actions.self_examination import AlreadyPledged, pledge_from, save_examination
from pledges.forms.self_examination import SelfExaminationForm
from pledges.models import SelfExamination


def self_examination_list(request):
    rows = (
        SelfExamination.objects.visible_to(request.user)
        .select_related(
            "person", "organisation", "period__scheme_version", "pledge", "rectification"
        )
        .order_by("-written_at", "-pk")
    )
    context = {
        "page": page_of(request, rows),
        "can_write": bool(paths_of(request.user)) and request.period is not None,
    }
    return render(request, "pledges/self_examination_list.html", context)


def self_examination_write(request):
    home = (
        Affiliation.objects.current(today=today())
        .filter(person=request.user)
        .select_related("organisation")
        .first()
    )
    if home is None or request.period is None:
        raise PermissionDenied
    form = SelfExaminationForm(request.POST or None)
    if form.is_valid():
        examination = form.save(commit=False)
        examination.person, examination.organisation = request.user, home.organisation
        examination.period, examination.written_at = request.period, timezone.now()
        save_examination(examination)
        messages.success(request, "已记下。")
        return redirect("pledges:self_examination_list")
    return render(request, "pledges/self_examination_write.html", {"form": form})


@require_POST
def self_examination_pledge(request, pk):
    """Only the writer makes a promise of it."""
    examination = get_object_or_404(SelfExamination.objects.visible_to(request.user), pk=pk)
    if examination.person_id != request.user.pk:
        raise PermissionDenied
    try:
        pledge = pledge_from(examination, by=request.user, at=timezone.now())
    except AlreadyPledged as done:
        messages.info(request, str(done))
        return redirect("pledges:pledge_detail", examination.pledge_id)
    messages.success(request, "已转成承诺草稿，补上现状和目标再提交。")
    return redirect("pledges:pledge_edit", pledge.pk)
