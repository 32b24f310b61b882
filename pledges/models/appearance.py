from django.db import models
from django.db.models import F, Q

from pledges.models.pledge import Pledge


class Appearance(models.Model):
    """Where a pledge was shown to the public, by which channel, first and last (L17)."""

    class Channel(models.TextChoices):
        WEB = "web", "网页"
        SCREEN = "screen", "大屏"
        PRINT = "print", "印制"

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="appearances")
    channel = models.CharField("渠道", max_length=10, choices=Channel)
    place = models.CharField("地点", max_length=160)
    first_at = models.DateTimeField("首次")
    last_at = models.DateTimeField("最近")

    class Meta:
        verbose_name = verbose_name_plural = "承诺公开记录"
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "channel", "place"], name="appearance_once_per_place"
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("first_at")), name="appearance_last_after_first"
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} · {self.place}"
