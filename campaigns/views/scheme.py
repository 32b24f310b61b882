from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.actions.schemes import dump_scheme, load_scheme
from campaigns.forms.scheme_file import SchemeFileForm
from campaigns.permissions import can_load_scheme, can_write_scheme
from campaigns.queries.overview import WHO, asked, chapters
from campaigns.queries.schemes import visible_versions


def scheme_detail(request, pk):
    """One wording of a plan, as it is stored."""
    version = get_object_or_404(visible_versions(request.user), pk=pk)
    plan = version.plan
    context = {
        "version": version,
        "plan": plan,
        "chapters": chapters(plan),
        "asked": asked(plan),
        "participants": "、".join(WHO[part] for part in plan.participants),
        "waiting": plan.not_built(),
        "versions": visible_versions(request.user)
        .filter(scheme=version.scheme_id)
        .order_by("-number"),
        "can_load": can_load_scheme(request.user),
        "can_edit": can_write_scheme(request.user, version.scheme),
    }
    return render(request, "campaigns/scheme_detail.html", context)


def scheme_download(request, pk):
    version = get_object_or_404(visible_versions(request.user), pk=pk)
    name = f"{version.scheme.slug}-v{version.number}.yaml"
    return HttpResponse(
        dump_scheme(version),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def scheme_load(request):
    """A file from the browser: stored whole, or refused with every line that is wrong."""
    if not can_load_scheme(request.user):
        raise PermissionDenied
    form = SchemeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        version = load_scheme(form.document, by=request.user, at=timezone.now())
        messages.success(request, f"方案已保存：{version}。")
        return redirect("campaigns:scheme_detail", version.pk)
    status = 422 if form.problems else 200
    return render(request, "campaigns/scheme_load.html", {"form": form}, status=status)
