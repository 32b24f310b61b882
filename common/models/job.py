import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def due(self, *, at):
        """Jobs that nobody is working on: never started, or whose lease ran out."""
        return self.filter(
            Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=at)
        )

    def visible_to(self, person):
        """One's own jobs; their files and messages may speak of what only the asker may see."""
        return self.filter(requested_by=person)


class Job(models.Model):
    """One piece of long work. The row is the truth, a Celery message only a hint (design §3).

    `kind` names the function that does it, `arguments` holds ids and plain words only:
    never a ballot, a name or a comment.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "未完成"

    LEASE = timedelta(seconds=60)
    MAX_ATTEMPTS = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    key = models.CharField(
        "唯一键", max_length=120, help_text="同一件事只有一份：未完成的同键任务不会再建。"
    )
    label = models.CharField("说明", max_length=120)
    arguments = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    lease_until = models.DateTimeField("租约至", null=True, blank=True)
    done_steps = models.PositiveIntegerField("已完成步数", default=0)
    total_steps = models.PositiveIntegerField("总步数", default=0)
    message = models.CharField("进度说明", max_length=300, blank=True)
    result = models.JSONField("结果", default=dict)
    result_url = models.CharField("结果地址", max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("提出时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_one_open_per_key",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="job_finished_at_agrees",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_due")]

    def __str__(self):
        return f"{self.label} {self.get_state_display()}"

    @property
    def percent(self):
        """Whole percent done, 0 while the size is unknown."""
        return self.done_steps * 100 // self.total_steps if self.total_steps else 0

    @property
    def is_open(self):
        return self.state in {Job.State.WAITING, Job.State.RUNNING}
