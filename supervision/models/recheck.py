from django.db import models

from branches.models import Person
from campaigns.models import Campaign, Period
from supervision.models.inspection import draw_key


class RecheckDrawQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody whom the campaign concerns may repeat the draw."""
        return self.filter(campaign__in=Campaign.objects.visible_to(person))


class RecheckDraw(models.Model):
    """回头看 (Z04): a sample of the signed-off items, drawn by a recorded seed that anybody can repeat."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="recheck_draws")
    period = models.ForeignKey(Period, models.PROTECT, related_name="recheck_draws")
    signed_off_until = models.DateField("销号不晚于")
    seed = models.CharField("种子", max_length=64)
    pool = models.JSONField("名单", help_text="抽签时符合条件的全部整改事项的编号，从小到大")
    count = models.PositiveSmallIntegerField("抽取数")
    drawn_at = models.DateTimeField("抽签时间")
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = RecheckDrawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回头看抽样"

    def __str__(self):
        return f"{self.drawn_at:%Y-%m-%d} 回头看"

    @property
    def drawn(self):
        """Numbers of the drawn items: the smallest by SHA-256 of "seed:number"."""
        return sorted(self.pool, key=lambda number: draw_key(self.seed, number))[: self.count]
