"""Orders of printed things, and what became of them."""

import secrets
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from common import audit, locks
from pledges import queries
from pledges.actions.appearances import note_appearances
from pledges.models import Appearance, PrintBatch, PrintRecord

MOST = 400  # things in one file
KEPT = timedelta(days=30)


class PrintsMoved(Exception):
    """Another batch of the same things was finished meanwhile; the job simply runs again."""


class PrintsRefused(Exception):
    """The text is Chinese and says what to choose instead."""


@transaction.atomic
def order_prints(*, kind, layout, organisation, subjects, by, at, campaign=None):  # noqa: PLR0913 (an order is all of this)
    """The row that a job works off; nothing is printed yet."""
    if not subjects:
        raise PrintsRefused("没有选中要印的，请先勾选。")
    if len(subjects) > MOST:
        raise PrintsRefused(f"一次最多印 {MOST} 张，请分批。")
    batch = PrintBatch.objects.create(
        kind=kind,
        layout=layout,
        organisation=organisation,
        campaign=campaign,
        subjects=subjects,
        requested_by=by,
        requested_at=at,
    )
    detail = {"种类": batch.get_kind_display(), "份数": len(subjects)}
    audit.record("印制牌证", batch, by=by, at=at, path=organisation.path, detail=detail)
    return batch


@transaction.atomic
def finish_prints(batch, *, faces, versions, content, shortened, at):  # noqa: PLR0913 (what was made)
    """Keeps the file, one record a thing, and where pledges now hang."""
    locks.hold("prints")
    batch = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.made_at:
        return batch
    if queries.versions_for(faces, batch.campaign_id) != versions:
        raise PrintsMoved
    batch.file.save(f"{secrets.token_hex(16)}.pdf", ContentFile(content), save=False)
    batch.made_at, batch.shortened = at, list(dict.fromkeys(shortened))[:20]
    batch.save(update_fields=["file", "made_at", "shortened"])
    PrintRecord.objects.bulk_create(
        [_record(batch, face, versions[face.subject], at) for face in faces]
    )
    for face in faces:
        note_appearances(
            [pledge for pledge, *_ in face.facts.get("pledges", ())],
            channel=Appearance.Channel.PRINT,
            place=f"{face.title}{batch.get_kind_display()}",
            at=at,
        )
    return batch


def _record(batch, face, version, at):
    return PrintRecord(
        batch=batch,
        kind=batch.kind,
        subject=face.subject,
        person_id=face.person_id,
        window_id=face.window_id,
        version=version,
        digest=face.digest,
        photos_of=list(face.photos_of),
        printed_at=at,
    )


def address_of(batch):
    return reverse("pledges:print_batch", args=[batch.pk])


def drop_print_file(batch):
    """The file goes, the records of what was printed stay."""
    if batch.file:
        batch.file.delete(save=False)
        PrintBatch.objects.filter(pk=batch.pk).update(file="")


def drop_old_print_files(*, at):
    """The sweeper's step: files are for printing now, not an archive of photos."""
    old = PrintBatch.objects.filter(made_at__lt=at - KEPT).exclude(file="").order_by("pk")[:50]
    for batch in old:
        drop_print_file(batch)
    return len(old)
