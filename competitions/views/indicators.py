"""指标 (B03, B04, C08): figures typed or imported, 横向 and 纵向, chart and table from one query."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common import downloads
from common.dates import today
from common.paging import page_of
from competitions import permissions
from competitions.actions import indicators as actions
from competitions.actions.contests import Refused
from competitions.forms.common import BenchmarkForm, ReadingForm
from competitions.models import KINDS, Benchmark
from competitions.queries import comparing
from competitions.queries.items import counts_of_measures
from competitions.views.pages import scope_of, tabs_of

MEASURES = [
    ("指标", lambda row: row[1].name),
    ("项目", lambda row: row[0].name),
    ("单位", lambda row: row[1].unit),
    ("方向", lambda row: "越少越好" if row[1].better == "less" else "越多越好"),
    ("本期已填", lambda row: row[2]),
    ("标杆", lambda row: row[3].name if row[3] else ""),
    ("标杆数值", lambda row: row[3].value if row[3] else None),
]


def measures_of(plan):
    return [
        (item, measure)
        for item in plan.items_with("indicator")
        for measure in item.options.measures
    ]


def indicator_list(request):
    """Every measure of the plan, how many figures the period has, and its benchmark."""
    measures = measures_of(request.period.plan) if request.period else []
    counts = counts_of_measures(request.period) if request.period else {}
    benchmarks = {
        (one.item, one.measure): one for one in Benchmark.objects.filter(campaign=request.campaign)
    }
    rows = [
        (item, measure, counts.get((item.key, measure.key), 0), benchmarks.get((item.key, measure.key)))
        for item, measure in measures
    ]  # fmt: skip
    if downloads.is_asked(request):
        name = request.period.name if request.period else ""
        return downloads.listing(request, "指标", MEASURES, rows, period=name)
    context = {
        "rows": rows,
        "tabs": tabs_of(request),
        "can_run": bool(measures) and permissions.can_run_anything(request.user),
    }
    return render(request, "competitions/indicator_list.html", context)


def indicator_detail(request, item, measure):
    """One measure: like units beside each other, or one against its own past."""
    period = request.period
    found, line = _measure(period, item, measure)
    kind = request.GET.get("kind")
    kind = kind if kind in found.options.subjects and kind in KINDS else _first_kind(found)
    groups = comparing.horizontal(period, item, line, kind)
    page = page_of(request, [one for group in groups for one in group.lines])
    shown = comparing.part_of(groups, page.object_list)
    benchmark = comparing.benchmark_of(request.campaign, item, measure)
    whose = _whose(request, groups)
    past = comparing.vertical(request.campaign, item, measure, kind, whose.pk) if whose else []
    context = {
        "item": found,
        "measure": line,
        "kind": kind,
        "kinds": [(one, KINDS[one]) for one in found.options.subjects if one in KINDS],
        "groups": shown,
        "page": page,
        "fewest": comparing.FEWEST_RANKED,
        "whose": whose,
        "past": past,
        "readings": [row for row, _, _ in reversed(past)],
        "benchmark": benchmark,
        "across": comparing.horizontal_chart(shown, line, benchmark) if shown else None,
        "along": comparing.vertical_chart(past, line, benchmark) if past else None,
        "can_set": permissions.can_set_benchmark(request.user, request.campaign),
        "crumbs": [("指标", reverse("competitions:indicator_list"))],
    }
    return render(request, "competitions/indicator_detail.html", context)


def _measure(period, item, measure):
    for found, line in measures_of(period.plan) if period else ():
        if (found.key, line.key) == (item, measure):
            return found, line
    raise Http404


def _first_kind(item):
    return next((one for one in item.options.subjects if one in KINDS), "window")


def _whose(request, groups):
    """The subject whose own past is drawn: the one asked for, oneself, or the first."""
    lines = [line for group in groups for line in group.lines]
    asked = request.GET.get("whose", "")
    found = next((line.subject for line in lines if str(line.pk) == asked), None)
    own = next((line.subject for line in lines if line.subject == request.user), None)
    return found or own or (lines[0].subject if lines else None)


def indicator_add(request):
    """Type a figure of the running period."""
    measures = measures_of(request.period.plan) if request.period else []
    if not measures:
        raise Http404
    scope = scope_of(request)
    form = ReadingForm(
        request.POST or None,
        measures=measures,
        kinds=list(dict.fromkeys(kind for item, _ in measures for kind in item.options.subjects)),
        organisation=scope,
        today=today(),
        initial={"measure": request.GET.get("measure", "")},
    )
    if form.is_valid() and _noted(request, form):
        return redirect("competitions:indicator_add")
    context = {
        "form": form,
        "title": "填报指标",
        "sub": f"{request.period.name}；一次填很多请用 Excel 导入。",
        "submit": "保存",
        "crumbs": [("指标", reverse("competitions:indicator_list"))],
    }
    return render(request, "competitions/form.html", context)


def _noted(request, form):
    cleaned = form.cleaned_data
    item, _, measure = cleaned["measure"].partition("/")
    try:
        actions.note_reading(
            period=request.period,
            item=item,
            measure=measure,
            **{key: cleaned[key] for key in ("kind", "subject", "place", "value", "cases", "note")},
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"{cleaned['subject']}：已保存，可以接着填。")
    return True


def benchmark_set(request, item, measure):
    found, line = _measure(request.period, item, measure)
    if not permissions.can_set_benchmark(request.user, request.campaign):
        raise PermissionDenied
    there = comparing.benchmark_of(request.campaign, item, measure)
    initial = (
        {key: getattr(there, key) for key in ("kind", "name", "value", "source")} if there else {}
    )
    form = BenchmarkForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.set_benchmark(
            campaign=request.campaign, item=item, measure=measure, values=form.cleaned_data,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "标杆已设好，图上会画出来。")
        return redirect("competitions:indicator_detail", item, measure)
    context = {
        "form": form,
        "title": f"“{line.name}”的标杆",
        "sub": found.name,
        "submit": "保存",
        "crumbs": [("指标", reverse("competitions:indicator_list"))],
    }
    return render(request, "competitions/form.html", context)
