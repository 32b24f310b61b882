"""Jobs of branches. common.jobs runs them; each is safe to run twice."""

from django.urls import reverse
from django.utils import timezone

from branches.excel import uploads
from branches.models import Upload
from common.jobs import job


@job("read_upload")
def read_upload_job(task, report):
    upload = _upload(task)
    uploads.read_upload(upload, at=timezone.now(), report=report)
    return {"url": reverse("branches:import_detail", args=[upload.pk])}


@job("apply_upload")
def apply_upload_job(task, report):
    upload = _upload(task)
    uploads.apply_upload(upload, at=timezone.now(), report=report)
    return {"url": reverse("branches:import_detail", args=[upload.pk])}


def _upload(task):
    return Upload.objects.select_related("organisation", "by").get(pk=task.arguments["upload"])
