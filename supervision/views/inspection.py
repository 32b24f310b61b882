from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.models import Duty
from campaigns.models.document.cadence import FREQUENCY_LABELS
from common import downloads
from common.dates import today
from common.paging import page_of
from supervision.actions.inspections import (
    DrawRefused,
    add_inspection,
    demand_rectification,
    draw_by_lot,
)
from supervision.excel import INSPECTIONS
from supervision.forms import DrawForm, InspectionForm
from supervision.models import Checking, Draw, Inspection, Rectification
from supervision.models.inspection import draw_key
from supervision.permissions import can_add_inspection, can_demand_rectification
from supervision.queries.inspections import coverage

PAGE = 30
DRAWN, POOL, POINTS = 50, 100, 60  # lines of a page


def inspection_list(request):
    inspections = (
        Inspection.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation", "window__organisation", "person", "inspected_by")
        .order_by("-inspected_at", "-pk")
    )
    only = request.GET.get("only", "")
    if only == "problems":
        inspections = inspections.exclude(problem="")
    if downloads.is_asked(request):
        shown = inspections.select_related("period__scheme_version")
        return downloads.listing(request, "督查记录", INSPECTIONS, shown)
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
            draw = draw_by_lot(period, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("supervision:draw_detail", draw.pk)
        except DrawRefused as refused:
            form.add_error("count", str(refused))
    return render(request, "supervision/draw_add.html", {"form": form})


def draw_detail(request, pk):
    """The draw and how anybody can repeat it."""
    draws = Draw.objects.visible_to(request.user).select_related("campaign", "drawn_by", "period")
    draw = get_object_or_404(draws, pk=pk)
    pool = page_of(request, draw.order, size=POOL, key="pool")
    context = {
        "draw": draw,
        "drawn": page_of(request, draw.drawn, size=DRAWN, key="drawn"),
        "pool": pool,
        "lines": [(*entry, draw_key(draw.seed, entry[0])[:12]) for entry in pool],
        "is_pool_open": "pool" in request.GET,
        "done": set(draw.inspections.values_list("window", flat=True))
        | set(draw.inspections.values_list("person", flat=True)),
        "can_add": can_add_inspection(request.user, draw.campaign),
    }
    return render(request, "supervision/draw_detail.html", context)


def inspection_detail(request, pk):
    inspections = Inspection.objects.visible_to(request.user).select_related(
        "organisation", "window", "person", "inspected_by", "draw", "period__scheme_version"
    )
    inspection = get_object_or_404(inspections, pk=pk)
    item = Rectification.objects.filter(inspection=inspection).first()
    method, points = _words(inspection)
    context = {
        "inspection": inspection,
        "item": item,
        "can_add_item": item is None and can_demand_rectification(request.user, inspection),
        "method": method,
        "points": page_of(request, points, size=POINTS, key="points"),
        "unmet": sum(met is False for _, met in points),
    }
    return render(request, "supervision/inspection_detail.html", context)


@require_POST
def inspection_demand(request, pk):
    """One tap: the finding stands in the ledger with its demand and date (Z05)."""
    inspections = Inspection.objects.visible_to(request.user).select_related(
        "organisation", "window", "campaign", "period__scheme_version"
    )
    inspection = get_object_or_404(inspections, pk=pk)
    if not can_demand_rectification(request.user, inspection):
        raise PermissionDenied
    item = Rectification.objects.filter(inspection=inspection).first()
    if item is None:
        item = demand_rectification(inspection, by=request.user, at=timezone.now())
        messages.success(request, "已列入整改台账，支部书记会收到消息。")
    else:
        messages.info(request, "这个问题已经在台账里了。")
    return redirect("supervision:ledger_detail", item.pk)


def inspection_plan(request):
    """定期督查 by the plan's rules, and who was looked at least: where to go next (S02, S04)."""
    period = _allowed_period(request)
    progress = _progress(period)
    rules = [
        (rule, FREQUENCY_LABELS[rule.frequency], *progress.get(rule.key, (0, 0)))
        for rule in period.plan.rules_for("inspect")
    ]
    lines = coverage(period)
    context = {
        "rules": rules,
        "methods": period.plan.inspections.methods if period.plan.inspections else (),
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "never": sum(line["total"] == 0 for line in lines),
        "mine": Checking.objects.filter(begun_by=request.user, campaign=request.campaign)
        .select_related("window__organisation", "organisation", "person")
        .order_by("-begun_at"),
    }
    return render(request, "supervision/inspection_plan.html", context)


def _progress(period):
    """{rule: (done, of all)} duties of the period."""
    duties = Duty.objects.filter(period=period, act="inspect", waived_at=None)
    done = Count("pk", filter=Q(done_at__isnull=False))
    return {
        rule: (done, total)
        for rule, done, total in duties.values_list("rule").annotate(done=done, total=Count("pk"))
    }


def _words(inspection):
    """Method and points in the scheme's words of that period."""
    rules = inspection.period.plan.inspections
    if rules is None:
        return inspection.method, []
    names = {method.key: method.name for method in rules.methods}
    points = {point.key: point.name for checks in rules.checklists for point in checks.points}
    found = [(points.get(key, key), met) for key, met in inspection.points.items()]
    return names.get(inspection.method, inspection.method), found


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
