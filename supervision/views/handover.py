"""工作移交: what is open in a person's name, and one deed to hand it to somebody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from branches.models import Person, visible_paths
from branches.permissions import KEEPERS, holds
from branches.queries import people_under
from common.dates import today
from supervision.actions.handovers import HandoverRefused, hand_over
from supervision.forms.handovers import HandoverForm
from supervision.queries import handovers as queries


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request, pk):
    """For who keeps the roster of the person's last organisation; also after he has gone."""
    person, organisation = _person(request, pk)
    day = today()
    things = queries.things_of(person, by=request.user, today=day)
    people = people_under(request.user, today=day).exclude(pk=person.pk)
    form = HandoverForm(request.POST or None, people=people, things=things)
    if form.is_valid() and _handed_over(request, person, form):
        return redirect("supervision:handover", pk)
    context = {
        "person": person,
        "organisation": organisation,
        "form": form,
        "possible": form.possible,
        "others": [thing for thing in things if not thing.may],
        "pledges": queries.pledges_of(person),
        "duties": queries.duties_of(person),
    }
    return render(request, "supervision/handover.html", context)


def _handed_over(request, person, form):
    """Whether it is done; a refusal stands in the form."""
    heir = form.cleaned_data["heir"]
    try:
        hand_over(
            person,
            heir=heir,
            things=form.chosen(),
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        )
    except HandoverRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"已向{heir}移交 {len(form.chosen())} 项，已通知接手人。")
    return True


def _person(request, pk):
    """The person and where he belongs, or belonged last; 404 where one may not look."""
    person = get_object_or_404(Person, pk=pk)
    last = person.affiliations.select_related("organisation").order_by("-starts_on", "-pk").first()
    if last is None or not last.organisation.path.startswith(visible_paths(request.user)):
        raise Http404
    path = last.organisation.path
    if person == request.user or not holds(request.user, path, *KEEPERS):
        raise PermissionDenied
    return person, last.organisation
