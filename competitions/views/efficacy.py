"""效能公示 (S10): proposed, checked and withdrawn inside; read by anybody: now and before, with n and definition."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Organisation
from common.paging import page_of
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import efficacy as actions
from competitions.actions.contests import Refused
from competitions.forms.contests import ReasonForm
from competitions.forms.targets import VerdictForm
from competitions.models import EfficacyNotice
from competitions.queries import efficacy as queries
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of, scope_of

STATES = {"proposed": "due", "returned": "late", "live": "ok", "replaced": "info", "down": "info"}
SHOWN = [(key, label) for key, label in EfficacyNotice.State.choices if key in STATES]
PLACES = 12  # a public page stays below 50 kB


def efficacy_list(request):
    state = chosen(request, "state", SHOWN)
    rows = EfficacyNotice.objects.visible_to(request.user).filter(campaign=request.campaign)
    rows = rows.filter(state=state) if state else rows
    may = request.period and organisations_of(request).exists()
    return list_page(
        request,
        rows.select_related("organisation", "period", "proposed_by", "checked_by").order_by("-pk"),
        lambda one: (
            _url(one),
            [str(one), len(one.figures), str(one.proposed_by), str(one.checked_by or ""), cn_date(one.published_at)],
            (STATES.get(one.state, "info"), one.get_state_display()),
        ),
        title="效能公示",
        sub="把本期的指标数据公示给群众：一人提出，另一人审核，公示页上有这一期和上一期。",
        headings=["公示", "数据", "提出", "审核", "公示时间", "状态"],
        actions=[("提出效能公示", reverse("competitions:efficacy_add"), "plus")] if may else [],
        search=("organisation__name", "period__name"),
        choices=[("state", "状态", [("", "全部"), *SHOWN], state)],
        empty=("还没有效能公示", "先填报或导入窗口、支部的指标，再提出公示。"),
    )  # fmt: skip


def efficacy_add(request):
    """What would be shown, before it is proposed."""
    if request.period is None:
        raise Http404
    place = scope_of(request)
    if request.method == "POST":
        try:
            notice = actions.propose_efficacy(
                request.period, place, by=request.user, at=timezone.now()
            )
            messages.success(request, "已提出，等另一位负责人审核。")
            return redirect(_url(notice))
        except Refused as refused:
            messages.error(request, str(refused))
    context = {
        "figures": queries.figures_for(request.period, place),
        "place": place,
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/efficacy_add.html", context)


def efficacy_detail(request, pk):
    notice = _visible(request, pk)
    context = {
        "notice": notice,
        "state": STATES.get(notice.state, "info"),
        "deeds": offered(DEEDS, request.user, notice),
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/efficacy_detail.html", context)


def efficacy_deed(request, pk, deed):
    notice = _visible(request, pk)
    crumbs = [*_crumbs(), (str(notice), _url(notice))]
    return deed_page(request, notice, DEEDS, deed, back=_url(notice), crumbs=crumbs)


@login_not_required
@require_safe
def efficacy_public(request, code):
    """Window by window: this period's figures and those before, each with n and definition."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    page = page_of(request, queries.public_lines(organisation), size=PLACES)
    return render(
        request, "competitions/efficacy_public.html", {"organisation": organisation, "page": page}
    )


def _visible(request, pk):
    rows = EfficacyNotice.objects.visible_to(request.user).select_related(
        "organisation", "period", "campaign", "proposed_by", "checked_by", "down_by"
    )
    return get_object_or_404(rows, pk=pk)


def _url(notice):
    return reverse("competitions:efficacy_detail", args=[notice.pk])


def _crumbs():
    return [("效能公示", reverse("competitions:efficacy_list"))]


DEEDS = {
    "judge": Deed(
        "审核",
        permissions.can_judge_case,
        actions.judge_efficacy,
        form=lambda data, files: VerdictForm(data, words=("通过，公示", "退回")),
        values=lambda form: {"passed": form.is_yes, "note": form.cleaned_data["note"]},
        hint="公示的就是这里列出的数；提出以后改了指标，要重新提出。",
        is_main=True,
    ),
    "drop": Deed("作废", permissions.can_drop_efficacy, actions.drop_efficacy),
    "withdraw": Deed(
        "撤下",
        permissions.can_withdraw_case,
        actions.withdraw_efficacy,
        form=lambda data, files: ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="马上从窗口公示栏和效能公示页撤下。",
    ),
}
