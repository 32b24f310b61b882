"""荣誉 in public: no login. Citizens read, recommend with a reason, object during the publicity period."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from campaigns.models import Campaign
from common import throttle
from common.dates import today
from common.paging import page_of
from competitions.actions import selections as actions
from competitions.actions.contests import Refused
from competitions.forms.selections import NominateForm, ObjectionForm
from competitions.models import Selection
from competitions.queries.honours import honours_of, nominations_of
from competitions.views.selections import nominated, nominating

TRIES, WINDOW_SECONDS = 10, 600
AWARDS = 20  # a page stays below 50 kB
LISTED = {"reviewing", "publicised", "awarded"}


@login_not_required
def honours(request, slug):
    campaign = get_object_or_404(Campaign.objects.select_related("organisation"), slug=slug)
    found = honours_of(campaign, today=today())
    page = page_of(request, found.pop("awards"), size=AWARDS)
    context = {"on": campaign, "page": page, "awards": page.object_list, **found}
    return render(request, "competitions/honours.html", context)


@login_not_required
@never_cache
def selection_public(request, pk):
    """Nominate while it is open to the public; object while it is publicised; read afterwards."""
    selection = _selection(pk)
    form = _form(request, selection)
    if form is not None and request.method == "POST":
        if not throttle.allow(request, f"selection:{selection.pk}", TRIES, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        if form.is_valid() and _sent(request, selection, form):
            return redirect("competitions:selection_thanks", selection.pk)
    context = {
        "selection": selection,
        "form": form,
        "nominations": nominations_of(selection) if selection.state in LISTED else [],
        "day": today(),
    }
    return render(request, "competitions/selection_public.html", context)


@login_not_required
def selection_thanks(request, pk):
    return render(request, "competitions/selection_thanks.html", {"selection": _selection(pk)})


def _selection(pk):
    """Open to the public: those citizens may nominate for, and those made public."""
    selections = Selection.objects.select_related("organisation", "campaign", "period")
    selection = get_object_or_404(selections, pk=pk)
    if not selection.public and selection.publicised_on is None:
        raise Http404
    return selection


def _form(request, selection):
    data = request.POST if request.method == "POST" else None
    if selection.state == "nominating":
        return NominateForm(data, **nominating(selection), initial={"kind": selection.subject})
    return ObjectionForm(data) if selection.state == "publicised" else None


def _sent(request, selection, form):
    by = request.user if request.user.is_authenticated else None
    try:
        if selection.state == "nominating":
            actions.nominate(selection, **nominated(form), by=by, at=timezone.now())
        else:
            actions.raise_objection(selection, **form.cleaned_data, by=by, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
