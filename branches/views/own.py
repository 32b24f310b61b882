"""我的: what the portal keeps about oneself, and what one may change."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import actions, queries
from branches.forms import OwnForm, PhotoForm
from branches.models import mask_id_number, open_id_number
from common.dates import today


@require_safe
def me(request):
    person, day = request.user, today()
    sealed = person.id_number_sealed
    return render(
        request,
        "branches/me.html",
        {
            "person": person,
            "organisation": queries.organisation_of(person, today=day),
            "affiliations": person.affiliations.select_related("organisation").order_by(
                "-starts_on", "-pk"
            ),
            "roles": person.roles.current(today=day).select_related("organisation"),
            "posts": person.posts.current(today=day).select_related("window", "organisation"),
            "id_number": mask_id_number(open_id_number(sealed)) if sealed else "",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def me_edit(request):
    person, at = request.user, timezone.now()
    form = OwnForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        actions.update_person(person, today=today(), by=person, at=at, **form.cleaned_data)
        messages.success(request, "资料已保存。")
        return redirect("branches:me")
    return render(request, "branches/me_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request):
    person = request.user
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        actions.set_photo(person, **form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, "照片已更新。")
        return redirect("branches:me")
    return render(request, "branches/photo_edit.html", {"form": form, "person": person})


@require_POST
def photo_consent(request):
    if request.user.photo:
        actions.consent_photo(request.user, by=request.user, at=timezone.now())
        messages.success(request, "已同意公开，可以随时撤回。")
    return redirect("branches:me")


@require_POST
def photo_withdraw(request):
    """Takes the photo off every public page at once; `delete` removes the file too."""
    delete = request.POST.get("delete") == "1"
    actions.withdraw_photo(request.user, by=request.user, at=timezone.now(), delete=delete)
    messages.success(request, "照片已删除。" if delete else "照片不再公开。")
    return redirect("branches:me")
