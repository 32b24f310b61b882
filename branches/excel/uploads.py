"""Reads and applies uploads. The file is opened in the limited child, in a worker, not in the web."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from branches.actions import uploads as actions
from branches.actions.roster_plan import PlanMoved
from branches.excel import branch_kinds
from branches.excel.kinds import KINDS, ImportKind
from branches.excel.preview import Preview
from branches.models import Person, Upload
from common import vault
from common.excel.reading import read_workbook
from common.excel.workbook import UnreadableWorkbook

FIRST = branch_kinds.ROSTER
NO_RIGHT = "您现在没有在这个范围导入的权限。"
GONE = "文件已经过期清除，请重新上传。"
Report = Callable[[int, int, str], None]


def all_kinds() -> dict[str, ImportKind]:
    """Our own and those of higher apps, which register in their `excel` modules."""
    autodiscover_modules("excel")
    return KINDS


def kind_of(upload: Upload) -> ImportKind:
    return all_kinds()[upload.kind]


def read_upload(upload: Upload, *, at: datetime, report: Report) -> None:
    """READING → READY or REFUSED. Safe to run again."""
    if upload.state != Upload.State.READING:
        return
    kind = kind_of(upload)
    if not kind.may_import(_fresh(upload.by), upload.organisation, upload.about):
        actions.refuse_upload(upload, message=NO_RIGHT)
        return
    report(1, 3, "正在打开文件")
    try:
        workbook = read_workbook(vault.fetch(upload.file))
    except (UnreadableWorkbook, vault.Gone) as refused:
        actions.refuse_upload(upload, message=str(refused) or GONE)
        return
    report(2, 3, "正在逐行核对")
    preview = kind.preview(
        workbook,
        today=timezone.localdate(at),
        meanings=upload.meanings,
        **kind.given(upload),
    )
    actions.keep_preview(upload, preview, packed=_packed(preview))


def apply_upload(upload: Upload, *, at: datetime, report: Report) -> None:
    """Write exactly what was previewed, in one transaction; or look again when the records moved."""
    if upload.state != Upload.State.APPLYING:
        return
    kind, by = kind_of(upload), _fresh(upload.by)
    if not kind.may_import(by, upload.organisation, upload.about):
        actions.refuse_upload(upload, message=NO_RIGHT)
        return
    report(1, 3, "正在写入")
    try:
        data = load_preview(upload)["data"]
        actions.finish_apply(upload, lambda: _write(kind, upload, data, by=by, at=at), at=at)
    except vault.Gone:
        actions.refuse_upload(upload, message=GONE)
    except PlanMoved:
        actions.look_again(upload, at=at)
        upload.refresh_from_db()
        read_upload(upload, at=at, report=report)


def _write(kind: ImportKind, upload: Upload, data: list, *, by: Person, at: datetime) -> Any:
    return kind.write(
        data,
        digest=upload.digest,
        by=by,
        at=at,
        expected=upload.fingerprint,
        **kind.given(upload),
    )


def _fresh(person: Person) -> Person:
    """Rights are kept on the object: asked anew when the work runs (A12)."""
    return Person.objects.get(pk=person.pk)


def _packed(preview: Preview) -> bytes:
    content = {**preview.shown(), "data": preview.data}
    return zlib.compress(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False).encode(), 1)


def load_preview(upload: Upload) -> dict[str, Any]:
    """Rows, columns, notices and data; vault.Gone when the file has expired."""
    return json.loads(zlib.decompress(vault.fetch(upload.preview)))
