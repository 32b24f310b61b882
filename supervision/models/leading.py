from django.db import models
from django.db.models import F, Q

from branches.models import Person
from campaigns.models import Campaign


class LeadingGroupQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody whom the campaign concerns may know who leads it."""
        return self.filter(campaign__in=Campaign.objects.visible_to(person))


class LeadingGroup(models.Model):
    """领导小组 or its 办公室 (R01, R02): who leads a campaign."""

    class Kind(models.TextChoices):
        GROUP = "group", "领导小组"
        OFFICE = "office", "办公室"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="leading_groups")
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.GROUP)
    name = models.CharField("名称", max_length=80)
    duties = models.TextField("职责", max_length=1000, blank=True)

    objects = LeadingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导机构"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="leading_group_name_unique",
                violation_error_message="这个活动已有同名的机构。",
            )
        ]

    def __str__(self):
        return self.name


class SeatQuerySet(models.QuerySet):
    def current(self, *, today):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Seat(models.Model):
    """A person's place in a leading group, dated: ended, never deleted, so that the record stays (R01)."""

    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name="人员")
    position = models.CharField("职务代号", max_length=40, help_text="方案里的代号")
    title = models.CharField("职务", max_length=60, help_text="任命时的叫法")
    remark = models.CharField("分工", max_length=120, blank=True)
    document = models.CharField("任命文号", max_length=60, blank=True)
    starts_on = models.DateField("任职起")
    ends_on = models.DateField("任职止", null=True, blank=True)
    appointed_at = models.DateTimeField("登记时间")
    appointed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导机构成员"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(ends_on=None),
                name="seat_one_current_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.group} {self.title} {self.person}"
