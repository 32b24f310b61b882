from django.db import models

from branches.models import Organisation, under, visible_paths
from campaigns.models import Period


class RollupQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class Rollup(models.Model):
    """One branch's figures in one period, kept by a job, so that dashboards read rows and never sum people."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="rollups")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rollups")
    path = models.CharField(max_length=255, db_index=True)
    people = models.PositiveIntegerField("人数", default=0)
    duties = models.PositiveIntegerField("应办", default=0)
    duties_done = models.PositiveIntegerField("已办", default=0)
    duties_overdue = models.PositiveIntegerField("逾期", default=0)
    reviews_due = models.PositiveIntegerField("应点评", default=0)
    reviews_done = models.PositiveIntegerField("已点评", default=0)
    reviews_overdue = models.PositiveIntegerField("点评逾期", default=0)
    pledges = models.PositiveIntegerField("公示承诺", default=0)
    pledges_kept = models.PositiveIntegerField("已兑现", default=0)
    ratings = models.PositiveIntegerField("评价数", default=0)
    ratings_satisfied = models.PositiveIntegerField("满意数", default=0)
    ratings_bad = models.PositiveIntegerField("差评数", default=0)
    ballots_due = models.PositiveIntegerField("应投票", default=0)
    ballots_cast = models.PositiveIntegerField("已投票", default=0)
    ledger_running = models.PositiveIntegerField("整改在办", default=0)
    ledger_overdue = models.PositiveIntegerField("整改超期", default=0)
    ledger_reopened = models.PositiveIntegerField("整改重开", default=0)
    as_of = models.DateTimeField("数据时间")

    objects = RollupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "支部汇总"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organisation"], name="rollup_period_organisation_unique"
            )
        ]
        indexes = [models.Index(fields=["period", "path"], name="rollup_subtree")]

    def __str__(self):
        return f"{self.organisation_id} {self.period_id}"
