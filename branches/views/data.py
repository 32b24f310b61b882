"""我的信息: what is kept about oneself, to see, to take along, to have corrected (PIPL 44 to 46)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.excel.own import own_workbook
from branches.forms import CorrectionAnswerForm, CorrectionForm
from branches.models import CorrectionRequest
from common import downloads
from common.dates import today
from common.downloads import XLSX
from common.paging import page_of

ROWS_SHOWN = 10  # of each kind; the files hold all


@never_cache
@require_safe
def me_data(request):
    sections = queries.own_sections(request.user, masked=True)
    for section in sections:
        first = section["rows"][:ROWS_SHOWN]
        section["lines"] = [zip(section["columns"], row, strict=True) for row in first]
    corrections = request.user.corrections.order_by("-asked_at")[:20]
    context = {"sections": sections, "corrections": corrections}
    return render(request, "branches/me_data.html", context)


@never_cache
@require_POST
def me_export(request):
    """Everything, with one's own ID number in full; that it was taken is on record."""
    sections = queries.own_sections(request.user, masked=False)
    rows = sum(len(section["rows"]) for section in sections)
    actions.note_export("本人资料", count=rows, by=request.user, at=timezone.now())
    if request.POST.get("format") == "json":
        response = JsonResponse(
            {section["title"]: _as_objects(section) for section in sections},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
        response["Content-Disposition"] = content_disposition_header(True, "我的信息.json")
        return response
    response = HttpResponse(own_workbook(sections), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "我的信息.xlsx")
    return response


def _as_objects(section):
    return [dict(zip(section["columns"], row, strict=True)) for row in section["rows"]]


@require_http_methods(["GET", "HEAD", "POST"])
def correction_add(request):
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_correction(
                request.user, today=today(), at=timezone.now(), **form.cleaned_data
            )
        except actions.CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已提交，书记答复后会有消息。")
            return redirect("branches:me_data")
    return render(request, "branches/correction_add.html", {"form": form})


@require_safe
def correction_list(request):
    """Requests of the people whose roster one keeps, the waiting ones first."""
    if not permissions.can_import(request.user):
        raise PermissionDenied
    asked = queries.corrections_for(request.user)
    if downloads.is_asked(request):
        return downloads.listing(request, "更正申请", listed.CORRECTIONS, asked)
    page = page_of(request, asked)
    return render(request, "branches/correction_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def correction_answer(request, pk):
    asked = get_object_or_404(
        CorrectionRequest.objects.visible_to(request.user).select_related("person"), pk=pk
    )
    if asked.person == request.user or not permissions.can_edit_person(request.user, asked.person):
        raise PermissionDenied
    form = CorrectionAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer_correction(
                asked, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.CorrectionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已答复{asked.person.name}。")
        return redirect("branches:correction_list")
    return render(request, "branches/correction_answer.html", {"form": form, "asked": asked})
