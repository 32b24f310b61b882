from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window


class HonourQuerySet(models.QuerySet):
    def of(self, organisation):
        """Held in the organisation or below it, the newest first."""
        return (
            self.filter(organisation__path__startswith=organisation.path)
            .select_related("person", "window", "organisation")
            .order_by("-since_on", "-pk")
        )


class PublishedHonour(models.Model):
    """A title or a row of shifts without an error, as boards and 光荣榜 show it (L22, L24, B07, H01).

    Competitions publish into it, as results are published into `PublishedFigure`; boards only show.
    """

    key = models.CharField("代号", max_length=40, unique=True)
    name = models.CharField("称号", max_length=60)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="published_honours", verbose_name="所属组织"
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="published_honours"
    )
    window = models.ForeignKey(
        Window, models.CASCADE, null=True, blank=True, related_name="published_honours"
    )
    note = models.CharField("说明", max_length=60, blank=True)
    criteria = models.TextField("标准", blank=True)
    since_on = models.DateField("取得日期")

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公示的荣誉"
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(window=None), name="published_honour_one_holder"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def holder(self):
        return self.person or self.window or self.organisation.label
