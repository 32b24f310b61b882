import uuid
from datetime import timedelta

from django.db import models

from branches.models.organisation import Organisation
from branches.models.person import Person
from common.models import Job


class UploadQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own: a preview shows telephone numbers of people one keeps."""
        return self.filter(by=person)


class Upload(models.Model):
    """A spreadsheet on its way in. The file itself lies sealed under a random name until it expires."""

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        READY = "ready", "待确认"
        REFUSED = "refused", "不能导入"
        APPLYING = "applying", "正在导入"
        APPLIED = "applied", "已导入"
        UNDONE = "undone", "已撤销导入"
        EXPIRED = "expired", "已过期"

    LIFE = timedelta(hours=24)
    UNDO_LIFE = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("导入什么", max_length=30)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="导入范围"
    )
    about = models.CharField("关于哪一项", max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="uploads", verbose_name="上传人")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.READING)
    file_name = models.CharField("文件名", max_length=120)
    digest = models.CharField("文件摘要", max_length=64)
    file = models.CharField("原文件", max_length=64, blank=True)
    preview = models.CharField("预览", max_length=64, blank=True)
    corrections = models.CharField("错误表", max_length=64, blank=True)
    fingerprint = models.CharField("预览摘要", max_length=64, blank=True)
    meanings = models.JSONField("列的含义", default=dict, blank=True)
    counts = models.JSONField("行数", default=dict, blank=True)
    message = models.CharField("说明", max_length=300, blank=True)
    undo_sealed = models.BinaryField("撤销所需", null=True, blank=True)
    created_at = models.DateTimeField("上传时间")
    expires_at = models.DateTimeField("保留至")
    applied_at = models.DateTimeField("导入时间", null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        indexes = [models.Index(fields=["by", "created_at"], name="upload_of_person")]

    def __str__(self):
        return f"{self.file_name} {self.get_state_display()}"

    @property
    def is_under_way(self):
        return self.state in {Upload.State.READING, Upload.State.APPLYING}


class ImportMapping(models.Model):
    """What a column heading means in the files of an organisation, as somebody corrected it once."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="import_mappings", verbose_name="组织"
    )
    kind = models.CharField("导入什么", max_length=30)
    heading = models.CharField("表头", max_length=60)
    field = models.CharField("含义", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "列的含义"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "heading"], name="import_mapping_once"
            )
        ]

    def __str__(self):
        return f"{self.heading} → {self.field or '不导入'}"
