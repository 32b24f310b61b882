"""Uploads in tests: the job runs here and now, the child that opens the file is the real one."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from branches import actions
from branches.excel.uploads import load_preview
from branches.models import Upload
from common import jobs
from tests.excel.books import id_number, roster_bytes
from tests.factories.branches import moment

HEADING = ["姓名", "公民身份号码", "人员类别", "加入党组织日期", "所属党支部", "手机号"]
LIN = id_number("19871120", 2)
TAN = id_number("19900503", 1)


def row(name, number, branch, phone="13900000001", category="正式党员"):
    return [name, number, category, "2011-07-01", branch, phone]


def two_people(world):
    return roster_bytes(
        HEADING, [row("林小满", LIN, world.north.name), row("谭一", TAN, world.north.name)]
    )


def begin(world, data, *, by, kind="roster", organisation=None, about=""):
    from django.utils import timezone  # noqa: PLC0415

    return actions.begin_upload(
        kind=kind,
        organisation=organisation or world.north,
        about=about,
        file_name="名册.xlsx",
        data=data,
        digest=hashlib.sha256(data).hexdigest(),
        by=by,
        at=timezone.now(),
    )


def read(upload):
    """The upload after its job has run."""
    upload.refresh_from_db()
    assert jobs.run(upload.job_id)
    return Upload.objects.get(pk=upload.pk)


def previewed(world, data, **keywords):
    return read(begin(world, data, **keywords))


def rows_of(upload):
    """The rows of the preview, as the page has them."""
    return load_preview(upload)["rows"]


def applied(upload, by):
    from django.utils import timezone  # noqa: PLC0415

    token = actions.token_of(upload, by)
    return read(actions.start_apply(upload, token=token, by=by, at=timezone.now()))


def sent(data, organisation, name="名册.xlsx"):
    return {"file": SimpleUploadedFile(name, data), "organisation": organisation.pk}


def page(client, upload, query=""):
    return client.get(reverse("branches:import_detail", args=[upload.pk]) + query)


AT = moment()
