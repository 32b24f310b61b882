from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Period


class UrgeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those one received, and those to people of the organisations one holds a role over."""
        over = under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        return self.filter(Q(person=person) | over)

    def unanswered(self):
        return self.filter(answered_at=None)


class Urge(models.Model):
    """催办: one person called on about one rule's late duties, once a day at most, and what he answers."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="urges")
    rule = models.CharField("规则", max_length=60)
    title = models.CharField("事项", max_length=120)
    due_on = models.DateField("应办日期")
    count = models.PositiveSmallIntegerField("逾期件数", default=1)
    person = models.ForeignKey(Person, models.PROTECT, related_name="urges", verbose_name="责任人")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="urges")
    day = models.DateField("催办日期")
    urged_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="催办人")
    urged_at = models.DateTimeField("催办时间")
    expected_on = models.DateField("预计完成日期", null=True, blank=True)
    answer = models.CharField("困难和说明", max_length=300, blank=True)
    answered_at = models.DateTimeField("回复时间", null=True, blank=True)

    objects = UrgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "rule", "due_on", "person", "day"], name="urge_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, expected_on=None, answer="")
                | Q(answered_at__isnull=False, expected_on__isnull=False),
                name="urge_answer_agrees",
            ),
        ]
        indexes = [models.Index(fields=["person", "answered_at"], name="urge_of_person")]

    def __str__(self):
        return f"{self.title} {self.day:%Y-%m-%d}"
