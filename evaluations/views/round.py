"""Rounds for those who organise them, and for everybody on their rolls."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.queries import place_asked
from common import downloads
from evaluations.actions.close import close_round
from evaluations.actions.comments import CommentMoved, moderate_comment
from evaluations.actions.rounds import RoundRefused, void_round
from evaluations.excel import ROUNDS
from evaluations.forms.peer import CommentVerdictForm, RoundVoidForm
from evaluations.models import PeerComment, Round
from evaluations.permissions import (
    can_close_round,
    can_moderate_comment,
    can_moderate_comments,
    can_open_rounds,
    can_void_round,
)
from evaluations.permissions.paper import can_type_paper
from evaluations.permissions.peer import moderation_scopes, result_scopes
from evaluations.queries import results, rounds

PAGE = 50


def round_list(request):
    """The period's rounds that concern one: state and turnout, nothing else."""
    period = request.period
    found = rounds.rounds_for(request.user, period) if period else Round.objects.none()
    place = place_asked(request)
    found = rounds.held_at(found, place)
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
        "place": place,
        "entries": rounds.entries_of(request.user, page.object_list),
        "can_open": can_open_rounds(request.user),
        "now": timezone.now(),
    }
    return render(request, "evaluations/round_list.html", context)


def round_detail(request, pk):
    """Roll and count record, for all on the roll and all above."""
    held = _round(request, pk)
    roll = held.roll.select_related("person", "organisation")
    roll = roll.order_by("person__name_pinyin", "person_id")
    entry = next((one for one in roll if one.person_id == request.user.pk), None)
    has_voted = bool(entry and entry.is_voter and held.has_mark(entry.position))
    scopes = result_scopes(request.user, held) if held.is_closed else []
    context = {
        "round": held,
        "roll": roll,
        "entry": entry,
        "has_voted": has_voted,
        "own_state": "已参评" if has_voted else "未参评",
        "own_note": "选票已密封" if has_voted and held.is_sealed else "",
        "turnout_unit": f"/ {held.voter_count} 人",
        "turnout_note": "" if held.is_closed else "计票前只显示人数",
        "is_over": timezone.now() >= held.closes_at,
        "now": timezone.now(),
        "can_close": can_close_round(request.user, held),
        "can_void": can_void_round(request.user, held),
        "can_moderate": held.is_closed and can_moderate_comments(request.user, held),
        "people": results.people_with_results(held, scopes) if scopes else [],
        "homes": "、".join(one.label for one in held.homes),
        "can_type": held.form == Round.Form.PAPER
        and can_type_paper(request.user, held.organisation),
    }
    return render(request, "evaluations/round_detail.html", context)


@require_safe
def round_sheet(request, pk):
    """The blank sheet of a 纸质测评 to print, one a voter: names and boxes, no place for one's own name."""
    held = _round(request, pk)
    if held.form != Round.Form.PAPER:
        raise Http404
    roll = held.roll.filter(is_rated=True).select_related("person")
    people = list(roll.order_by("person__name_pinyin", "person_id"))
    return render(request, "evaluations/round_sheet.html", {"round": held, "people": people})


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
        messages.success(request, "计票完成，密钥已销毁。" if held.is_sealed else "已计票。")
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
    scopes = moderation_scopes(request.user, held)
    waiting = results.waiting_comments(held, scopes, reader=request.user)
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluations/comment_moderate.html", {"round": held, "page": page})


def _moderate(request, held):
    form = CommentVerdictForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    comments = PeerComment.objects.select_related("round__organisation").filter(round=held)
    comment = get_object_or_404(comments, pk=form.cleaned_data["comment"])
    entry = held.roll.select_related("organisation").get(person=comment.person_id)
    if not can_moderate_comment(request.user, comment, entry):
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
