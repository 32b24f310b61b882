from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, home_paths, scope_paths, under
from campaigns.models import Period
from pledges.models.pledge import Pledge


class SelfExaminationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The writer; his branch and its secretary once he shared it. Nobody above (L20)."""
        branch = under(home_paths(person) + scope_paths(person, "secretary"), "organisation__path")
        return self.filter(Q(person=person) | (Q(is_shared=True) & branch))


class SelfExamination(models.Model):
    """查摆: what somebody finds wanting in himself, for himself or for his branch only (L20)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="self_examinations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="self_examinations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="self_examinations")
    problem = models.TextField("查摆出的问题", max_length=1000)
    cause = models.TextField("原因", max_length=1000, blank=True)
    plan = models.CharField("打算怎么改", max_length=300)
    is_shared = models.BooleanField("给本支部看", default=False)
    pledge = models.OneToOneField(
        Pledge, models.PROTECT, null=True, blank=True, related_name="self_examination"
    )
    written_at = models.DateTimeField("填写时间")

    objects = SelfExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查摆"

    def __str__(self):
        return f"{self.person}的查摆"
