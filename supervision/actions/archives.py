"""The cycle's folder: asked for once at a time, made by a job, kept sealed for two weeks."""

import hashlib
import io

from django.db import transaction

from common import audit, jobs, vault
from common.archive import write_archive
from common.jobs import JobRefused
from supervision.models import Archive
from supervision.permissions import can_make_archive


@transaction.atomic
def request_archive(campaign, *, by, at):
    """The open request, or a new one with its job."""
    job = jobs.request(
        "make_archive",
        key=str(campaign.pk),
        label=f"生成资料包：{campaign.name}"[:120],
        arguments={"campaign": campaign.pk},
        by=by,
        at=at,
    )
    archive, is_new = Archive.objects.get_or_create(
        job=job, defaults={"campaign": campaign, "asked_by": by, "asked_at": at}
    )
    if is_new:
        audit.record("生成资料包", archive, by=by, at=at, path=campaign.organisation.path)
    return archive


def make_archive(archive, *, at, report):
    """Write the file. Safe to run again: whoever is first wins, a second file is thrown away."""
    if archive.made_at is not None:
        return archive
    if not can_make_archive(archive.asked_by, archive.campaign):
        raise JobRefused("您现在没有生成这份资料包的权限。")
    out = io.BytesIO()
    entries = write_archive(
        out, archive.campaign, title=archive.campaign.name, at=at, report=report
    )
    data = out.getvalue()
    name = vault.keep(data)
    mine = Archive.objects.filter(pk=archive.pk, made_at=None).update(
        made_at=at,
        file=name,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        entries=len(entries),
    )
    if not mine:
        vault.drop(name)
    archive.refresh_from_db()
    return archive
