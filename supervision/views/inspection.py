from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common import downloads
from common.dates import today
from supervision.actions.inspections import DrawRefused, add_inspection, draw_windows
from supervision.excel import INSPECTIONS
from supervision.forms import DrawForm, InspectionForm
from supervision.models import Draw, Inspection, Rectification
from supervision.permissions import can_add_inspection, can_add_rectification

PAGE = 30


def inspection_list(request):
    inspections = (
        Inspection.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation", "window", "inspected_by")
        .order_by("-inspected_at", "-pk")
    )
    only = request.GET.get("only", "")
    if only == "problems":
        inspections = inspections.exclude(problem="")
    if downloads.is_asked(request):
        return downloads.listing(request, "督查记录", INSPECTIONS, inspections)
    context = {
        "page": Paginator(inspections, PAGE).get_page(request.GET.get("page")),
        "only": only,
        "can_add": bool(request.campaign) and can_add_inspection(request.user, request.campaign),
    }
    return render(request, "supervision/inspection_list.html", context)


def inspection_add(request):
    period = _allowed_period(request)
    draw = _draw(request)
    form = InspectionForm(
        request.POST or None,
        campaign=request.campaign,
        today=today(),
        initial={"target": request.GET.get("for"), "method": _first_method(request, draw)},
    )
    if form.is_valid():
        inspection = form.save(commit=False)
        inspection.campaign, inspection.period, inspection.draw = request.campaign, period, draw
        inspection.organisation, inspection.window = form.chosen
        inspection.points = form.checked_points
        add_inspection(inspection, by=request.user, at=timezone.now())
        messages.success(
            request, "督查记录已保存。" + ("整改要求已通知支部书记。" if inspection.problem else "")
        )
        return redirect("supervision:inspection_detail", inspection.pk)
    context = {"form": form, "draw": draw, "draw_form": DrawForm()}
    return render(request, "supervision/inspection_add.html", context)


def draw_add(request):
    period = _allowed_period(request)
    form = DrawForm(request.POST or None)
    if form.is_valid():
        try:
            draw = draw_windows(
                period, count=form.cleaned_data["count"], by=request.user, at=timezone.now()
            )
            return redirect("supervision:draw_detail", draw.pk)
        except DrawRefused as refused:
            form.add_error("count", str(refused))
    return render(request, "supervision/draw_add.html", {"form": form})


def draw_detail(request, pk):
    """The draw and how anybody can repeat it."""
    draws = Draw.objects.visible_to(request.user).select_related("campaign", "drawn_by", "period")
    draw = get_object_or_404(draws, pk=pk)
    context = {"draw": draw, "can_add": can_add_inspection(request.user, draw.campaign)}
    return render(request, "supervision/draw_detail.html", context)


def inspection_detail(request, pk):
    inspections = Inspection.objects.visible_to(request.user).select_related(
        "organisation", "window", "inspected_by", "draw", "period__scheme_version"
    )
    inspection = get_object_or_404(inspections, pk=pk)
    item = Rectification.objects.filter(inspection=inspection).first()
    context = {
        "inspection": inspection,
        "item": item,
        "can_add_item": bool(
            inspection.problem
            and item is None
            and inspection.period.plan.rectification
            and can_add_rectification(request.user, inspection.organisation)
        ),
        **_words(inspection),
    }
    return render(request, "supervision/inspection_detail.html", context)


def _words(inspection):
    """Method and points in the scheme's words of that period."""
    rules = inspection.period.plan.inspections
    if rules is None:
        return {"method": inspection.method, "points": []}
    names = {method.key: method.name for method in rules.methods}
    points = {point.key: point.name for checks in rules.checklists for point in checks.points}
    return {
        "method": names.get(inspection.method, inspection.method),
        "points": [(points.get(key, key), met) for key, met in inspection.points.items()],
    }


def _allowed_period(request):
    if not request.campaign or not request.period:
        raise Http404
    if not can_add_inspection(request.user, request.campaign):
        raise PermissionDenied
    return request.period


def _draw(request):
    number = request.GET.get("draw", "")
    if not number.isdecimal():
        return None
    return get_object_or_404(Draw.objects.visible_to(request.user), pk=number)


def _first_method(request, draw):
    """A drawn target is a random check, whatever the scheme calls it."""
    rules = request.campaign.plan.inspections
    if not draw or not rules:
        return None
    return next((method.key for method in rules.methods if method.random_draw), None)
