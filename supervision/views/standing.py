"""分类定级: proposed, decided, answered, helped (S06, S07, S09)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.queries import at_place, place_asked
from common import downloads
from common.dates import today
from common.paging import page_of
from supervision.actions import standings as actions
from supervision.forms import GuideVisitForm, StandingAnswerForm, StandingForm
from supervision.models import Standing
from supervision.permissions import (
    can_add_guide_visit,
    can_answer_standing,
    can_decide_standing,
    can_list_standing,
)
from supervision.queries import standings as queries

PLACES = ("organisation__path", "window__organisation__path")
MOVED = {"up": "上升", "down": "下降", "same": "不变", "": ""}
COLUMNS = [
    ("对象", lambda one: str(one.target)),
    ("建议", lambda one: one.class_proposed.name if one.class_proposed else ""),
    ("理由", lambda one: "；".join(one.reasons)),
    ("确定", lambda one: one.class_decided.name if one.class_decided else ""),
    ("调整理由", lambda one: one.why),
    ("与上次比", lambda one: MOVED[one.movement]),
    ("计划", lambda one: one.plan),
    ("完成期限", lambda one: one.plan_due_on),
    ("联系人", lambda one: one.guide.name if one.guide else ""),
    ("支部回应", lambda one: one.answer),
]


def standing_list(request):
    """All for those who decide; others see the decided of the places they look into."""
    period = _period(request)
    if period is None:
        return render(request, "supervision/standing_none.html")
    place = place_asked(request)
    rows = at_place(_listed(request, period), place, *PLACES)
    found = queries.lines(period, rows)
    if downloads.is_asked(request):
        return downloads.listing(request, "分类定级", COLUMNS, found, period=period.name)
    decides = can_decide_standing(request.user, period)
    context = {
        "shown_period": period,
        "place": place,
        "classes": [
            (one, sum(line.decided == one.key for line in found))
            for one in period.plan.classification.classes
        ],
        "page": page_of(request, found),
        "decides": decides,
        "waiting": sum(not line.decided and bool(line.proposed) for line in found),
        "any": bool(found),
    }
    return render(request, "supervision/standing_list.html", context)


def _listed(request, period):
    rows = Standing.objects.visible_to(request.user).filter(period=period)
    rows = rows.select_related("organisation", "window__organisation", "guide")
    return rows if can_list_standing(request.user, period) else rows.exclude(decided="")


@require_POST
def standing_propose(request):
    period = _decided_by(request)
    count = actions.propose_standings(period, by=request.user, at=timezone.now())
    messages.success(request, f"按方案的条件给 {count} 个对象提了建议，请逐个核对。")
    return redirect("supervision:standing_list")


@require_POST
def standing_accept(request):
    """The rest as proposed."""
    period = _decided_by(request)
    own = Standing.objects.visible_to(request.user)
    count = actions.decide_as_proposed(period, own, by=request.user, at=timezone.now())
    messages.success(request, f"{count} 个对象已按建议定类，支部书记会收到消息。")
    return redirect("supervision:standing_list")


def standing_detail(request, pk):
    """What the class is, why, what is missing for the next one, the plan, the log of visits."""
    standing = _visible(request, pk)
    context = {
        "standing": standing,
        "shown": standing.period.plan.classification.class_of(standing.decided),
        "proposed": standing.period.plan.classification.class_of(standing.proposed),
        "gap": queries.gap_to_next(standing),
        "visits": page_of(
            request, standing.visits.select_related("written_by").order_by("-visited_on", "-pk")
        ),
        "can_decide": can_decide_standing(request.user, standing.period),
        "can_answer": can_answer_standing(request.user, standing),
        "can_visit": can_add_guide_visit(request.user, standing),
        "answer_form": StandingAnswerForm(),
        "is_best": standing.period.plan.classification.classes[0].key == standing.decided,
    }
    return render(request, "supervision/standing_detail.html", context)


def standing_decide(request, pk):
    standing = _visible(request, pk)
    period = standing.period
    if not can_decide_standing(request.user, period):
        raise PermissionDenied
    form = StandingForm(
        request.POST or None,
        instance=standing,
        rules=period.plan.classification,
        root=period.campaign.organisation,
        today=today(),
        initial={"decided": standing.decided or standing.proposed},
    )
    if form.is_valid():
        try:
            actions.decide_standing(
                standing, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.StandingRefused as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, "类别已定，支部书记会收到消息。")
            return redirect("supervision:standing_detail", standing.pk)
    return render(request, "supervision/standing_decide.html", {"form": form, "standing": standing})


@require_POST
def standing_answer(request, pk):
    standing = _visible(request, pk)
    if not can_answer_standing(request.user, standing):
        raise PermissionDenied
    form = StandingAnswerForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "请写下支部的回应。")
        return redirect("supervision:standing_detail", standing.pk)
    try:
        actions.answer_standing(standing, **form.cleaned_data, by=request.user, at=timezone.now())
    except actions.StandingRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "回应已记下。")
    return redirect("supervision:standing_detail", standing.pk)


def guide_visit_add(request, pk):
    standing = _visible(request, pk)
    if not can_add_guide_visit(request.user, standing):
        raise PermissionDenied
    form = GuideVisitForm(request.POST or None, today=today(), initial={"visited_on": today()})
    if form.is_valid():
        actions.add_guide_visit(standing, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "指导记录已保存。")
        return redirect("supervision:standing_detail", standing.pk)
    context = {"form": form, "standing": standing}
    return render(request, "supervision/guide_visit_add.html", context)


def standing_honours(request):
    """光荣感: the best class of the newest classed period, for everybody of the campaign."""
    period = _period(request)
    found = queries.lines(period, queries.honoured(period)) if period else []
    context = {
        "shown_period": period,
        "best": period.plan.classification.classes[0] if period else None,
        "lines": found,
    }
    return render(request, "supervision/standing_honours.html", context)


def _period(request):
    """The settled period that is asked for, else the newest one, when its plan has classes."""
    if not request.campaign:
        return None
    period = queries.period_to_class(request.campaign, key=request.GET.get("period", ""))
    return period if period and period.plan.classification else None


def _decided_by(request):
    period = _period(request)
    if period is None:
        raise Http404
    if not can_decide_standing(request.user, period):
        raise PermissionDenied
    return period


def _visible(request, pk):
    """One's guide and those above see it before it is decided; the branch when it is."""
    rows = Standing.objects.filter(
        Q(pk__in=Standing.objects.visible_to(request.user)) | Q(guide=request.user)
    ).select_related(
        "organisation",
        "window__organisation",
        "guide",
        "period__scheme_version",
        "period__campaign__organisation",
    )
    standing = get_object_or_404(rows, pk=pk)
    if not standing.decided and not can_list_standing(request.user, standing.period):
        raise Http404
    return standing
