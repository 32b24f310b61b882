from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from pledges import actions
from pledges.actions.pledges import PledgeMoved
from pledges.forms import PledgeConcludeForm, PledgeReviewForm
from pledges.forms.shown import TakeDownForm
from pledges.models import Pledge
from pledges.permissions import (
    can_conclude_pledge,
    can_review_any_pledge,
    can_review_pledge,
    can_take_down_pledge,
)
from pledges.queries import waiting_for_review
from pledges.queries.hints import hints_for


def pledge_review_list(request):
    if not can_review_any_pledge(request.user):
        raise PermissionDenied
    pledges = waiting_for_review(request.user, request.period)
    return render(request, "pledges/pledge_review_list.html", {"pledges": pledges})


def pledge_review(request, pk):
    pledge = _visible(request, pk)
    if not can_review_pledge(request.user, pledge):
        raise PermissionDenied
    points = [point.text for point in pledge.period.plan.pledges.review_points]
    form = PledgeReviewForm(request.POST or None, points=points)
    if form.is_valid():
        _judge(request, pledge, form.cleaned_data)
        return redirect("pledges:pledge_review_list")
    context = {
        "pledge": pledge,
        "form": form,
        "versions": pledge.versions.all(),
        "hints": hints_for(pledge, plan=pledge.period.plan),
    }
    return render(request, "pledges/pledge_review.html", context)


def _judge(request, pledge, cleaned):
    deed = actions.publish_pledge if cleaned["verdict"] == "publish" else actions.return_pledge
    try:
        deed(pledge, by=request.user, at=timezone.now(), note=cleaned["note"])
        said = (
            "已公示，公示栏上现在就能看到。" if pledge.is_public else "已退回，填写人会收到消息。"
        )
        messages.success(request, said)
    except PledgeMoved as moved:
        messages.error(request, str(moved))


def pledge_conclude(request, pk):
    pledge = _visible(request, pk)
    if not can_conclude_pledge(request.user, pledge):
        raise PermissionDenied
    form = PledgeConcludeForm(request.POST or None)
    if form.is_valid():
        try:
            actions.conclude_pledge(
                pledge,
                kept=form.cleaned_data["verdict"] == "kept",
                explanation=form.cleaned_data["explanation"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, f"已认定为“{pledge.get_status_display()}”。")
        except PledgeMoved as moved:
            messages.error(request, str(moved))
        return redirect("pledges:pledge_detail", pk)
    return render(request, "pledges/pledge_conclude.html", {"form": form, "pledge": pledge})


def pledge_take_down(request, pk):
    """A published pledge off the board, with a reason that the public reads."""
    pledge = _visible(request, pk)
    if not can_take_down_pledge(request.user, pledge):
        raise PermissionDenied
    form = TakeDownForm(request.POST or None)
    if form.is_valid():
        try:
            actions.take_down_pledge(
                pledge, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            messages.success(request, "已撤下，公示页现在显示撤下原因。")
        except PledgeMoved as moved:
            messages.error(request, str(moved))
        return redirect("pledges:pledge_detail", pk)
    return render(request, "pledges/pledge_take_down.html", {"form": form, "pledge": pledge})


def _visible(request, pk):
    return get_object_or_404(Pledge.objects.visible_to(request.user).with_owners(), pk=pk)
