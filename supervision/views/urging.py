"""逾期名单: who is late and by how long, one-click 催办 to the late only, and the answer back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common import downloads
from common.dates import today
from common.paging import page_of
from supervision import forms
from supervision.actions import urging as actions
from supervision.models import Rectification, Urge
from supervision.permissions import can_urge_late
from supervision.queries.late import late_lines

COLUMNS = [
    ("事项", lambda line: line.title),
    ("责任人", lambda line: line.person.name),
    ("责任组织", lambda line: line.organisation.name),
    ("应办日期", lambda line: line.due_on),
    ("逾期天数", lambda line: line.days),
    ("件数", lambda line: line.count),
    ("催办次数", lambda line: len(line.urges)),
    ("最近催办", lambda line: line.last_urge.day if line.last_urge else None),
    ("预计完成", lambda line: line.answered.expected_on if line.answered else None),
    ("困难和说明", lambda line: line.answered.answer if line.answered else ""),
]


def late_list(request):
    lines, form = _chosen(request, request.GET)
    day = today()
    to_urge = [line for line in lines if line.person != request.user]
    waiting = [line for line in to_urge if not (line.last_urge and line.last_urge.day == day)]
    page = page_of(request, lines)
    context = {
        "form": form,
        "page": page,
        "listed": _listed(request, page.object_list),
        "people": len({line.person.pk for line in lines}),
        "waiting": len(waiting),
        "waiting_people": len({line.person.pk for line in waiting}),
        "day": day,
        "may_list": bool(request.period and request.period.plan.rectification),
    }
    return render(request, "supervision/late_list.html", context)


def _listed(request, lines):
    """{duty: ledger item} of those that are in the ledger already."""
    items = Rectification.objects.visible_to(request.user)
    items = items.filter(duty__in=[line.first for line in lines])
    return dict(items.values_list("duty_id", "pk"))


@require_safe
def late_export(request):
    """The list as shown, with what was answered."""
    lines, _ = _chosen(request, request.GET)
    name = request.period.name if request.period else ""
    return downloads.listing(request, "逾期名单", COLUMNS, lines, period=name)


@require_POST
def late_urge(request):
    """催办 to the late of the present filter, or to one line of it."""
    lines, _ = _chosen(request, request.POST)
    if request.period is None:
        raise Http404
    only = request.POST.get("line", "")
    if only:
        lines = [line for line in lines if only == f"{line.rule}|{line.due_on}|{line.person.pk}"]
    called = actions.urge_late(request.period, lines, by=request.user, at=timezone.now())
    if called:
        messages.success(request, f"已催办 {called} 件，对方会收到消息，可以答复预计何时完成。")
    else:
        messages.info(request, "没有要催的：今天都催办过了，或者已经办完。每人每件一天只催一次。")
    return redirect("supervision:late_list")


def _chosen(request, values):
    if not can_urge_late(request.user):
        raise PermissionDenied
    period = request.period
    rules = [(rule.key, rule.name) for rule in period.plan.cadence] if period else []
    form = forms.LateFilterForm(values, rules=rules)
    form.is_valid()
    chosen = form.cleaned_data
    if period is None:
        return [], form
    lines = late_lines(
        request.user, period, today=today(), rule=chosen.get("rule", ""), q=chosen.get("q", "")
    )
    return lines, form


def urge_answer(request, pk):
    """Only whoever was called on answers; his superiors read the answer in the list."""
    urge = get_object_or_404(
        Urge.objects.visible_to(request.user).select_related("urged_by", "period"), pk=pk
    )
    if urge.person_id != request.user.pk:
        raise PermissionDenied
    form = forms.UrgeAnswerForm(
        request.POST or None,
        today=today(),
        initial={"expected_on": urge.expected_on, "answer": urge.answer},
    )
    if form.is_valid():
        actions.answer_urge(urge, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "已答复，催办的人会收到消息。")
        return redirect("supervision:today")
    return render(request, "supervision/urge_answer.html", {"form": form, "urge": urge})
