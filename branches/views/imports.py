"""Three steps from a spreadsheet to the records: template, upload, preview; then apply, or undo."""

import hashlib
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import actions, permissions
from branches.excel import listed, uploads
from branches.forms import ColumnsForm, RowFilterForm, UploadForm
from branches.models import Organisation, Upload, scope_paths, under
from common import downloads, vault
from common.downloads import XLSX
from common.jobs import progress
from common.models import Job
from common.paging import page_of
from common.tasks import ring

TEMPLATES = 20  # links on one page
ROWS_A_PAGE = 50
FATES = (
    ("out", "不进"),
    ("warned", "进，有提醒"),
    ("changed", "更新"),
    ("in", "进"),
    ("skipped", "跳过"),
)


def _kinds_for(person):
    """Kinds with a place to import into: an office of one branch has none for organisations."""
    kinds = uploads.all_kinds()
    open_to = {f"takes_{key}": Exists(_scopes(person, kind)) for key, kind in kinds.items()}
    found = Organisation.objects.values(**open_to).first() or {}
    return [kind for key, kind in kinds.items() if found.get(f"takes_{key}")]


def _kind(request, key):
    """The kind, when the person may import such a thing anywhere."""
    if not permissions.can_import(request.user):
        raise PermissionDenied
    kind = uploads.all_kinds().get(key)
    if kind is None:
        raise Http404
    if kind not in _kinds_for(request.user):
        raise PermissionDenied
    return kind


def _scopes(person, kind):
    inside = Organisation.objects.active().filter(under(scope_paths(person, *kind.roles)))
    return inside.filter(kind__in=kind.scopes)


def _mine(request, pk):
    uploads_of = Upload.objects.visible_to(request.user).select_related("organisation", "job", "by")
    return get_object_or_404(uploads_of, pk=pk)


@require_safe
def import_list(request):
    if not permissions.can_import(request.user):
        raise PermissionDenied
    kinds = _kinds_for(request.user)
    mine = Upload.objects.visible_to(request.user).select_related("organisation")
    mine = mine.order_by("-created_at", "-pk")
    if downloads.is_asked(request):
        return downloads.listing(
            request, "导入记录", listed.UPLOADS, map(_labelled, mine.iterator())
        )
    page = page_of(request, mine)
    for upload in page.object_list:
        _labelled(upload)
    return render(request, "branches/import_list.html", {"kinds": kinds, "page": page})


def _labelled(upload):
    kind = uploads.all_kinds().get(upload.kind)
    upload.kind_label = kind.label if kind else upload.kind
    return upload


@require_http_methods(["GET", "HEAD", "POST"])
def import_add(request, kind):
    kind = _kind(request, kind)
    scopes = _scopes(request.user, kind)
    abouts = _abouts(request, kind)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        organisations=scopes,
        abouts=abouts,
        about_label=kind.about_label,
        initial=request.GET.dict(),
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        upload = actions.begin_upload(
            kind=kind.key,
            organisation=form.cleaned_data["organisation"],
            about=form.cleaned_data.get("about", ""),
            file_name=file.name,
            data=data,
            digest=hashlib.sha256(data).hexdigest(),
            by=request.user,
            at=timezone.now(),
        )
        ring(upload.job)
        return redirect("branches:import_detail", upload.pk)
    ready = scopes if abouts is None or abouts else []
    context = {"form": form, "kind": kind, "scopes": ready, "abouts": abouts}
    context["templates"] = _templates(request, kind, abouts)
    return render(request, "branches/import_add.html", context)


def _templates(request, kind, abouts):
    """[(label, query of the template)]: one for each thing when its columns are its own."""
    if kind.fields_about is None or not abouts:
        return [("下载模板", "")]
    asked = request.GET.get("about", "")
    chosen = [one for one in abouts if one[0] == asked] or abouts[:TEMPLATES]
    return [
        ("下载模板" if len(chosen) == 1 else f"模板：{label}", f"?{urlencode({'about': key})}")
        for key, label in chosen
    ]


def _abouts(request, kind):
    """What the person may import for; None when the kind asks for nothing of the sort."""
    return kind.abouts(request.user) if kind.abouts else None


def _about(request, kind, upload):
    return dict(_abouts(request, kind) or ()).get(upload.about, "")


@require_safe
def import_template(request, kind):
    kind = _kind(request, kind)
    scopes = _scopes(request.user, kind)
    wanted = request.GET.get("organisation", "")
    scope = scopes.filter(pk=wanted).first() if wanted.isdecimal() else None
    scope = scope or scopes.first()
    if scope is None:
        raise Http404
    about = request.GET.get("about", "")
    if kind.abouts and about in dict(_abouts(request, kind)):
        return _download(kind.template(scope, about), f"{kind.label}模板.xlsx")
    if kind.abouts and kind.fields_about:  # its columns depend on what the person chooses first
        return redirect("branches:import_add", kind.key)
    return _download(kind.template(scope), f"{kind.label}模板.xlsx")


def _download(data, name):
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@never_cache
@require_safe
def import_detail(request, pk):
    """The page of one upload, whatever its state; htmx asks for it until the work has ended."""
    upload = _mine(request, pk)
    if request.htmx and not upload.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    kind = uploads.kind_of(upload)
    context = {"upload": upload, "kind": kind, "step": 3, "about": _about(request, kind, upload)}
    if upload.is_under_way:
        context["job"] = progress(upload.job) if upload.job else None
        context["is_stuck"] = upload.job is None or upload.job.state == Job.State.FAILED
        part = "branches/_import_progress.html" if request.htmx else "branches/import_wait.html"
        return render(request, part, context)
    if upload.state in {Upload.State.APPLIED, Upload.State.UNDONE, Upload.State.EXPIRED}:
        context["can_undo"] = _can_undo(upload)
        return render(request, "branches/import_done.html", context)
    return render(request, "branches/import_detail.html", context | _preview(request, upload))


def _can_undo(upload):
    return upload.state == Upload.State.APPLIED and bool(upload.undo_sealed)


def _preview(request, upload):
    try:
        preview = uploads.load_preview(upload)
    except vault.Gone:
        preview = {"rows": [], "columns": [], "notices": []}
    rows = preview["rows"]
    sheets = list(dict.fromkeys(row["sheet"] for row in rows))
    label = "姓名" if upload.kind == "roster" else "名称"
    form = RowFilterForm(request.GET or None, sheets=sheets, label=label)
    tabs = [(key, word, _count(upload, key)) for key, word in FATES]
    fate = request.GET.get("fate", "")
    if fate not in dict(FATES):
        fate = next((key for key, _, count in tabs if count), "in")
    shown = _filtered(rows, fate, form)
    labels = uploads.kind_of(upload).fields_of(upload)
    for column in preview["columns"]:
        column["meaning"] = labels.get(column["field"], "")
    return {
        "tabs": tabs,
        "fate": fate,
        "form": form,
        "page": Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "columns": preview["columns"],
        "unknown": [column for column in preview["columns"] if not column["meaning"]],
        "notices": preview["notices"],
        "can_apply": upload.state == Upload.State.READY,
        "token": actions.token_of(upload, request.user),
        "applied_before": _applied_before(upload),
    }


def _count(upload, key):
    return upload.counts.get(key, 0)


def _filtered(rows, fate, form):
    chosen = form.cleaned_data if form.is_valid() else {}
    name, sheet = chosen.get("q", "").strip(), chosen.get("sheet", "")

    def fits(row):
        in_tab = row["action"] == "changed" if fate == "changed" else row["fate"] == fate
        return in_tab and name in row["name"] and sheet in ("", row["sheet"])

    return [row for row in rows if fits(row)]


def _applied_before(upload):
    same = Upload.objects.filter(
        digest=upload.digest, organisation=upload.organisation, state=Upload.State.APPLIED
    )
    return same.order_by("-applied_at").first()


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    """What each heading means: corrected once, remembered for this organisation."""
    upload = _mine(request, pk)
    if upload.state not in {Upload.State.READY, Upload.State.REFUSED}:
        return redirect("branches:import_detail", pk)
    try:
        columns = uploads.load_preview(upload)["columns"]
    except vault.Gone:
        columns = []
    kind = uploads.kind_of(upload)
    form = ColumnsForm(request.POST or None, columns=columns, fields=kind.fields_of(upload))
    if request.method == "POST" and form.is_valid():
        try:
            upload = actions.correct_columns(
                upload, meanings=form.corrected(), by=request.user, at=timezone.now()
            )
        except actions.UploadMoved as moved:
            messages.error(request, str(moved))
        else:
            ring(upload.job)
        return redirect("branches:import_detail", pk)
    context = {"upload": upload, "kind": kind, "form": form}
    return render(request, "branches/import_columns.html", context)


@require_safe
def import_errors(request, pk):
    """The refused rows with their reasons: put right and upload again."""
    upload = _mine(request, pk)
    try:
        return _download(vault.fetch(upload.corrections), f"需要改正的行-{upload.digest[:6]}.xlsx")
    except vault.Gone as gone:
        raise Http404 from gone


@require_POST
def import_apply(request, pk):
    upload = _mine(request, pk)
    if not uploads.kind_of(upload).may_import(request.user, upload.organisation, upload.about):
        raise PermissionDenied
    try:
        upload = actions.start_apply(
            upload, token=request.POST.get("token", ""), by=request.user, at=timezone.now()
        )
    except actions.TokenRefused as refused:
        raise PermissionDenied from refused
    except actions.UploadMoved as moved:
        messages.info(request, str(moved))
    else:
        ring(upload.job)
    return redirect("branches:import_detail", pk)


@require_POST
def import_undo(request, pk):
    upload = _mine(request, pk)
    if not uploads.kind_of(upload).may_import(request.user, upload.organisation, upload.about):
        raise PermissionDenied
    try:
        actions.undo_upload(upload, by=request.user, at=timezone.now())
    except (actions.UndoRefused, actions.UploadMoved) as refusal:
        messages.error(request, f"不能撤销：{refusal}")
    else:
        messages.success(request, "已撤销，系统中的资料和导入以前一样。")
    return redirect("branches:import_detail", pk)


@require_POST
def import_discard(request, pk):
    upload = _mine(request, pk)
    try:
        actions.discard_upload(upload, at=timezone.now())
    except actions.UploadMoved as moved:
        messages.error(request, str(moved))
        return redirect("branches:import_detail", pk)
    messages.success(request, "已放弃，上传的文件已删除。")
    return redirect("branches:import_list")
