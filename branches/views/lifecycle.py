"""Slips for many accounts, branches that merge or split, probationers who become full members."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import MergeForm, PromoteForm, SlipsForm, SplitForm
from branches.models import Organisation, Person
from common import downloads
from common.dates import today
from common.paging import page_of

SLIPS_AT_MOST = 400
SLIPS_A_SHEET = 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_slips(request):
    """GET says who would get one; POST prints them, the only time the codes are to be seen."""
    if not permissions.can_issue_slips(request.user):
        raise PermissionDenied
    organisations = queries.organisations_with_accounts(request.user)
    form = SlipsForm(
        request.POST or request.GET or None,
        organisations=organisations,
        initial={"organisation": organisations.first()},
    )
    people = _without_password(request.user, form)
    if request.method == "POST" and people:
        slips = actions.issue_codes(people, by=request.user, at=timezone.now())
        sheets = [slips[n : n + SLIPS_A_SHEET] for n in range(0, len(slips), SLIPS_A_SHEET)]
        context = {"sheets": sheets, "site": settings.PORTAL_URL}
        return render(request, "branches/account_slips_sheet.html", context)
    return render(
        request,
        "branches/account_slips.html",
        {"form": form, "people": people, "at_most": SLIPS_AT_MOST},
    )


def _without_password(viewer, form):
    """Of the chosen organisation, those for whom the viewer may issue a first code."""
    if not form.is_bound or not form.is_valid():
        return []
    organisation = form.cleaned_data["organisation"]
    people = queries.never_activated(viewer, organisation, today=today())
    allowed = (person for person in people if permissions.can_issue_code(viewer, person))
    return [person for _, person in zip(range(SLIPS_AT_MOST), allowed, strict=False)]


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request, pk):
    """pk is the organisation that will be no more."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_move_organisation(request.user, organisation):
        raise PermissionDenied
    targets = queries.organisations_ruled_by(request.user).filter(kind=organisation.kind)
    form = MergeForm(request.POST or None, organisations=targets.exclude(pk=pk))
    if form.is_valid():
        try:
            moved = actions.merge_organisation(
                organisation, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.OrganisationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            into = form.cleaned_data["into"]
            messages.success(request, f"{organisation.name}的 {moved} 人已并入{into.name}。")
            return redirect("branches:organisation_detail", into.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "branches/organisation_merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_split(request, pk):
    """Some people of this organisation become one of their own beside it."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_move_organisation(request.user, organisation):
        raise PermissionDenied
    people = Person.objects.filter(
        affiliations__organisation=organisation, affiliations__ends_on=None
    ).order_by("name_pinyin", "pk")
    form = SplitForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            new = actions.split_organisation(
                organisation, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.OrganisationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{new.name}已设立，请授予书记角色。")
            return redirect("branches:organisation_detail", new.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "branches/organisation_split.html", context)


@require_safe
def promotion_list(request):
    """Probationers of the branches one keeps, who is due first."""
    if not permissions.can_import(request.user):
        raise PermissionDenied
    people = queries.probationers_kept_by(request.user, today=today())
    if downloads.is_asked(request):
        people = [_with_end(person) for person in people]
        return downloads.listing(request, "预备党员", listed.PROBATIONERS, people)
    page = page_of(request, people)
    for person in map(_with_end, page.object_list):
        person.is_due = bool(person.due_on and person.due_on <= today())
    return render(request, "branches/promotion_list.html", {"page": page})


def _with_end(person):
    person.due_on = queries.probation_ends_on(person)
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def person_promote(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not permissions.can_edit_person(request.user, person):
        raise PermissionDenied
    form = PromoteForm(request.POST or None)
    if form.is_valid():
        try:
            actions.promote_person(person, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name}已转为正式党员。")
            return redirect("branches:person_detail", pk)
    return render(request, "branches/person_promote.html", {"form": form, "person": person})
