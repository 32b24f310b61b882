from django.conf import settings
from django.db import models


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(recipient=person)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A message in somebody's inbox, each (event, recipient, step) once; also the mail outbox.

    A row is inserted in the transaction of its cause; a sweeper sends what `mailed_at` says
    is still waiting, so nothing is sent twice and nothing is lost (reliability D11).
    """

    recipient = models.ForeignKey(  # `notice_inbox` begins with it
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="notices",
        verbose_name="收件人",
        db_index=False,
    )
    event = models.CharField("事由", max_length=120)
    step = models.PositiveSmallIntegerField("第几次", default=0)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True)
    url = models.CharField("去处", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    mail_after = models.DateTimeField("何时起可发邮件", null=True, blank=True)
    mailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField("发送次数", default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "step"], name="notice_once_per_event_person_step"
            )
        ]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_inbox")]

    def __str__(self):
        return f"{self.title} → {self.recipient_id}"


class Heartbeat(models.Model):
    """When a recurring helper (beat, worker, sweeper) was last seen."""

    name = models.CharField("名称", max_length=40, primary_key=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "心跳"

    def __str__(self):
        return f"{self.name} {self.at}"
