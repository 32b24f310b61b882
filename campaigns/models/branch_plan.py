from django.conf import settings
from django.db import models
from django.db.models import Q

from branches.models import Organisation, under, visible_paths
from campaigns.models.campaign import Campaign


class BranchPlanQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class BranchPlan(models.Model):
    """A branch's own plan for the campaign (G08): standards, carriers and measures per item.

    `lines`: item key -> {"standard", "carrier", "measures"}; the items are those of the scheme.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待批准"
        RETURNED = "returned", "退回修改"
        APPROVED = "approved", "已批准"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="branch_plans")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="branch_plans", verbose_name="支部"
    )
    goal = models.TextField("争创目标", max_length=1000, blank=True)
    lines = models.JSONField("各项", default=dict)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    remark = models.CharField("审批意见", max_length=300, blank=True)
    revision = models.PositiveIntegerField("修订", default=1)
    written_at = models.DateTimeField("填写时间")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BranchPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "支部实施方案"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="branch_plan_once_per_campaign"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="branch_plan_decided_at_and_by_agree",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}实施方案"

    @property
    def may_be_written(self):
        return self.status in (BranchPlan.Status.DRAFT, BranchPlan.Status.RETURNED)
