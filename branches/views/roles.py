from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import RoleEndForm, RoleFilter, RoleForm
from branches.models import Organisation, Role, scope_paths, under
from common import downloads
from common.dates import today
from common.paging import page_of


@require_safe
def role_list(request):
    if not permissions.can_see_roles(request.user):
        raise PermissionDenied
    chosen = RoleFilter(request.GET, queries.roles_under(request.user, today=today()))
    if downloads.is_asked(request):
        return downloads.listing(request, "角色", listed.ROLES, chosen.qs)
    page = page_of(request, chosen.qs)
    for role in page.object_list:
        role.can_end = permissions.can_end_role(request.user, role)
    return render(request, "branches/role_list.html", {"filter": chosen, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def role_grant(request, pk):
    """pk is the person's. What is offered is what the granter may give; the action checks again."""
    if not permissions.can_grant_roles(request.user):
        raise PermissionDenied
    person = get_object_or_404(queries.accounts_under(request.user, today=today()), pk=pk)
    if person == request.user:
        raise PermissionDenied
    form = RoleForm(request.POST or None, **_offered_to(request.user))
    if form.is_valid():
        term = form.cleaned_data
        if not permissions.can_grant_role(request.user, term["kind"], term["organisation"]):
            raise PermissionDenied
        try:
            actions.grant_role(person, by=request.user, at=timezone.now(), **term)
        except actions.RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已授予{person.name}角色。")
            return redirect("branches:role_list")
    return render(request, "branches/role_grant.html", {"form": form, "person": person})


def _offered_to(granter):
    is_security = bool(scope_paths(granter, "security_admin"))
    paths = scope_paths(granter, *permissions.RULERS, "security_admin")
    return {
        "kinds": Role.Kind.values if is_security else permissions.APPOINTED,
        "organisations": Organisation.objects.active().filter(under(paths)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request, pk):
    if not permissions.can_see_roles(request.user):
        raise PermissionDenied
    role = get_object_or_404(queries.roles_under(request.user, today=today()), pk=pk)
    if not permissions.can_end_role(request.user, role):
        raise PermissionDenied
    form = RoleEndForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        actions.end_role(role, today=today(), by=request.user, at=at, **form.cleaned_data)
        messages.success(request, f"已免去{role.person.name}的{role.get_kind_display()}角色。")
        return redirect("branches:role_list")
    return render(request, "branches/role_end.html", {"form": form, "role": role})
