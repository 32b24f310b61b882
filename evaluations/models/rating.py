"""Public ratings: counts only, no identity, no time finer than the day; comments no finer than the week."""

from django.db import models

from branches.models import Person, Window
from campaigns.models import Campaign


class RatingCount(models.Model):
    """How many gave this level on this day through this channel; one atomic upsert per answer."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rating_counts")
    window = models.ForeignKey(Window, models.PROTECT, related_name="rating_counts")
    day = models.DateField("日期")
    channel = models.CharField("渠道", max_length=50, help_text="方案里渠道的代号")
    question = models.CharField("问题", max_length=50)
    level = models.CharField("档次", max_length=50)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "群众评价计数"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "window", "day", "channel", "question", "level"],
                name="rating_count_unique",
            )
        ]

    def __str__(self):
        return f"{self.window_id} {self.day} {self.level} {self.count}"


class RatingHour(models.Model):
    """How many forms came in within an hour: no levels, for the flags of those who inspect only (C7)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    hour = models.PositiveSmallIntegerField("钟点")
    channel = models.CharField("渠道", max_length=50)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "群众评价每小时的票数"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "window", "day", "hour", "channel"], name="rating_hour_unique"
            )
        ]

    def __str__(self):
        return f"{self.window_id} {self.day} {self.hour}"


class RatingNonce(models.Model):
    """A form that was sent in: the same form counts once, whoever presses twice or replays it (C2)."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.DateField()

    class Meta:
        verbose_name = verbose_name_plural = "已用评价表"

    def __str__(self):
        return self.digest[:8]


class Ticket(models.Model):
    """A one-time code handed out with a visit: the verified channel (C6, C9). No link to the answer.

    Only the keyed hash of the code is kept; the code itself is on the paper.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    window = models.ForeignKey(Window, models.PROTECT, related_name="tickets")
    issued_on = models.DateField("发出日期")
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_used = models.BooleanField("已用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "办件码"
        indexes = [models.Index(fields=["window", "is_used"], name="ticket_window")]

    def __str__(self):
        return self.digest[:8]
