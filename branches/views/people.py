from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import LeaveForm, PersonAddForm, PersonFilter, PersonForm, TransferForm
from branches.models import Organisation, Person, mask_id_number, open_id_number, scope_paths
from branches.models.scope import SEEING_ROLES
from common import downloads
from common.dates import today
from common.paging import page_of


def _chosen(request):
    """The viewer's roster, as the filter in the URL has it."""
    organisations = Organisation.objects.visible_to(request.user).active()
    people = queries.roster(request.user, today=today())
    return PersonFilter(request.GET, people, organisations=organisations)


@require_safe
def person_list(request):
    chosen = _chosen(request)
    return render(
        request,
        "branches/person_list.html",
        {
            "filter": chosen,
            "page": page_of(request, chosen.qs),
            "add_to": queries.organisations_kept_by(request.user).branches()[:12],
            "can_see_accounts": permissions.can_see_accounts(request.user),
            "may_export_roster": bool(scope_paths(request.user, *SEEING_ROLES)),
        },
    )


@require_safe
def person_export(request):
    """The list as shown, every page of it. Taking names out of the house leaves a trace."""
    return downloads.listing(request, "人员", listed.PEOPLE, _chosen(request).qs)


@require_safe
def person_detail(request, pk):
    person, day = get_object_or_404(Person.objects.visible_to(request.user), pk=pk), today()
    private = permissions.can_see_private(request.user, person)
    may_reveal = permissions.can_reveal_private(request.user, person)
    sealed = person.id_number_sealed if private else None
    organisation = queries.organisation_of(person, today=day)
    return render(
        request,
        "branches/person_detail.html",
        {
            "person": person,
            "organisation": organisation,
            "affiliations": person.affiliations.select_related("organisation").order_by(
                "-starts_on", "-pk"
            ),
            "roles": person.roles.current(today=day).select_related("organisation"),
            "posts": person.posts.current(today=day).select_related("window", "organisation"),
            "private": private,
            "may_reveal": may_reveal,
            "id_number": mask_id_number(open_id_number(sealed)) if sealed else "",
            "can_edit": permissions.can_edit_person(request.user, person),
            "can_transfer": permissions.can_transfer_person(request.user, person),
            "can_remove": permissions.can_remove_person(request.user, person),
            "can_issue": permissions.can_issue_code(request.user, person),
            "can_grant": permissions.can_grant_roles(request.user) and person != request.user,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request, pk):
    """Into one organisation: the secretary's branch, or any below the office."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_add_person(request.user, organisation):
        raise PermissionDenied
    form = PersonAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            person = actions.add_person(
                organisation=organisation, by=request.user, at=at, **form.cleaned_data
            )
        except actions.PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{person.name}已加入{organisation.name}，账号 {person.username}。"
            )
            return redirect("branches:person_detail", person.pk)
    return render(request, "branches/person_add.html", {"form": form, "organisation": organisation})


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not permissions.can_edit_person(request.user, person):
        raise PermissionDenied
    form = PersonForm(request.POST or None, instance=person, masked=person != request.user)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        actions.update_person(person, today=today(), by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "资料已保存。")
        return redirect("branches:person_detail", person.pk)
    return render(request, "branches/person_edit.html", {"form": form, "pk": pk})


@require_http_methods(["GET", "HEAD", "POST"])
def person_transfer(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not permissions.can_transfer_person(request.user, person):
        raise PermissionDenied
    form = TransferForm(
        request.POST or None, organisations=queries.organisations_ruled_by(request.user)
    )
    if form.is_valid():
        try:
            actions.transfer_person(person, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name}已转入{form.cleaned_data['organisation']}。")
            return redirect("branches:person_detail", person.pk)
    return render(request, "branches/person_transfer.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def person_leave(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not permissions.can_remove_person(request.user, person):
        raise PermissionDenied
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        try:
            actions.leave_person(person, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name}已办理离开，账号已停用。")
            return redirect("branches:person_list")
    return render(request, "branches/person_leave.html", {"form": form, "person": person})
