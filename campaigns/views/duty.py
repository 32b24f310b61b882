from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from branches.models import scope_paths
from branches.queries import at_place, place_asked
from campaigns import actions
from campaigns.excel import DUTIES
from campaigns.forms.duties import REVIEWS, DutyFilterForm, DutyWaiveForm
from campaigns.models import Duty
from campaigns.permissions import can_waive_duty
from campaigns.queries.duties import PENDING, REVIEW_ACTS
from common import downloads
from common.dates import today

PAGE = 20
SORTS = {
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "-pk"),
    "person": ("assignee__name_pinyin", "due_on", "pk"),
    "done": ("-done_at", "pk"),
}


def duty_list(request):
    """Who owes what in the chosen period: one's own, and those of the organisations one looks after."""
    period = request.period
    place = place_asked(request)
    duties = at_place(Duty.objects.visible_to(request.user).filter(period=period), place)
    rules = [(rule.key, rule.name) for rule in period.plan.cadence] if period else []
    form = DutyFilterForm(request.GET, rules=rules)
    sort = request.GET.get("sort", "due")
    duties = (
        _filtered(duties, form, today())
        .select_related("assignee", "organisation")
        .select_related("about_person", "about_window", "about_organisation")
        .order_by(*SORTS.get(sort, SORTS["due"]))
    )
    if downloads.is_asked(request):
        name = period.name if period else ""
        return downloads.listing(request, "职责清单", DUTIES, duties, period=name)
    page = Paginator(duties, PAGE).get_page(request.GET.get("page"))
    for duty in page.object_list:
        duty.may_waive = can_waive_duty(request.user, duty)
    context = {"page": page, "form": form, "sort": sort, "today": today(), "place": place}
    context["may_urge"] = bool(scope_paths(request.user, "secretary", "committee", "office"))
    return render(request, "campaigns/duty_list.html", context)


def _filtered(duties, form, day):
    form.is_valid()
    chosen = form.cleaned_data
    states = {
        "open": PENDING,
        "late": PENDING & Q(due_on__lt=day),
        "done": Q(done_at__isnull=False),
        "owed": Q(waived_at=None),
        "waived": Q(waived_at__isnull=False),
    }
    duties = duties.filter(states.get(chosen.get("state"), Q()))
    if chosen.get("rule") == REVIEWS:
        duties = duties.filter(act__in=REVIEW_ACTS)
    elif chosen.get("rule"):
        duties = duties.filter(rule=chosen["rule"])
    if chosen.get("q"):
        duties = duties.filter(assignee__name__contains=chosen["q"])
    return duties


def duty_waive(request, pk):
    duty = get_object_or_404(
        Duty.objects.visible_to(request.user).select_related("assignee", "organisation"), pk=pk
    )
    if not can_waive_duty(request.user, duty):
        raise PermissionDenied
    form = DutyWaiveForm(request.POST or None)
    if form.is_valid():
        try:
            actions.waive_duty(
                duty, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        except actions.DutyMoved as moved:
            messages.warning(request, str(moved))
        else:
            messages.success(request, f"已免办：{duty.title}（{duty.assignee}）。")
        return redirect("campaigns:duty_list")
    return render(request, "campaigns/duty_waive.html", {"duty": duty, "form": form})
