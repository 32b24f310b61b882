"""比学赶帮超 (B13): the stronger help the weaker, with a plan and visits; who rose fastest is seen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation
from common.dates import today
from common.paging import page_of
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import targets as pairing
from competitions.forms import targets as forms
from competitions.models import KINDS, Pair
from competitions.queries.progress import fastest
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import list_page


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
        "visits": page_of(
            request, pair.visits.select_related("noted_by").order_by("-visited_on", "-pk")
        ),
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
