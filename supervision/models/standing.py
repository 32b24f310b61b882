from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, under, visible_paths
from campaigns.models import Period


class StandingQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def decided(self):
        return self.exclude(decided="")


class Standing(models.Model):
    """The class of a branch or window in a period (S06): proposed with reasons, decided by people, answered.

    Classes are keys of the scheme. The portal only lays out evidence; nobody sees a class that is not decided.
    """

    class Subject(models.TextChoices):
        BRANCH = "branch", "支部"
        WINDOW = "window", "窗口"

    period = models.ForeignKey(Period, models.PROTECT, related_name="standings")
    subject = models.CharField("对象", max_length=10, choices=Subject)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="standings"
    )
    proposed = models.CharField("建议类别", max_length=50)
    reasons = models.JSONField("理由", default=list)
    figures = models.JSONField("依据", default=dict)
    proposed_at = models.DateTimeField("提出时间")
    decided = models.CharField("确定类别", max_length=50, blank=True)
    why = models.CharField("调整理由", max_length=300, blank=True)
    decided_at = models.DateTimeField("确定时间", null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("支部回应", max_length=1000, blank=True)
    answered_at = models.DateTimeField("回应时间", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.TextField("帮带计划", max_length=1000, blank=True)
    plan_due_on = models.DateField("完成期限", null=True, blank=True)
    guide = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="guided",
        verbose_name="联系指导人",
    )  # fmt: skip

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分类定级"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organisation"],
                condition=Q(window=None),
                name="standing_once_per_branch",
            ),
            models.UniqueConstraint(
                fields=["period", "window"],
                condition=Q(window__isnull=False),
                name="standing_once_per_window",
            ),
            models.CheckConstraint(  # what, when and who: all or none
                condition=Q(decided="", decided_at=None, decided_by=None)
                | (~Q(decided="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="standing_decided_at_and_by_agree",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="standing_answered_at_and_by_agree",
            ),
        ]

    def __str__(self):
        return f"{self.window or self.organisation} {self.period}"

    @property
    def target(self):
        return self.window or self.organisation


class GuideVisit(models.Model):
    """One visit of the guide to a weak branch (S09): what was seen, what comes next. Never changed afterwards."""

    standing = models.ForeignKey(Standing, models.PROTECT, related_name="visits")
    visited_on = models.DateField("到访日期")
    found = models.TextField("看到的进展和困难", max_length=1000)
    next_step = models.CharField("下一步", max_length=300, blank=True)
    written_at = models.DateTimeField("记录时间")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "指导记录"

    def __str__(self):
        return f"{self.standing} {self.visited_on}"
