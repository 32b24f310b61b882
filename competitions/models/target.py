from django.db import models
from django.db.models import F, Q

from branches.models import Person
from campaigns.models import Campaign, Period
from competitions.models.about import About, InsideQuerySet, one_subject


class Target(About):
    """Something to attain: standard, measure, evidence; declared, verified, decided by others (C01 to C11)."""

    class State(models.TextChoices):
        AIMED = "aimed", "争创中"
        DECLARED = "declared", "已申报"
        VERIFIED = "verified", "已核验"
        MET = "met", "已达到"
        UNMET = "unmet", "未达到"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets")
    period = models.ForeignKey(Period, models.PROTECT, related_name="targets")
    item = models.CharField("方案中的项目", max_length=40)
    name = models.CharField("争创目标", max_length=100)
    standard = models.TextField("标准", max_length=1000)
    measure = models.CharField("怎么量", max_length=300)
    goal_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="member_goals",
        verbose_name="所属组织目标",
    )
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, choices=State, default=State.AIMED)
    evidence = models.TextField("佐证", max_length=2000, blank=True)
    criteria_met = models.JSONField("逐条对照", default=list, blank=True)
    aimed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    aimed_at = models.DateTimeField("提出时间")
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField("申报时间", null=True, blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    verify_note = models.CharField("核验意见", max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("认定时间", null=True, blank=True)
    verdict_note = models.CharField("认定意见", max_length=500, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "创建目标"
        constraints = [
            one_subject("target_one_subject"),
            models.CheckConstraint(  # verified and decided by somebody else
                condition=(Q(verified_by=None) | ~Q(verified_by=F("declared_by")))
                & (Q(decided_by=None) | ~Q(decided_by=F("declared_by"))),
                name="target_decided_by_another",
                violation_error_message="申报的人不能给自己核验和认定。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["met", "unmet"]) | Q(decided_by__isnull=False),
                name="target_verdict_is_somebodys",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "item", "state"], name="target_of_item")]

    def __str__(self):
        return self.name

    @property
    def checked(self):
        """Lines of the plan's lists; a line that is only text was ticked before lists had names."""
        return [
            line if isinstance(line, dict) else {"list": "", "text": line, "met": True}
            for line in self.criteria_met
        ]


class Pair(models.Model):
    """A stronger helps a weaker one (帮), with a plan and visits (B13)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="pairs")
    organisation = models.ForeignKey(
        "branches.Organisation", models.PROTECT, related_name="+", verbose_name="组织者"
    )
    stronger = models.ForeignKey(
        "branches.Organisation", models.PROTECT, related_name="helping", verbose_name="先进支部"
    )
    weaker = models.ForeignKey(
        "branches.Organisation", models.PROTECT, related_name="helped", verbose_name="后进支部"
    )
    plan = models.TextField("帮扶计划", max_length=1000)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    result = models.CharField("成效", max_length=500, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="结对人")
    made_at = models.DateTimeField("结对时间")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "结对"
        constraints = [
            models.CheckConstraint(condition=~Q(stronger=F("weaker")), name="pair_of_two_branches"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="pair_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.stronger.label} 帮 {self.weaker.label}"


class Visit(models.Model):
    """What was done at a visit of a pair."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="visits")
    visited_on = models.DateField("日期")
    text = models.CharField("做了什么", max_length=500)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")
    noted_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "走访"

    def __str__(self):
        return self.text[:40]
