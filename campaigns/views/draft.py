"""方案工坊: plans on the way to their next version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.actions.drafts import (
    DraftMoved,
    DraftRefused,
    drop_draft,
    publish_draft,
    save_draft,
    start_draft,
)
from campaigns.actions.scheme_text import as_yaml
from campaigns.actions.schemes import SchemeRefusedError
from campaigns.excel import SCHEMES
from campaigns.forms.drafts import NewSchemeForm, SchemeTextForm
from campaigns.forms.workshop.rendering import as_place, page_of
from campaigns.models import SchemeDraft
from campaigns.models.document import problems_of
from campaigns.permissions import can_load_scheme, can_write_scheme
from campaigns.queries.handwork import busiest_months, citizen_seconds
from campaigns.queries.schemes import changed_sections, newest_versions, ruled, visible_versions
from campaigns.queries.workshop import SECTIONS, counts, loads, problems_by_section
from campaigns.views.draft_part import find_draft
from common import downloads


def scheme_list(request):
    """Published plans, and the drafts of one's own organisation."""
    may_write = can_load_scheme(request.user)
    if downloads.is_asked(request):
        versions = newest_versions(request.user).select_related("scheme")
        return downloads.listing(request, "方案", SCHEMES, versions)
    drafts = SchemeDraft.objects.visible_to(request.user).defer("document")
    context = {
        "versions": newest_versions(request.user),
        "drafts": drafts.select_related("organisation", "scheme", "updated_by").order_by(
            "-updated_at"
        ),
        "may_write": may_write,
    }
    return render(request, "campaigns/scheme_list.html", context)


def scheme_new(request):
    """A plan of one's own: after another one, from a file, or from nothing."""
    if not can_load_scheme(request.user):
        raise PermissionDenied
    form = NewSchemeForm(
        request.POST or None,
        request.FILES or None,
        versions=newest_versions(request.user),
        organisations=ruled(request.user),
        initial={"source": request.GET.get("source")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = start_draft(
                form.document,
                organisation=form.cleaned_data["organisation"],
                based_on=form.cleaned_data["source"],
                scheme=None,
                by=request.user,
                at=timezone.now(),
            )
        except DraftRefused as error:
            form.add_error("slug", str(error))
        else:
            return redirect("campaigns:draft_detail", draft.pk)
    status = 422 if form.errors else 200
    return render(request, "campaigns/scheme_new.html", {"form": form}, status=status)


@require_POST
def scheme_edit(request, pk):
    """Open the draft of this scheme; the first time it is what the version says."""
    version = get_object_or_404(visible_versions(request.user), pk=pk)
    if not can_write_scheme(request.user, version.scheme):
        raise PermissionDenied
    draft = SchemeDraft.objects.filter(scheme=version.scheme).first()
    if draft is None:
        draft = start_draft(
            version.plan,
            organisation=ruled(request.user).first(),
            based_on=version,
            scheme=version.scheme,
            by=request.user,
            at=timezone.now(),
        )
    elif not SchemeDraft.objects.visible_to(request.user).filter(pk=draft.pk).exists():
        messages.error(request, f"{draft.organisation}正在改这份方案，请先和他们商量。")
        return redirect("campaigns:scheme_detail", version.pk)
    return redirect("campaigns:draft_detail", draft.pk)


def draft_detail(request, pk):
    """The sections with what is in them and what is still wrong."""
    draft = find_draft(request, pk)
    plan = draft.plan
    wrong = {section.key: len(found) for section, found in problems_by_section(plan)}
    found = counts(plan)
    context = {
        "draft": draft,
        "plan": plan,
        "sections": [(one, found[one.key], wrong.get(one.key, 0)) for one in SECTIONS],
        "wrong": sum(wrong.values()),
        "waiting": [item for item in plan.items() if item.mechanism and not item.enabled],
    }
    return render(request, "campaigns/draft_detail.html", context)


def draft_check(request, pk):
    """The whole plan checked; every message leads to its place."""
    draft = find_draft(request, pk)
    found = [
        (section, [(one, as_place(page_of(draft.document, one.path))) for one in problems])
        for section, problems in problems_by_section(draft.plan)
    ]
    context = {"draft": draft, "found": found, "total": sum(len(ones) for _, ones in found)}
    return render(request, "campaigns/draft_check.html", context)


def draft_preview(request, pk):
    """What each role will be asked to do in a period, and how long that takes."""
    draft = find_draft(request, pk)
    plan = draft.plan
    context = {
        "draft": draft,
        "plan": plan,
        "loads": loads(plan),
        "handwork": busiest_months(plan),
        "citizen": citizen_seconds(plan),
    }
    return render(request, "campaigns/draft_preview.html", context)


def draft_text(request, pk):
    """The whole plan as YAML, for what the forms do not reach."""
    draft = find_draft(request, pk)
    form = SchemeTextForm(
        request.POST or None,
        request.FILES or None,
        initial={"text": as_yaml(draft.plan), "revision": draft.revision},
    )
    if request.method == "POST" and form.is_valid() and _save_text(request, draft, form):
        return redirect("campaigns:draft_text", draft.pk)
    status = 422 if form.errors else 200
    return render(
        request, "campaigns/draft_text.html", {"draft": draft, "form": form}, status=status
    )


def _save_text(request, draft, form):
    """Whether it was stored; else the form says why not."""
    revision = form.cleaned_data["revision"]
    try:
        save_draft(draft, form.document, revision=revision, by=request.user, at=timezone.now())
    except DraftMoved as error:
        form.add_error(None, f"没有保存：{error}请把要改的地方复制下来，重新打开这一页再改。")
        return False
    except SchemeRefusedError as error:
        form.add_error(None, error.problems[0].reason)
        return False
    left = len(form.problems)
    messages.success(request, f"已存入草稿{f'，还有 {left} 处要改，见“检查”' if left else ''}。")
    return True


def draft_download(request, pk):
    draft = find_draft(request, pk)
    return HttpResponse(
        as_yaml(draft.plan),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{draft.slug}-draft.yaml"'},
    )


def draft_publish(request, pk):
    """Draft → new version. Running campaigns stay with theirs until somebody gives them this one."""
    draft = find_draft(request, pk)
    if request.method == "POST":
        try:
            revision = int(request.POST.get("revision", "0") or 0)
            version = publish_draft(draft, revision=revision, by=request.user, at=timezone.now())
        except SchemeRefusedError as error:
            messages.error(request, f"还有 {len(error.problems)} 处要改，没有发布。")
            return redirect("campaigns:draft_check", draft.pk)
        except (DraftRefused, DraftMoved, ValueError) as error:
            messages.error(request, f"没有发布：{error}")
            return redirect("campaigns:draft_publish", draft.pk)
        messages.success(request, f"已发布：{version}。正在开展的活动可以从下一期起改用它。")
        return redirect("campaigns:scheme_detail", version.pk)
    context = {
        "draft": draft,
        "changed": changed_sections(draft),
        "wrong": len(problems_of(draft.plan)),
    }
    return render(request, "campaigns/draft_publish.html", context)


@require_POST
def draft_delete(request, pk):
    draft = find_draft(request, pk)
    drop_draft(draft, by=request.user, at=timezone.now())
    messages.success(request, f"草稿“{draft}”已删除；已发布的版本不受影响。")
    return redirect("campaigns:scheme_list")
