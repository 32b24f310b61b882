from django.db import models

from branches.models import Organisation, Person, Window
from campaigns.models import Campaign, Period
from supervision.models.inspection import Draw


class Checking(models.Model):
    """An inspection under way: each tapped point is kept at once, so that a phone that dies loses nothing.

    It counts for nothing until it is finished; then it becomes an `Inspection` and is gone.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="checkings")
    period = models.ForeignKey(Period, models.PROTECT, related_name="checkings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="checkings")
    method = models.CharField("方式", max_length=50)
    points = models.JSONField("检查要点", default=dict, help_text="要点 → 是否做到")
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="checkings")

    class Meta:
        verbose_name = verbose_name_plural = "进行中的检查"

    def __str__(self):
        return f"{self.target} {self.begun_at:%Y-%m-%d}"

    @property
    def target(self):
        return self.person or self.window or self.organisation
