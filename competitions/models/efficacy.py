from django.db import models
from django.db.models import Q

from branches.models import Organisation
from campaigns.models import Campaign, Period
from common.models import Publishable, PublishableQuerySet
from competitions.models.about import InsideQuerySet


class EfficacyNoticeQuerySet(PublishableQuerySet, InsideQuerySet):
    pass


class EfficacyNotice(Publishable):
    """效能公示 (S10): figures of windows and branches for a period, frozen when proposed, shown once checked."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="efficacy_notices")
    period = models.ForeignKey(Period, models.PROTECT, related_name="efficacy_notices")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="efficacy_notices", verbose_name="公示单位"
    )
    figures = models.JSONField("数据", default=list)

    objects = EfficacyNoticeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "效能公示"
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["period", "organisation"],
                condition=Q(state__in=["draft", "proposed", "returned"]),
                name="efficacynotice_one_in_work",
            ),
        ]

    def __str__(self):
        return f"{self.organisation.label} {self.period.name}"

    def gaps(self):
        return [] if self.figures else ["至少一个数据"]

    def public_texts(self):
        return {
            f"{one['place']} {one['label']}": f"{one['value']} {one['definition']} {one['note']}"
            for one in self.figures
        }

    def replace_earlier(self, *, at):
        """The one shown until now makes room; its figures are overwritten by this one's."""
        earlier = type(self).objects.filter(
            period=self.period, organisation=self.organisation, state="live"
        )
        earlier.exclude(pk=self.pk).update(state=self.State.REPLACED)
