"""The inbox, and the progress of long work."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common import downloads, jobs
from common.models import Job, Notice
from common.paging import page_of

NOTICES = [
    ("时间", lambda notice: f"{timezone.localtime(notice.created_at):%Y-%m-%d %H:%M}"),
    ("标题", lambda notice: notice.title),
    ("内容", lambda notice: notice.body),
    ("已读", lambda notice: "已读" if notice.read_at else "未读"),
]


@require_safe
def notice_list(request):
    notices = Notice.objects.visible_to(request.user).order_by("-created_at", "-pk")
    if request.GET.get("unread") == "1":
        notices = notices.unread()
    if downloads.is_asked(request):
        return downloads.listing(request, "消息", NOTICES, notices)
    unread = Notice.objects.visible_to(request.user).unread().count()
    page = page_of(request, notices)
    return render(request, "common/notice_list.html", {"page": page, "unread": unread})


@require_POST
def notice_open(request, pk):
    """Marks it read and goes where it points; POST, so that no prefetch reads it first."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(
        notice.url
        if notice.url.startswith("/") and not notice.url.startswith("//")
        else "common:notice_list"
    )


@require_POST
def notice_read_all(request):
    mine = Notice.objects.visible_to(request.user).unread()
    with transaction.atomic():
        mine.update(read_at=timezone.now())
    return redirect("common:notice_list")


@require_safe
def job_detail(request, pk):
    """The page may be left at any time; htmx asks for the bar alone."""
    job = jobs.progress(get_object_or_404(Job.objects.visible_to(request.user), pk=pk))
    template = "common/_job.html" if request.htmx else "common/job_detail.html"
    return render(request, template, {"job": job})
