"""Over time, over charged: the public says so on the card, and reads the answer with a receipt (G07)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from common import downloads, throttle
from common.dates import today
from common.paging import page_of
from common.receipts import receipt_hash
from pledges.actions.register import AlreadyDone, answer_report, report_service
from pledges.excel import REPORTS
from pledges.forms.register import ReportAnswerForm, ReportReceiptForm, ServiceReportForm
from pledges.models import ServiceItem, ServiceReport
from pledges.permissions.register import can_answer_report

PER_ADDRESS = 10
GUESSES = 20
WINDOW_SECONDS = 600


@login_not_required
@never_cache
def service_report(request, code):
    items = ServiceItem.objects.public(today=today()).select_related("organisation")
    item = get_object_or_404(items, code=code.upper())
    form = ServiceReportForm(request.POST or None)
    if form.is_valid():
        if not throttle.allow(request, f"report:{item.code}", PER_ADDRESS, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        receipt = report_service(
            item,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            form_number=str(form.cleaned_data["number"]),
            today=today(),
        )
        return render(
            request, "pledges/service_report_thanks.html", {"item": item, "receipt": receipt}
        )
    return render(request, "pledges/service_report.html", {"item": item, "form": form})


@login_not_required
@never_cache
def report_follow(request):
    form = ReportReceiptForm(request.POST or None)
    report = None
    if form.is_valid():
        if not throttle.allow(request, "report-receipt", GUESSES, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        digest = receipt_hash(form.cleaned_data["code"], kind="service")
        report = ServiceReport.objects.filter(receipt_hash=digest).select_related("item").first()
        if report is None:
            form.add_error("code", "没有找到这个回执码，请对照回执再输一次。")
    return render(request, "pledges/report_follow.html", {"form": form, "report": report})


def report_list(request):
    reports = (
        ServiceReport.objects.visible_to(request.user)
        .select_related("item__organisation", "answered_by")
        .order_by("-week_on", "pk")
    )
    state = request.GET.get("state", "")
    if state in {"open", "answered"}:
        reports = reports.filter(answered_on__isnull=state == "open")
    if downloads.is_asked(request):
        return downloads.listing(request, "超时超收反映", REPORTS, reports)
    context = {"page": page_of(request, reports), "state": state}
    return render(request, "pledges/report_list.html", context)


def report_answer(request, pk):
    visible = ServiceReport.objects.visible_to(request.user).select_related("item__organisation")
    report = get_object_or_404(visible, pk=pk)
    if not can_answer_report(request.user, report):
        raise PermissionDenied
    form = ReportAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_report(
                report, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now()
            )
            messages.success(request, "已答复，对方凭回执码能看到。")
        except AlreadyDone as done:
            messages.info(request, str(done))
        return redirect("pledges:report_list")
    return render(request, "pledges/report_answer.html", {"form": form, "report": report})
