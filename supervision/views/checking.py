"""Inspecting with the phone in hand: big taps, each kept at once, then what was found."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import Affiliation
from common.dates import today
from supervision.actions import inspections as actions
from supervision.forms import CheckingForm, DemandForm
from supervision.forms.inspection import ANSWERS
from supervision.models import Checking, Draw
from supervision.permissions import can_add_inspection
from supervision.queries.inspections import checklists_for, unanswered


def checking_add(request):
    """Method and target, then the list of points."""
    if not request.campaign or not request.period:
        raise Http404
    if not can_add_inspection(request.user, request.campaign):
        raise PermissionDenied
    draw = _draw(request)
    form = CheckingForm(
        request.POST or None,
        campaign=request.campaign,
        affiliation=_affiliation(request),
        initial={"target": request.GET.get("for"), "method": _method(request, draw)},
    )
    if form.is_valid():
        checking = _begun(request, form, draw)
        return redirect("supervision:checking_edit", checking.pk)
    return render(request, "supervision/checking_add.html", {"form": form, "draw": draw})


def _begun(request, form, draw):
    one = form.chosen
    kind = form.cleaned_data["target"].partition(":")[0]
    return Checking.objects.create(
        campaign=request.campaign,
        period=request.period,
        organisation=one if kind == "organisation" else one.organisation,
        window=one if kind == "window" else None,
        person=one.person if kind == "person" else None,
        draw=draw,
        method=form.cleaned_data["method"],
        begun_at=timezone.now(),
        begun_by=request.user,
    )


def checking_edit(request, pk):
    """The points, and at the end what was found; only whoever began it."""
    checking = _own(request, pk)
    told = _told(checking)
    unmet = "未做到：" + "、".join(told["unmet"]) if told["unmet"] else ""
    form = DemandForm(request.POST or None, today=today(), initial={"problem": unmet})
    if form.is_valid():
        try:
            inspection = actions.finish_checking(
                checking, form.save(commit=False), by=request.user, at=timezone.now()
            )
        except actions.CheckingGone as gone:
            messages.info(request, str(gone))
            return redirect("supervision:inspection_list")
        except actions.PointsLeft as left:
            form.add_error(None, str(left))
        else:
            messages.success(request, "督查记录已保存。")
            return redirect("supervision:inspection_detail", inspection.pk)
    lists = checklists_for(checking.period.plan, checking)
    context = {
        "checking": checking,
        "form": form,
        "lists": [(one, [(p, _tapped(checking, p)) for p in one.points]) for one in lists],
        **told,
    }
    return render(request, "supervision/checking_edit.html", context)


@require_POST
def checking_point(request, pk, key):
    """One tap; answers with the word that stands beside the point."""
    checking = _own(request, pk)
    known = {p.key for one in checklists_for(checking.period.plan, checking) for p in one.points}
    tap = request.POST.get("tap")
    if key not in known or tap not in ANSWERS:
        raise Http404
    actions.mark_point(checking, key=key, met=ANSWERS[tap])
    if request.htmx:
        checking.refresh_from_db()
        context = {**_told(checking), "is_swapped": True}
        return render(request, "supervision/_checking_saved.html", context)
    return redirect("supervision:checking_edit", checking.pk)


@require_POST
def checking_drop(request, pk):
    """Begun by mistake: nothing counted yet, so nothing is left."""
    _own(request, pk).delete()
    messages.info(request, "这次检查没有记录。")
    return redirect("supervision:inspection_plan")


def _own(request, pk):
    mine = Checking.objects.filter(begun_by=request.user).select_related(
        "organisation", "window__organisation", "person", "period__scheme_version"
    )
    return get_object_or_404(mine, pk=pk)


def _told(checking):
    """How many points wait, and those not met."""
    lists = checklists_for(checking.period.plan, checking)
    points = [point for one in lists for point in one.points]
    return {
        "waiting": len(unanswered(checking)),
        "unmet": [point.name for point in points if checking.points.get(point.key) is False],
    }


def _tapped(checking, point):
    """The answer, or nothing while nobody tapped: a point is never answered by itself."""
    if point.key not in checking.points:
        return ""
    return {True: "met", False: "unmet", None: "none"}[checking.points[point.key]]


def _affiliation(request):
    """Where somebody belongs whose presence is checked (S05), in this campaign's tree."""
    kind, _, number = (request.POST.get("target") or request.GET.get("for") or "").partition(":")
    if kind != "person" or not number.isdecimal():
        return None
    inside = Affiliation.objects.current(today=today()).filter(
        organisation__path__startswith=request.campaign.organisation.path
    )
    return get_object_or_404(inside.select_related("person", "organisation"), person=number)


def _draw(request):
    number = request.GET.get("draw", "")
    if not number.isdecimal():
        return None
    draws = Draw.objects.visible_to(request.user).filter(campaign=request.campaign)
    return get_object_or_404(draws, pk=number)


def _method(request, draw):
    rules = request.campaign.plan.inspections
    if not draw or not rules:
        return None
    return next((method.key for method in rules.methods if method.random_draw), None)
