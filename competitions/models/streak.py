from django.db import models
from django.db.models import Q

from branches.models import Person
from campaigns.models import Campaign
from competitions.models.about import About, InsideQuerySet, one_subject


class Streak(About):
    """Work without an error, counted in the open (B07). `count` runs since the last reset."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="streaks")
    item = models.CharField("方案中的项目", max_length=40)
    subject_key = models.CharField(max_length=40)
    count = models.PositiveIntegerField("现在连续", default=0)
    best = models.PositiveIntegerField("最长连续", default=0)
    taps = models.PositiveIntegerField("登记次数", default=0)
    last_on = models.DateField("最近一班", null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "连续无差错"
        constraints = [
            one_subject("streak_one_subject"),
            models.UniqueConstraint(
                fields=["campaign", "item", "subject_key"], name="streak_once_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(best__gte=models.F("count")), name="streak_best_is_most"
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.count}"


class Shift(models.Model):
    """A tap: some shifts without an error, or the error that began the count anew, with its reason."""

    streak = models.ForeignKey(Streak, models.CASCADE, related_name="shifts")
    number = models.PositiveIntegerField("第几次登记")
    worked_on = models.DateField("日期")
    clean = models.PositiveSmallIntegerField("无错班次", default=1)
    reason = models.CharField("差错和原因", max_length=200, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "班次"
        constraints = [
            models.UniqueConstraint(fields=["streak", "number"], name="shift_number_once"),
            models.CheckConstraint(  # a reset says why
                condition=Q(clean__gt=0, reason="") | (Q(clean=0) & ~Q(reason="")),
                name="shift_clean_or_reasoned",
            ),
        ]

    def __str__(self):
        return f"{self.worked_on} {self.clean}"


class Milestone(models.Model):
    """A threshold of the scheme that was reached, with its own name and certificate."""

    streak = models.ForeignKey(Streak, models.CASCADE, related_name="milestones")
    threshold = models.PositiveIntegerField("达到")
    name = models.CharField("称号", max_length=60)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="milestones")
    reached_on = models.DateField("达到日期")

    class Meta:
        verbose_name = verbose_name_plural = "达标"
        constraints = [
            models.UniqueConstraint(fields=["shift", "threshold"], name="milestone_once")
        ]

    def __str__(self):
        return self.name
