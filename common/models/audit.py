from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """Who did what to which object. Rows form a hash chain; nothing of a ballot is ever in here."""

    number = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verb = models.CharField("动作", max_length=60)
    object_type = models.CharField("对象类型", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=64, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    organisation_path = models.CharField("组织路径", max_length=255, blank=True)
    detail = models.JSONField("内容", default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "留痕"
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self):
        return f"{self.number} {self.verb} {self.object_label}"
