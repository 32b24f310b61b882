"""ID and telephone numbers: masked everywhere, opened one at a time or in a roster, for a reason."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from branches import actions, permissions, queries
from branches.actions.private import FIELDS
from branches.excel.ledger import roster_columns
from branches.forms import ReasonForm, RosterForm
from branches.models import Person
from common import downloads
from common.dates import today


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def private_reveal(request, pk, field):
    """GET asks what for; POST writes it down and shows the number, this once."""
    if field not in FIELDS:
        raise Http404
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not permissions.can_reveal_private(request.user, person):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    context = {"person": person, "form": form, "label": FIELDS[field]}
    if form.is_valid():
        organisation = queries.organisation_of(person, today=today())
        context["number"] = actions.reveal(
            person,
            field=field,
            reason=form.cleaned_data["reason"],
            path=organisation.path if organisation else "",
            by=request.user,
            at=timezone.now(),
        )
        context["is_shown"] = True
    return render(request, "branches/private_reveal.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_export(request):
    """党员名册 of a branch or of everything below an organisation."""
    organisations = queries.organisations_seen_by_role(request.user)
    if not organisations.exists():
        raise PermissionDenied
    initial = {"organisation": request.GET.get("organisation")}
    form = RosterForm(request.POST or None, organisations=organisations, initial=initial)
    if form.is_valid():
        return _roster(request, **form.cleaned_data)
    return render(request, "branches/roster_export.html", {"form": form})


def _roster(request, *, organisation, whole, reason):
    people = queries.party_roster(request.user, organisation, today=today())
    columns = roster_columns(
        lambda person: whole and permissions.can_reveal_private(request.user, person)
    )
    noted, mark = {"organisation": organisation.name, "whole": whole}, ""
    if whole:
        noted["reason"] = reason
        mark = f"含完整号码，请妥善保管　{request.user} {today()}　用途：{reason}"
    return downloads.listing(
        request, "党员名册", columns, people,
        unit=organisation.name, ledger=True, noted=noted, mark=mark,
    )  # fmt: skip
