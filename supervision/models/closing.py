from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, scope_paths, under, visible_paths
from branches.models.scope import SEEING_ROLES
from campaigns.models import Period


class Closing(models.Model):
    """One settlement of a period. Unique per version, so that two workers close once (T5)."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="closings")
    version = models.PositiveSmallIntegerField("版次", default=1)
    closed_at = models.DateTimeField("结算时间")
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("重开原因", max_length=200, blank=True)
    digest = models.CharField("结果摘要", max_length=64)
    figures = models.JSONField("汇总", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "周期结算"
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="closing_version_unique"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="closing_reopened_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.period} 第 {self.version} 版"


class ScorecardQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own card, the cards of windows and branches one may look into, people's only by role."""
        paths = visible_paths(person)
        return self.filter(
            Q(person=person)
            | (Q(person=None) & under(paths, "organisation__path"))
            | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        )

    def latest(self):
        return self.filter(is_latest=True)


class Scorecard(models.Model):
    """A subject's result of a period. `inputs` is all that the recipe got; the explanation is made when opened."""

    class Subject(models.TextChoices):
        PERSON = "person", "个人"
        WINDOW = "window", "窗口"
        BRANCH = "branch", "支部"

    # no index of their own where another one begins with the same column: each costs the close
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="scorecards", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="scorecards", db_index=False)
    is_latest = models.BooleanField(default=True)
    subject = models.CharField("对象", max_length=10, choices=Subject)
    subject_id = models.PositiveBigIntegerField()
    subject_name = models.CharField("名称", max_length=120)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="scorecards"
    )
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="scorecards", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="scorecards",
        verbose_name="所在（或本）组织",
        db_index=False,
    )
    group = models.CharField("同类组", max_length=60, blank=True)
    unit_type = models.CharField("单位类型", max_length=40, blank=True)
    inputs = models.JSONField("计分依据", default=dict)
    score = models.DecimalField("得分", max_digits=12, decimal_places=6, null=True, blank=True)
    shown = models.CharField("显示分", max_length=20, blank=True)
    band = models.CharField("等次", max_length=40, blank=True)
    rank = models.PositiveIntegerField("同类名次", null=True, blank=True)
    group_size = models.PositiveIntegerField("同类数", default=0)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "得分卡"
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "subject", "subject_id"], name="scorecard_once_per_subject"
            )
        ]
        indexes = [
            models.Index(fields=["period", "subject", "organisation"], name="scorecard_list"),
            models.Index(fields=["subject", "subject_id"], name="scorecard_subject"),
        ]

    def __str__(self):
        return f"{self.subject_name} {self.shown}"
