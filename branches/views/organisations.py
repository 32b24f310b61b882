from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import (
    OrganisationAddForm,
    OrganisationDissolveForm,
    OrganisationForm,
    OrganisationMoveForm,
)
from branches.models import Organisation
from common import downloads
from common.dates import today
from common.paging import page_of


@require_safe
def organisation_list(request):
    nodes = queries.tree_for(request.user, today=today())
    if downloads.is_asked(request):
        return downloads.listing(request, "组织", listed.ORGANISATIONS, nodes)
    return render(request, "branches/organisation_list.html", {"nodes": nodes})


@require_safe
def organisation_detail(request, pk):
    """支部: its people, windows, posts and secretary; for a 党委 the branches below."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    day = today()
    is_branch = organisation.kind in {Organisation.Kind.BRANCH, Organisation.Kind.GROUP}
    children = Organisation.objects.get_children(organisation).active()
    windows = queries.windows_inside(organisation, today=day)
    return render(
        request,
        "branches/organisation_detail.html",
        {
            "organisation": organisation,
            "ancestors": queries.ancestors_of(organisation),
            "children": page_of(request, children, size=60, key="children"),
            "former_names": organisation.former_names.order_by("-until"),
            "secretaries": queries.secretaries_of(organisation, today=day),
            "people": queries.members_of(organisation, today=day)[:200] if is_branch else [],
            "headcount": queries.members_of(organisation, today=day).count(),
            "windows": page_of(request, windows, size=60, key="windows"),
            "can_edit": permissions.can_edit_organisation(request.user, organisation),
            "can_add": permissions.can_add_organisation(request.user, organisation),
            "can_move": permissions.can_move_organisation(request.user, organisation),
            "can_add_person": permissions.can_add_person(request.user, organisation),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request, pk):
    parent = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_add_organisation(request.user, parent):
        raise PermissionDenied
    form = OrganisationAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            organisation = actions.add_organisation(
                parent=parent, by=request.user, at=at, **form.cleaned_data
            )
        except actions.OrganisationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{organisation.name}已设立。")
            return redirect("branches:organisation_detail", organisation.pk)
    return render(request, "branches/organisation_add.html", {"form": form, "parent": parent})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_edit_organisation(request.user, organisation):
        raise PermissionDenied
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        actions.update_organisation(organisation, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "已保存。")
        return redirect("branches:organisation_detail", pk)
    return render(request, "branches/organisation_edit.html", {"form": form, "pk": pk})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_move(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_move_organisation(request.user, organisation):
        raise PermissionDenied
    form = OrganisationMoveForm(
        request.POST or None, organisations=queries.organisations_ruled_by(request.user)
    )
    if form.is_valid():
        parent, at = form.cleaned_data["parent"], timezone.now()
        try:
            actions.move_organisation(organisation, parent=parent, by=request.user, at=at)
        except actions.OrganisationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{organisation.name}已移到{parent.name}之下。")
            return redirect("branches:organisation_detail", pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "branches/organisation_move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_dissolve(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_dissolve_organisation(request.user, organisation):
        raise PermissionDenied
    form = OrganisationDissolveForm(request.POST or None)
    if form.is_valid():
        on, at = form.cleaned_data["on"], timezone.now()
        try:
            actions.dissolve_organisation(organisation, on=on, by=request.user, at=at)
        except actions.OrganisationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{organisation.name}已撤销。")
            return redirect("branches:organisation_list")
    context = {"form": form, "organisation": organisation}
    return render(request, "branches/organisation_dissolve.html", context)
