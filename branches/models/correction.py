from django.db import models
from django.db.models import Q

from branches.models.person import Affiliation, Person
from branches.models.scope import scope_paths, under
from common.dates import today


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own requests, and those of the people whose roster one keeps."""
        kept = Affiliation.objects.current(today=today()).filter(
            under(scope_paths(person, "secretary", "committee", "office"), "organisation__path")
        )
        return self.filter(Q(person=person) | Q(person__in=kept.values("person")))

    def waiting(self):
        return self.filter(answered_at=None)


class CorrectionRequest(models.Model):
    """Somebody says that what is stored about him is wrong, and what would be right (PIPL 46)."""

    class About(models.TextChoices):
        NAME = "name", "姓名"
        GENDER = "gender", "性别"
        ETHNICITY = "ethnicity", "民族"
        EDUCATION = "education", "学历"
        BIRTH = "birth", "出生日期"
        POLITICAL = "political_status", "政治面貌"
        JOINED = "joined", "入党日期"
        REGULAR = "regular", "转正日期"
        POSITION = "party_position", "党内职务"
        WORK_NO = "work_no", "工号"
        ID_NUMBER = "id_number", "身份证号"
        BELONGING = "belonging", "所在组织"
        OTHER = "other", "其他"

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="corrections", verbose_name="提出人"
    )
    about = models.CharField("哪一项", max_length=20, choices=About)
    wanted = models.CharField("应当是", max_length=200)
    asked_at = models.DateTimeField("提出时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    is_corrected = models.BooleanField("已更正", default=False)
    answer = models.CharField("答复", max_length=200, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="correction_answered_at_and_by_agree",
            )
        ]

    def __str__(self):
        return f"{self.person} {self.get_about_display()}"
