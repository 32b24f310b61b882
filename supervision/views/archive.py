"""年度资料: one click makes the cycle's folder; who may see it takes it along."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from common import audit, downloads, vault
from common.paging import page_of
from common.tasks import ring
from supervision.actions.archives import request_archive
from supervision.excel import ARCHIVES
from supervision.models import Archive
from supervision.permissions import can_make_archive, can_see_archives


def archive_list(request):
    campaign = request.campaign
    if campaign is None or not can_see_archives(request.user, campaign):
        raise PermissionDenied
    archives = (
        Archive.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .select_related("asked_by", "job")
        .order_by("-asked_at", "-pk")
    )
    if downloads.is_asked(request):
        return downloads.listing(request, "资料包", ARCHIVES, archives, period=campaign.name)
    context = {
        "page": page_of(request, archives),
        "can_make": can_make_archive(request.user, campaign),
    }
    return render(request, "supervision/archive_list.html", context)


@require_POST
def archive_make(request):
    campaign = request.campaign
    if campaign is None or not can_make_archive(request.user, campaign):
        raise PermissionDenied
    archive = request_archive(campaign, by=request.user, at=timezone.now())
    ring(archive.job)
    if archive.asked_by_id == request.user.pk:
        return redirect("common:job_detail", archive.job_id)
    messages.info(request, f"{archive.asked_by} 已经在生成，做好了列在这里。")
    return redirect("supervision:archive_list")


@require_safe
def archive_download(request, pk):
    archives = Archive.objects.visible_to(request.user).select_related("campaign__organisation")
    archive = get_object_or_404(archives, pk=pk)
    try:
        data = vault.fetch(archive.file)
    except vault.Gone as gone:
        raise Http404 from gone
    path = archive.campaign.organisation.path
    audit.record("下载资料包", archive, by=request.user, at=timezone.now(), path=path)
    response = HttpResponse(data, content_type="application/zip")
    name = f"{archive.campaign.name}_资料包_{timezone.localdate(archive.made_at)}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
