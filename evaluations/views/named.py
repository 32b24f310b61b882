"""记名互评: the sheet one signs with one's name, for branches too small for sealed ballots (P10)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evaluations.actions.ballots import RoundIsOver
from evaluations.actions.named import rate_by_name
from evaluations.actions.paper import BallotRefused
from evaluations.forms.peer import BallotForm
from evaluations.models import RollEntry, Round
from evaluations.queries import peer
from evaluations.views.peer import is_over, sheet_context


@require_http_methods(["GET", "HEAD", "POST"])
def named_ballot(request, pk):
    """The page says whose eyes it is for before anything is written."""
    try:
        paper = peer.paper_for(request.user, pk)
    except RollEntry.DoesNotExist as error:
        raise Http404 from error
    if paper.round.form != Round.Form.NAMED:
        raise Http404
    if request.method == "POST":
        return _rate(request, paper)
    if paper.has_voted:
        return render(request, "evaluations/named_ballot_done.html", {"round": paper.round})
    return _sheet(request, BallotForm(None, paper), over=is_over(paper.round))


def _rate(request, paper):
    form = BallotForm(request.POST, paper)
    if paper.has_voted:
        return redirect("evaluations:named_ballot", paper.round.pk)
    if not form.is_valid():
        return _sheet(request, form, status=400)
    try:
        rate_by_name(paper, ballot=form.ballot, by=request.user, at=timezone.now())
    except RoundIsOver:
        return _sheet(request, form, over=True, status=409)
    except BallotRefused as refusal:
        form.problems = refusal.problems
        return _sheet(request, form, status=400)
    return redirect("evaluations:named_ballot", paper.round.pk)


def _sheet(request, form, *, over=False, status=200):
    context = sheet_context(form, over=over)
    return render(request, "evaluations/peer_ballot.html", context, status=status)
