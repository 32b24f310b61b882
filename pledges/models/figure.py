from django.db import models
from django.db.models import Q

from branches.models import Organisation, Window
from campaigns.models import Period


class PublishedFigure(models.Model):
    """A result made public on a board, with n, interval and definition beside it (L26, P27, S10).

    Higher apps publish into it; the board only shows, so a board never sums anything.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="figures")
    window = models.ForeignKey(
        Window, models.CASCADE, null=True, blank=True, related_name="figures"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="figures"
    )
    key = models.CharField("代号", max_length=40)
    label = models.CharField("名称", max_length=60)
    value = models.CharField("数值", max_length=40, blank=True, help_text="人数不足时为空")
    n = models.PositiveIntegerField("份数", default=0)
    part = models.PositiveIntegerField(
        "其中", null=True, blank=True, help_text="比例的分子；没有公布数值时为空"
    )
    interval = models.CharField("区间", max_length=40, blank=True)
    definition = models.CharField("口径", max_length=200, blank=True)
    note = models.CharField("说明", max_length=120, blank=True)
    as_of = models.DateTimeField("数据时间")

    class Meta:
        verbose_name = verbose_name_plural = "公示结果"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "window", "key"],
                name="figure_once_per_window",
            ),
            models.UniqueConstraint(
                fields=["period", "organisation", "key"],
                name="figure_once_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(window=None, organisation__isnull=False)
                | Q(window__isnull=False, organisation=None),
                name="figure_has_one_place",
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.value}"
