"""典型和警示 (H04, H05), 比学赶帮超 (B13)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation
from common.dates import today
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import cases as actions
from competitions.actions import targets as pairing
from competitions.actions.contests import Refused
from competitions.forms import targets as forms
from competitions.models import KINDS, Case, Pair
from competitions.queries.progress import fastest
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of

WAYS = (
    "媒体宣传",
    "经验交流",
    "实地观摩",
    "宣讲报告",
)  # used when the plan names no ways of its own


def case_list(request):
    cases = (
        Case.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation")
        .order_by("-made_at", "-pk")
    )
    kind = chosen(request, "kind", Case.Kind.choices)
    cases = cases.filter(kind=kind) if kind else cases
    add = request.campaign and permissions.can_run_anything(request.user)
    return list_page(
        request,
        cases,
        lambda one: (
            reverse("competitions:case_detail", args=[one.pk]),
            [one.name, one.get_kind_display(), one.organisation.label, cn_date(one.made_at)],
            ("ok", "已公开") if one.published_on else ("info", "内部"),
        ),
        title="典型",
        sub="发现、培育、总结、推广；警示案例只在内部看，不写真实姓名。",
        headings=["题目", "种类", "整理单位", "日期", "公开"],
        actions=[("写一个案例", reverse("competitions:case_add"), "plus")] if add else [],
        choices=[("kind", "种类", [("", "全部"), *Case.Kind.choices], kind)],
        search=("name", "text", "organisation__name"),
        empty=("还没有案例", "把做得好的写下来、传开去，把教训留在内部。"),
    )


def case_add(request):
    if request.campaign is None:
        raise Http404
    organisations = organisations_of(request)
    if not organisations.exists():
        raise PermissionDenied
    form = forms.CaseForm(
        request.POST or None, organisations=organisations, initial={"kind": "model"}
    )
    if form.is_valid():
        case = Case(campaign=request.campaign, **form.cleaned_data)
        try:
            actions.add_case(case, today=today(), by=request.user, at=timezone.now())
            messages.success(request, "已保存。")
            return redirect("competitions:case_detail", case.pk)
        except Refused as refused:
            form.add_error("text", str(refused))
    context = {
        "form": form,
        "title": "写一个案例",
        "submit": "保存",
        "crumbs": [("典型", reverse("competitions:case_list"))],
    }
    return render(request, "competitions/form.html", context)


def case_detail(request, pk):
    case = _case(request, pk)
    spreads = case.spreads.order_by("-spread_on", "-pk")
    ways = _ways(case)
    context = {
        "case": case,
        "spreads": spreads,
        "ways": [(way, sum(one.way == way for one in spreads)) for way in ways],
        "deeds": offered(CASE_DEEDS, request.user, case),
        "crumbs": [("典型", reverse("competitions:case_list"))],
    }
    return render(request, "competitions/case_detail.html", context)


def case_deed(request, pk, deed):
    case = _case(request, pk)
    back = reverse("competitions:case_detail", args=[pk])
    crumbs = [("典型", reverse("competitions:case_list")), (case.name, back)]
    return deed_page(request, case, CASE_DEEDS, deed, back=back, crumbs=crumbs)


def _case(request, pk):
    cases = Case.objects.visible_to(request.user).select_related(
        "organisation", "campaign__scheme_version", "made_by"
    )
    return get_object_or_404(cases, pk=pk)


def _ways(case):
    """The ways the plan names, or the usual four."""
    named = [
        entry.text
        for item in case.campaign.plan.items_with("case_library")
        for entry in item.options.entries
        if not entry.placeholder
    ]
    return named or list(WAYS)


def pair_list(request):
    pairs = (
        Pair.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("stronger", "weaker")
        .order_by("-starts_on", "-pk")
    )
    add = request.campaign and permissions.can_pair(request.user, request.campaign)
    rising = fastest(request.campaign) if request.campaign else []
    return list_page(
        request,
        pairs,
        lambda one: (
            reverse("competitions:pair_detail", args=[one.pk]),
            [str(one), cn_date(one.starts_on), cn_date(one.ends_on)],
            ("ok", "有成效") if one.result else ("info", "帮扶中"),
        ),
        title="比学赶帮超",
        sub="先进帮后进，一对一定计划；进步最快的也看得见。",
        headings=["结对", "开始", "结束", "进展"],
        actions=[("结对", reverse("competitions:pair_add"), "plus")] if add else [],
        notes=[
            (
                f"进步最快的{KINDS.get(one.kind, '')}：{one.name}，比上一期 {one.change} 分。",
                "",
                "",
            )
            for one in rising
        ],
        search=("stronger__name", "weaker__name", "plan"),
        empty=("还没有结对", "由党委为先进和后进支部结对，写下计划，走访一次记一次。"),
    )


def pair_add(request):
    if request.campaign is None or not permissions.can_pair(request.user, request.campaign):
        raise PermissionDenied
    branches = Organisation.objects.active().below(request.campaign.organisation).branches()
    form = forms.PairForm(
        request.POST or None, organisations=branches, initial={"starts_on": today()}
    )
    if form.is_valid():
        pair = Pair(
            campaign=request.campaign,
            organisation=request.campaign.organisation,
            **form.cleaned_data,
        )
        pairing.add_pair(pair, by=request.user, at=timezone.now())
        messages.success(request, "已结对。")
        return redirect("competitions:pair_detail", pair.pk)
    context = {
        "form": form,
        "title": "结对",
        "crumbs": [("比学赶帮超", reverse("competitions:pair_list"))],
    }
    return render(request, "competitions/form.html", context)


def pair_detail(request, pk):
    pair = _pair(request, pk)
    context = {
        "pair": pair,
        "visits": pair.visits.select_related("noted_by").order_by("-visited_on", "-pk"),
        "deeds": offered(PAIR_DEEDS, request.user, pair),
        "crumbs": [("比学赶帮超", reverse("competitions:pair_list"))],
    }
    return render(request, "competitions/pair_detail.html", context)


def pair_deed(request, pk, deed):
    pair = _pair(request, pk)
    back = reverse("competitions:pair_detail", args=[pk])
    crumbs = [("比学赶帮超", reverse("competitions:pair_list")), (str(pair), back)]
    return deed_page(request, pair, PAIR_DEEDS, deed, back=back, crumbs=crumbs)


def _pair(request, pk):
    pairs = Pair.objects.visible_to(request.user).select_related(
        "organisation", "stronger", "weaker", "campaign"
    )
    return get_object_or_404(pairs, pk=pk)


CASE_DEEDS = {
    "spread": Deed(
        "记推广",
        permissions.can_run,
        actions.spread,
        form=lambda data, files, **given: forms.SpreadForm(data, **given),
        given=lambda request, case: {"ways": _ways(case), "initial": {"spread_on": today()}},
        values=lambda form: form.cleaned_data,
    ),
    "publish": Deed(
        "公开",
        permissions.can_publish_case,
        lambda case, by, at: actions.publish_case(case, today=timezone.localdate(at), by=by, at=at),
        hint="公开后，不登录的群众在荣誉页也能看到。",
        is_main=True,
    ),
    "withdraw": Deed("撤下", permissions.can_withdraw_case, actions.withdraw_case),
}
PAIR_DEEDS = {
    "visit": Deed(
        "记一次走访",
        permissions.can_work_in_pair,
        pairing.add_visit,
        form=lambda data, files: forms.VisitForm(data, initial={"visited_on": today()}),
        values=lambda form: form.cleaned_data,
        is_main=True,
    ),
    "result": Deed(
        "写成效",
        permissions.can_work_in_pair,
        pairing.end_pair,
        form=lambda data, files: forms.ResultForm(data),
        values=lambda form: form.cleaned_data,
    ),
}
