from django.db import models

from branches.models import Organisation, Person
from campaigns.models import Campaign, Period
from competitions.models.about import About, InsideQuerySet, one_subject


class Reading(About):
    """One figure of one measure for one subject in one period (B04)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="readings")
    period = models.ForeignKey(Period, models.PROTECT, related_name="readings")
    item = models.CharField("方案中的项目", max_length=40)
    measure = models.CharField("指标", max_length=40)
    subject_key = models.CharField(max_length=40)
    value = models.DecimalField("数值", max_digits=14, decimal_places=4)
    cases = models.PositiveIntegerField("依据件数", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("填报时间")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标数据"
        constraints = [
            one_subject("reading_one_subject"),
            models.UniqueConstraint(
                fields=["period", "item", "measure", "subject_key"], name="reading_once"
            ),
        ]
        indexes = [models.Index(fields=["campaign", "item", "measure"], name="reading_of_measure")]

    def __str__(self):
        return f"{self.measure} {self.value}"


class Benchmark(models.Model):
    """What a measure is held against: a standard, or a model nearby (B03)."""

    class Kind(models.TextChoices):
        STANDARD = "standard", "先进标准"
        MODEL = "model", "先进典型"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="benchmarks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.CharField("方案中的项目", max_length=40)
    measure = models.CharField("指标", max_length=40)
    kind = models.CharField("对照什么", max_length=10, choices=Kind, default=Kind.STANDARD)
    name = models.CharField("名称", max_length=80)
    value = models.DecimalField("数值", max_digits=14, decimal_places=4)
    source = models.CharField("出处", max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "标杆"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "item", "measure"], name="benchmark_once_per_measure"
            )
        ]

    def __str__(self):
        return self.name
