"""Rounds for those who organise them, and for everybody on their rolls."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation, scope_paths
from campaigns.models import Period
from common import downloads
from common.dates import today
from evaluations.actions.close import close_round
from evaluations.actions.comments import CommentMoved, moderate_comment
from evaluations.actions.rounds import LEAST_OPEN, RoundRefused, open_rounds, void_round
from evaluations.excel import ROUNDS
from evaluations.forms.peer import CommentVerdictForm, RoundOpenForm, RoundVoidForm
from evaluations.models import PeerComment, Round
from evaluations.permissions import (
    can_close_round,
    can_moderate_comment,
    can_moderate_comments,
    can_open_rounds,
    can_see_all_results,
    can_void_round,
)
from evaluations.permissions.peer import ORGANISERS
from evaluations.queries import results, rounds

PAGE = 50


def round_list(request):
    """The period's rounds that concern one: state and turnout, nothing else."""
    period = request.period
    found = rounds.rounds_for(request.user, period) if period else Round.objects.none()
    chosen = request.GET.get("state", "")
    if chosen in Round.State.values:
        found = found.filter(state=chosen)
    if downloads.is_asked(request):
        return downloads.listing(
            request, "互评", ROUNDS, found, period=period.name if period else ""
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "states": Round.State.choices,
        "entries": rounds.entries_of(request.user, page.object_list),
        "can_open": can_open_rounds(request.user),
        "now": timezone.now(),
    }
    return render(request, "evaluations/round_list.html", context)


def round_detail(request, pk):
    """Roll and count record, for all on the roll and all above."""
    held = _round(request, pk)
    roll = held.roll.select_related("person").order_by("person__name_pinyin", "person_id")
    entry = next((one for one in roll if one.person_id == request.user.pk), None)
    has_voted = bool(entry and entry.is_voter and held.has_mark(entry.position))
    sees_results = held.is_closed and can_see_all_results(request.user, held)
    context = {
        "round": held,
        "roll": roll,
        "entry": entry,
        "has_voted": has_voted,
        "own_state": "已参评" if has_voted else "未参评",
        "own_note": "选票已密封" if has_voted else "",
        "turnout_unit": f"/ {held.voter_count} 人",
        "turnout_note": "" if held.is_closed else "计票前只显示人数",
        "is_over": timezone.now() >= held.closes_at,
        "now": timezone.now(),
        "can_close": can_close_round(request.user, held),
        "can_void": can_void_round(request.user, held),
        "can_moderate": held.is_closed and can_moderate_comments(request.user, held),
        "people": results.people_with_results(held) if sees_results else [],
    }
    return render(request, "evaluations/round_detail.html", context)


def round_open(request, pk):
    """Open rounds for many branches at once; those too small are named with what else they can do."""
    scopes = scope_paths(request.user, *ORGANISERS)
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    if not scopes:
        raise PermissionDenied
    candidates = rounds.candidates(period, scopes, today=today())
    form = RoundOpenForm(
        request.POST or None,
        organisations=Organisation.objects.filter(
            pk__in=[one.organisation.pk for one in candidates if one.is_ready]
        ).order_by("path"),
        initial={"closes_at": _usual_close(period)},
    )
    if form.is_valid():
        return _open(request, period, form.cleaned_data)
    context = {
        "period": period,
        "form": form,
        "candidates": candidates,
        "ready": sum(one.is_ready for one in candidates),
        "too_few": [one for one in candidates if one.hindrance.startswith("不足")],
        "chosen": set(form["organisations"].value() or []),
    }
    return render(request, "evaluations/round_open.html", context)


def _open(request, period, data):
    opened, refused = open_rounds(
        period,
        data["organisations"],
        closes_at=data["closes_at"],
        by=request.user,
        at=timezone.now(),
    )
    for text in refused:
        messages.error(request, text)
    if not opened:
        return redirect("evaluations:round_open", period.pk)
    messages.success(request, f"已开启 {len(opened)} 个互评，并通知了名册上的人。")
    return redirect("evaluations:round_list")


def round_close(request, pk):
    """Asks once, then counts."""
    held = _round(request, pk)
    if not can_close_round(request.user, held):
        raise PermissionDenied
    if request.method != "POST":
        context = {
            "round": held,
            "too_early": timezone.now() < held.closes_at and held.turnout < held.voter_count,
        }
        return render(request, "evaluations/round_close.html", context)
    try:
        close_round(held, by=request.user, at=timezone.now())
    except RoundRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "计票完成，密钥已销毁。")
    return redirect("evaluations:round_detail", held.pk)


def round_void(request, pk):
    held = _round(request, pk)
    if not can_void_round(request.user, held):
        raise PermissionDenied
    form = RoundVoidForm(request.POST or None)
    if form.is_valid():
        try:
            void_round(held, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except RoundRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "已作废，并通知了名册上的人。可以重新开启。")
        return redirect("evaluations:round_detail", held.pk)
    return render(request, "evaluations/round_void.html", {"round": held, "form": form})


def comment_moderate(request, pk):
    """Comments of a closed round, one decision each."""
    held = _round(request, pk)
    if not can_moderate_comments(request.user, held):
        raise PermissionDenied
    if request.method == "POST":
        return _moderate(request, held)
    waiting = results.waiting_comments(held, reader=request.user)
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluations/comment_moderate.html", {"round": held, "page": page})


def _moderate(request, held):
    form = CommentVerdictForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    comments = PeerComment.objects.select_related("round__organisation").filter(round=held)
    comment = get_object_or_404(comments, pk=form.cleaned_data["comment"])
    if not can_moderate_comment(request.user, comment):
        raise PermissionDenied
    show = form.cleaned_data["verdict"] == "show"
    try:
        moderate_comment(comment, show=show, by=request.user, at=timezone.now())
    except CommentMoved as moved:
        messages.warning(request, str(moved))
    else:
        messages.success(request, "留言可见了。" if show else "留言不予显示。")
    return redirect(reverse("evaluations:comment_moderate", args=[held.pk]))


def _round(request, pk):
    found = Round.objects.visible_to(request.user).select_related("organisation", "period")
    return get_object_or_404(found, pk=pk)


def _usual_close(period):
    """18:00 of the day the scheme names, or three days from now."""
    day = rounds.last_due_day(period)
    usual = timezone.make_aware(datetime.combine(day, time(18))) if day else None
    if usual is None or usual < timezone.now() + LEAST_OPEN:
        usual = timezone.make_aware(datetime.combine(today() + timedelta(days=3), time(18)))
    return usual
