"""加减分和处分: what is entered by hand, by whom, and who signed it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common import downloads
from supervision.actions import points as actions
from supervision.excel import POINT_ENTRIES
from supervision.forms.points import PointDecisionForm, PointEntryForm
from supervision.models import PointEntry
from supervision.permissions import can_add_point_entry, can_see_point_entries

PAGE = 50


def point_list(request):
    """The running period's entries first; waiting ones can be picked out."""
    if request.campaign is None or not can_see_point_entries(request.user, request.campaign):
        raise PermissionDenied
    entries = (
        PointEntry.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("period", "person", "window", "organisation", "entered_by", "decided_by")
        .order_by("-entered_at", "-pk")
    )
    state, named = request.GET.get("state", ""), request.GET.get("q", "").strip()[:40]
    if state in PointEntry.State.values:
        entries = entries.filter(state=state)
    if named:
        entries = entries.filter(name__contains=named) | entries.filter(
            person__name__contains=named
        )
    if downloads.is_asked(request):
        return downloads.listing(request, "加减分和处分", POINT_ENTRIES, entries)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    for entry in page.object_list:
        entry.can_decide = entry.is_waiting and entry.may_be_decided_by(request.user)
    context = {
        "page": page,
        "states": PointEntry.State.choices,
        "state": state,
        "q": named,
        "can_add": can_add_point_entry(request.user, request.campaign),
        "read": _read_by(request.campaign.plan),
    }
    return render(request, "supervision/point_list.html", context)


def _read_by(plan):
    """[(recipe's name, what it does with it)] of those recipes that read any of it."""
    known = {"plus_points": "加分", "minus_points": "扣分", "discipline": "纪律处分"}
    found = []
    for part in plan.recipes:
        sources = plan.scoring_recipes[part.subject].sources
        words = [word for key, word in known.items() if key in sources]
        found += [(part.name, "、".join(words))] if words else []
    return found


def point_add(request):
    period = request.period
    if period is None or not can_add_point_entry(request.user, period.campaign):
        raise PermissionDenied
    form = PointEntryForm(request.POST or None, period=period)
    if form.is_valid():
        said = form.cleaned_data
        said.pop("about"), said.pop("who")
        try:
            actions.add_entry(period, **said, by=request.user, at=timezone.now())
        except actions.EntryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，等另一位党委或活动办的同志签认后才计入得分。")
            return redirect("supervision:point_list")
    status = 422 if form.errors else 200
    context = {"form": form, "period": period}
    return render(request, "supervision/point_add.html", context, status=status)


def point_decide(request, pk):
    """Somebody else signs, or refuses with the reason."""
    entries = PointEntry.objects.visible_to(request.user).select_related(
        "period__campaign", "person", "window", "organisation", "entered_by"
    )
    entry = get_object_or_404(entries, pk=pk)
    if not entry.may_be_decided_by(request.user):
        raise PermissionDenied
    form = PointDecisionForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.decide_entry(
                entry,
                accept=said["accept"] == "yes",
                remark=said["remark"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.EntryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已签认。" if said["accept"] == "yes" else "已记为不予认定。")
            return redirect("supervision:point_list")
    status = 422 if form.errors else 200
    context = {"form": form, "entry": entry}
    return render(request, "supervision/point_decide.html", context, status=status)
