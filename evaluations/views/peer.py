"""The voter's two pages: the ballot, and what became known about him after the close."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from evaluations.actions.ballots import RoundIsOver, cast_ballot
from evaluations.actions.paper import BallotRefused
from evaluations.forms.peer import BallotForm
from evaluations.models import RollEntry, Round
from evaluations.permissions import can_see_result
from evaluations.queries import peer, results


@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def peer_ballot(request, pk):
    """The sheet, or what became of it: 已提交, 已截止."""
    try:
        paper = peer.paper_for(request.user, pk)
    except RollEntry.DoesNotExist as error:
        raise Http404 from error
    if not paper.round.is_sealed:
        return _other_way(request, paper.round)
    if request.method == "POST":
        return _cast(request, paper)
    if paper.has_voted:
        return render(request, "evaluations/peer_ballot_done.html", {"round": paper.round})
    return _sheet(request, BallotForm(None, paper), over=is_over(paper.round))


peer_ballot.frame_on_demand = True  # a cast ballot is answered without asking for menus


def _other_way(request, round):
    """Duties and notices lead here whatever the form of the round is."""
    if round.form == Round.Form.NAMED:
        return redirect("evaluations:named_ballot", round.pk)
    return redirect("evaluations:round_detail", round.pk)


@sensitive_variables()
def _cast(request, paper):
    """One answer for the first and for every further try: back to the page, which says 已提交."""
    form = BallotForm(request.POST, paper)
    # A session written now would tell when this person voted; "last seen" can wait for the next page.
    request.session.modified = False
    if paper.has_voted:
        return redirect("evaluations:peer_ballot", paper.round.pk)
    if is_over(paper.round):
        return _sheet(request, form, over=True, status=409)
    if not form.is_valid():
        return _sheet(request, form, status=400)
    try:
        cast_ballot(paper, ballot=form.ballot, by=request.user)
    except RoundIsOver:
        return _sheet(request, form, over=True, status=409)
    except BallotRefused as refusal:
        form.problems = refusal.problems
        return _sheet(request, form, status=400)
    return redirect("evaluations:peer_ballot", paper.round.pk)


def is_over(round):
    """For the page only; whether a ballot is taken is decided under the lock by the database's clock."""
    return not round.is_open or timezone.now() >= round.closes_at


@sensitive_variables()
def _sheet(request, form, *, over=False, status=200):
    return render(
        request, "evaluations/peer_ballot.html", sheet_context(form, over=over), status=status
    )


@sensitive_variables()
def sheet_context(form, *, over):
    """What a sheet shows, sealed or named."""
    paper = form.paper
    people = [entry.person_id for entry in paper.others]
    return {
        "round": paper.round,
        "form": form,
        "over": over,
        "promises": peer.promises_of(people, paper.round.period),
        "quotas": [_quota_line(paper.round.sheet, quota) for quota in paper.round.sheet.quotas],
        "minutes": max(1, round(len(people) * len(paper.round.sheet.questions) / 8)),
    }


def _quota_line(sheet, quota):
    question = next(one for one in sheet.scale_questions if one.key == quota.question)
    if question.is_numeric:
        ends = [f"{quota.score_from} 分以上" if quota.score_from else ""]
        ends += [f"{quota.score_below} 分以下" if quota.score_below else ""]
        asked = len(sheet.scale_questions) > 1
        return {
            **vars(quota),
            "label": (question.name if asked else "") + "、".join(filter(None, ends)),
        }
    words = "、".join(level.name for level in question.levels if level.key in quota.levels)
    label = words if len(sheet.quotas) == 1 else f"{question.name}{words}"
    return {**vars(quota), "label": label}


def peer_result(request, pk, person_pk):
    """One person's result of a closed round: his own, or of somebody one is over."""
    held = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("organisation", "period"), pk=pk
    )
    entry = get_object_or_404(
        held.roll.select_related("person", "organisation"), person=person_pk, is_rated=True
    )
    if not can_see_result(request.user, held, entry):
        raise PermissionDenied
    context = {
        "round": held,
        "person": entry.person,
        "is_own": entry.person_id == request.user.pk,
        "result": results.result_of(held, entry.person),
        "named": results.named_about(held, entry.person) if held.is_closed else [],
        "comments": results.comments_for(held, entry.person) if held.is_closed else [],
    }
    return render(request, "evaluations/peer_result.html", context)
