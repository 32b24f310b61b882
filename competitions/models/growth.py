from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign


class GrowthQuerySet(models.QuerySet):
    def visible_to(self, person):
        """About oneself, whom one mentors, and of the places one is responsible for."""
        mine = Q(person=person) | Q(mentor=person)
        return self.filter(mine | under(scope_paths(person, *SEEING_ROLES), "organisation__path"))


class Growth(models.Model):
    """One person developed along one of the plan's tracks, with a mentor, step by step (G11)."""

    class State(models.TextChoices):
        RUNNING = "running", "培养中"
        REACHED = "reached", "已达到"
        ENDED = "ended", "已终止"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="growths")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="growths", verbose_name="所属组织"
    )
    item = models.CharField("方案中的项目", max_length=40)
    track = models.CharField("方向代号", max_length=40)
    name = models.CharField("培养方向", max_length=60)
    steps = models.JSONField("培养步骤", default=list)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="growths", verbose_name="培养对象"
    )
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentored", verbose_name="导师")
    goal = models.CharField("培养目标", max_length=300)
    starts_on = models.DateField("开始")
    due_on = models.DateField("预计完成")
    state = models.CharField("状态", max_length=10, choices=State, default=State.RUNNING)
    result = models.CharField("结论", max_length=500, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人"
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    made_at = models.DateTimeField("登记时间")

    objects = GrowthQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "培养记录"
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentor=F("person")),
                name="growth_mentor_is_another",
                violation_error_message="导师不能是培养对象自己。",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="growth_due_after_start"),
            models.CheckConstraint(  # decided by somebody, with words and a day, or running
                condition=Q(state="running", result="", decided_by=None, ended_on=None)
                | ~Q(state="running") & ~Q(result="") & Q(decided_by__isnull=False, ended_on__isnull=False),
                name="growth_concluded_says_how",
            ),
            models.UniqueConstraint(
                fields=["campaign", "track", "person"],
                condition=Q(state="running"),
                name="growth_one_running_per_track",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} · {self.name}"


class GrowthStep(models.Model):
    """A step that was done: when, what, and what shows it."""

    growth = models.ForeignKey(Growth, models.CASCADE, related_name="done")
    step = models.CharField("步骤", max_length=120)
    done_on = models.DateField("日期")
    text = models.CharField("做了什么", max_length=500)
    evidence = models.CharField("佐证", max_length=300, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")
    noted_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "培养步骤"

    def __str__(self):
        return f"{self.step} {self.done_on}"
