from django.db import models
from django.db.models import F, Q

from branches.models import Person, Window, under, visible_paths


class KioskQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "window__organisation__path"))


class Kiosk(models.Model):
    """A tablet at a window (电子测评器): a token of its own, service hours, a pause between two ratings (C8)."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="kiosks")
    name = models.CharField("设备名称", max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    opens_at = models.TimeField("开始服务")
    closes_at = models.TimeField("结束服务")
    pause_seconds = models.PositiveSmallIntegerField("两次评价至少隔几秒", default=20)
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_active = models.BooleanField("启用", default=True)

    objects = KioskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评价器"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="kiosk_hours",
                violation_error_message="结束服务要晚于开始服务。",
            )
        ]

    def __str__(self):
        return self.name

    def serves(self, moment):
        return self.is_active and self.opens_at <= moment.time() < self.closes_at
