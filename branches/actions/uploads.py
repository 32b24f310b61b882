"""The life of an uploaded spreadsheet: read, previewed, applied, taken back, forgotten."""

from django.core import signing
from django.db import transaction
from django.urls import reverse

from branches.actions.undo import Undo, UndoRefused, take_back
from branches.models import ImportMapping, Organisation, Upload
from common import audit, jobs, locks, notices, vault

SALT = "branches.uploads"
READ, APPLY = "read_upload", "apply_upload"
MOVED = "预览之后系统中的资料有变动，已重新核对，请再看一遍预览。"


class UploadMoved(Exception):
    """The upload is no longer where the person saw it; the text says where it is."""


class TokenRefused(Exception):
    """The token of another preview, person or file."""


@transaction.atomic
def begin_upload(*, kind, organisation, file_name, data, digest, by, at, about=""):  # noqa: PLR0913 (a file and whose)
    """Put the file away and ask for it to be read. The view rings the bell of `upload.job`."""
    upload = Upload.objects.create(
        kind=kind,
        organisation=organisation,
        about=about,
        by=by,
        file_name=file_name[-120:],
        digest=digest,
        file=vault.keep(data),
        meanings=remembered(kind, organisation),
        created_at=at,
        expires_at=at + Upload.LIFE,
    )
    return _ask(upload, READ, "读取导入文件", by=by, at=at)


def remembered(kind, organisation):
    """What headings mean here, as corrected in this organisation or above it; the nearest counts."""
    step = Organisation.steplen
    path = organisation.path
    above = [path[:end] for end in range(step, len(path) + step, step)]
    mappings = ImportMapping.objects.filter(kind=kind, organisation__path__in=above)
    rows = mappings.order_by("organisation__depth").values_list("heading", "field")
    return {heading: name or None for heading, name in rows}


def _ask(upload, job_kind, label, *, by, at):
    upload.job = jobs.request(
        job_kind,
        key=f"{upload.pk}:{at.timestamp()}",  # the job before may not have noted its end yet
        label=label,
        arguments={"upload": str(upload.pk)},
        by=by,
        at=at,
    )
    upload.save(update_fields=["job"])
    return upload


@transaction.atomic
def correct_columns(upload, *, meanings, by, at):
    """Remember what the headings mean and read the file again."""
    upload = _locked(upload, Upload.State.READY, Upload.State.REFUSED)
    for heading, name in meanings.items():
        ImportMapping.objects.update_or_create(
            organisation=upload.organisation,
            kind=upload.kind,
            heading=heading[:60],
            defaults={"field": name or ""},
        )
    upload.meanings = {**upload.meanings, **meanings}
    upload.state, upload.message, upload.fingerprint = Upload.State.READING, "", ""
    upload.save(update_fields=["meanings", "state", "message", "fingerprint"])
    return _ask(upload, READ, "读取导入文件", by=by, at=at)


def _locked(upload, *states):
    upload = Upload.objects.select_for_update().select_related("organisation").get(pk=upload.pk)
    if upload.state not in states:
        raise UploadMoved(f"{upload.file_name}：{upload.get_state_display()}。")
    return upload


@transaction.atomic
def keep_preview(upload, preview, *, packed):
    """READING → READY, or REFUSED when nothing can go in. `packed` is what is put away sealed."""
    upload = _locked(upload, Upload.State.READING)
    old = (upload.preview, upload.corrections)
    upload.preview = vault.keep(packed)
    upload.corrections = vault.keep(preview.corrections) if preview.corrections else ""
    upload.fingerprint, upload.counts = preview.fingerprint, preview.counts
    going_in = preview.counts["added"] + preview.counts["changed"]
    upload.state = Upload.State.READY if going_in else Upload.State.REFUSED
    if not going_in:
        upload.message = preview.file_error or (
            "都已经在系统中，没有要导入的内容。"
            if preview.counts["unchanged"]
            else "没有一行可以导入，请看每一行的原因。"
        )
    upload.save()
    transaction.on_commit(lambda: vault.drop(*old))
    return upload


@transaction.atomic
def refuse_upload(upload, *, message):
    upload = _locked(upload, Upload.State.READING, Upload.State.APPLYING)
    upload.state, upload.message = Upload.State.REFUSED, message[:300]
    upload.save(update_fields=["state", "message"])


def token_of(upload, person):
    """Binds the apply button to this person, this file and this preview of it (F18)."""
    content = [str(upload.pk), person.pk, upload.digest, upload.fingerprint]
    return signing.Signer(salt=SALT).sign_object(content)


@transaction.atomic
def start_apply(upload, *, token, by, at):
    """READY → APPLYING, once; the job writes exactly what this token's preview showed."""
    try:
        pk, person, digest, fingerprint = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise TokenRefused from error
    if (pk, person, digest) != (str(upload.pk), by.pk, upload.digest):
        raise TokenRefused
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.state in {Upload.State.APPLIED, Upload.State.APPLYING}:
        raise UploadMoved("已导入，不会重复导入。")
    if upload.state != Upload.State.READY or fingerprint != upload.fingerprint:
        raise UploadMoved("预览已经更新，请看过新的预览再导入。")
    upload.state = Upload.State.APPLYING
    upload.save(update_fields=["state"])
    return _ask(upload, APPLY, "导入", by=by, at=at)


@transaction.atomic
def finish_apply(upload, write, *, at):
    """Run `write()` and note what it did, in one transaction; a second run finds it done."""
    upload = _locked(upload, Upload.State.APPLYING)
    counts, undo = write()
    upload.counts = {**upload.counts, **counts}
    upload.state, upload.applied_at = Upload.State.APPLIED, at
    upload.undo_sealed = vault.seal(undo.as_bytes())
    upload.message = ""
    upload.save()
    notices.post(
        [upload.by],
        event=f"import:{upload.pk}",
        title=f"已导入：新增 {counts['added']}，更新 {counts['changed']}",
        url=reverse("branches:import_detail", args=[upload.pk]),
        at=at,
    )
    return upload


@transaction.atomic
def look_again(upload, *, at):
    """The records moved since the preview: nothing was written, the file is read anew."""
    upload = _locked(upload, Upload.State.APPLYING)
    upload.state, upload.message, upload.fingerprint = Upload.State.READING, MOVED, ""
    upload.save(update_fields=["state", "message", "fingerprint"])


@transaction.atomic
def undo_upload(upload, *, by, at):
    """Take the import back whole, or UndoRefused says what stands on it."""
    locks.hold("usernames")
    locks.hold("organisation-tree")
    upload = _locked(upload, Upload.State.APPLIED)
    if not upload.undo_sealed or at > upload.applied_at + Upload.UNDO_LIFE:
        raise UndoRefused(f"导入已超过 {Upload.UNDO_LIFE.days} 天，不能撤销。")
    take_back(Undo.from_bytes(vault.unseal(upload.undo_sealed)))
    upload.state, upload.undo_sealed = Upload.State.UNDONE, None
    upload.save(update_fields=["state", "undo_sealed"])
    path = upload.organisation.path
    detail = {"digest": upload.digest, "kind": upload.kind}
    audit.record("撤销导入", by=by, at=at, path=path, detail=detail)


@transaction.atomic
def discard_upload(upload, *, at):
    """The person does not want it: the file goes at once."""
    upload = _locked(upload, Upload.State.READY, Upload.State.REFUSED, Upload.State.READING)
    _forget([upload], at=at)


def drop_expired_uploads(*, at):
    """The sweeper's step: files past their day go, and so does what an undo would need."""
    left = Upload.objects.filter(expires_at__lte=at).exclude(file="", preview="")
    uploads = list(left.exclude(state=Upload.State.APPLYING)[:200])
    with transaction.atomic():
        _forget(uploads, at=at)
        Upload.objects.filter(applied_at__lte=at - Upload.UNDO_LIFE).exclude(
            undo_sealed=None
        ).update(undo_sealed=None)
    return len(uploads) + vault.drop_old()


def _forget(uploads, *, at):
    names = [name for each in uploads for name in (each.file, each.preview, each.corrections)]
    for upload in uploads:
        upload.file = upload.preview = upload.corrections = ""
        upload.expires_at = min(upload.expires_at, at)
        if upload.state not in {Upload.State.APPLIED, Upload.State.UNDONE}:
            upload.state = Upload.State.EXPIRED
        upload.save()
    transaction.on_commit(lambda: vault.drop(*names))
