"""民主评议: the organisation's decision with four grades, and everybody's right to reply."""

from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Period


class AppraisalSheet(models.Model):
    """One branch's decision in one period; a reason when more than a third are 优秀."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="appraisal_sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appraisal_sheets")
    over_reason = models.TextField("优秀超过三分之一的理由", max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = verbose_name_plural = "民主评议"
        constraints = [
            models.UniqueConstraint(fields=["period", "organisation"], name="appraisal_sheet_once")
        ]

    def __str__(self):
        return f"{self.organisation} {self.period.name} 民主评议"


class Appraisal(models.Model):
    """One person's grade. Never decided by himself."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", "优秀"
        QUALIFIED = "qualified", "合格"
        BASIC = "basic", "基本合格"
        UNQUALIFIED = "unqualified", "不合格"

    sheet = models.ForeignKey(AppraisalSheet, models.CASCADE, related_name="grades")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appraisals")
    grade = models.CharField("等次", max_length=12, choices=Grade)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "评议等次"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="appraisal_once_per_person"),
            models.CheckConstraint(  # nobody grades himself (D4)
                condition=~Q(person=F("decided_by")), name="appraisal_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.get_grade_display()}"


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(person=person) | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        )


class Reply(models.Model):
    """What somebody has to say to the results about himself: once a period, it may be amended."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="replies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField("说明或申辩", max_length=1000)
    written_at = models.DateTimeField("写的时间")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本人说明"
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="reply_once_per_period")
        ]

    def __str__(self):
        return self.text[:40]
