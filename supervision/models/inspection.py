from django.db import models

from branches.models import Organisation, Person, Window, under, visible_paths
from campaigns.models import Campaign, Period


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class Inspection(models.Model):
    """A visit or spot check (S01–S04): method from the scheme, targets drawn with a recorded seed, findings."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="inspections")
    period = models.ForeignKey(Period, models.PROTECT, related_name="inspections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="inspections")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    method = models.CharField("方式", max_length=40)
    draw_seed = models.CharField("抽签种子", max_length=64, blank=True)
    draw_pool = models.JSONField("抽签名单", default=list)
    found = models.TextField("检查情况")
    problem = models.TextField("发现问题", blank=True)
    demand = models.TextField("整改要求", blank=True)
    demand_due_on = models.DateField("整改时限", null=True, blank=True)
    inspected_at = models.DateTimeField("检查时间")
    inspected_by = models.ForeignKey(Person, models.PROTECT, related_name="inspections")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查"

    def __str__(self):
        return f"{self.method} {self.organisation}"
