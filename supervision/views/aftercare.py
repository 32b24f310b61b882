"""After the sign-off: call-back, the complainant's verdict, the outcome of what went up, 回头看."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from common import downloads, throttle
from common.dates import today
from common.paging import page_of
from evaluations.actions.codes import hash_receipt
from supervision import forms, permissions
from supervision.actions import aftercare as actions
from supervision.actions import rechecks
from supervision.actions.rectifications import LedgerMoved
from supervision.excel import RECHECKS
from supervision.models import RecheckDraw, Rectification
from supervision.queries import ledger as queries
from supervision.queries.rechecks import recheck_pool, rechecked
from supervision.views.ledger import allowed_item, form_values, show_deed

GUESSES, WINDOW_SECONDS = 20, 600
SHARE = 3  # of so many items one is drawn, when nobody says otherwise


def ledger_call_back(request, pk):
    item = allowed_item(request, pk, permissions.can_call_back_rectification)
    form = forms.CallBackForm(request.POST or None, today=today(), initial={"on": today()})
    return show_deed(
        request, item, form, "记回访", actions.call_back,
        lambda found: {
            **found.cleaned_data, "satisfied": found.cleaned_data["satisfied"] == "yes",
        },
    )  # fmt: skip


def ledger_outcome(request, pk):
    item = allowed_item(request, pk, permissions.can_conclude_rectification)
    form = forms.OutcomeForm(request.POST or None, initial={"outcome": item.outcome})
    return show_deed(request, item, form, "记处理结果", actions.record_outcome, form_values)


def ledger_recheck(request, pk):
    item = allowed_item(request, pk, permissions.can_recheck_rectification)
    form = forms.LedgerRecheckForm(request.POST or None, plan=item.period.plan, today=today())
    return show_deed(
        request, item, form, "回头看", rechecks.recheck_rectification,
        lambda found: {
            "answers": found.answers,
            **{key: found.cleaned_data[key] for key in ("note", "reopen", "due_on")},
        },
    )  # fmt: skip


@login_not_required
@never_cache
@require_POST
def ledger_verdict(request):
    """The sender of the opinion says whether the result satisfies him; the receipt code is the key."""
    form = forms.VerdictForm(request.POST)
    if not throttle.allow(request, "receipt", GUESSES, WINDOW_SECONDS):
        return render(request, "429.html", status=429)
    note = "请选“满意”或“不满意”后再提交。"
    if form.is_valid():
        item = Rectification.objects.filter(
            feedback__receipt_hash=hash_receipt(form.cleaned_data["code"])
        ).first()
        if item is None:
            raise Http404
        try:
            actions.judge_rectification(
                item,
                verdict=form.cleaned_data["verdict"],
                said=form.cleaned_data["said"],
                at=timezone.now(),
            )
            note = "已记下，谢谢。支部会看到您满意不满意，不知道您是谁。"
        except LedgerMoved as moved:
            note = str(moved)
    return render(request, "supervision/ledger_verdict.html", {"note": note})


def recheck_list(request):
    """Samples drawn so far, and the form for the next one."""
    draws = (
        RecheckDraw.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("drawn_by", "period")
        .order_by("-drawn_at", "-pk")
    )
    if downloads.is_asked(request):
        return downloads.listing(request, "回头看", RECHECKS, draws)
    may_draw = bool(request.campaign) and permissions.can_draw_rechecks(
        request.user, request.campaign
    )
    return render(
        request,
        "supervision/recheck_list.html",
        {"page": page_of(request, draws), "may_draw": may_draw},
    )


def recheck_draw(request):
    period = request.period
    if not period:
        raise Http404
    if not permissions.can_draw_rechecks(request.user, period.campaign):
        raise PermissionDenied
    questions = queries.recheck_questions(period.plan)
    if not questions:
        raise Http404
    days = period.plan.rectification.recheck.after_working_days
    until = today() - timedelta(days=days)
    ready = recheck_pool(period.campaign, until=until).count()
    form = forms.RecheckDrawForm(
        request.POST or None, initial={"days": days, "count": max(1, -(-ready // SHARE))}
    )
    if form.is_valid():
        try:
            draw = rechecks.draw_rechecks(
                period, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except rechecks.RecheckRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "抽好了，种子和名单都已留下。")
            return redirect("supervision:recheck_detail", draw.pk)
    context = {"form": form, "ready": ready, "days": days, "questions": questions}
    return render(request, "supervision/recheck_draw.html", context)


def recheck_detail(request, pk):
    """The sample: anybody of the campaign may repeat the draw; items as far as one may see them."""
    draws = RecheckDraw.objects.visible_to(request.user).select_related("drawn_by", "period")
    draw = get_object_or_404(draws, pk=pk)
    page = page_of(request, draw.drawn)
    seen = rechecked(Rectification.objects.visible_to(request.user)).filter(pk__in=list(page))
    items = {item.pk: item for item in seen.select_related("organisation", "window")}
    lines = [(number, items.get(number)) for number in page]
    context = {"draw": draw, "lines": lines, "page": page}
    return render(request, "supervision/recheck_detail.html", context)
