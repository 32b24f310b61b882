from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, under, visible_paths


class ZoneQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def current(self, *, today):
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Zone(models.Model):
    """A zone or a post that party members answer for in their own name (L08).

    `kind` is the plan's word for it; holders are dated, so that a change never rewrites the past.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="zones")
    kind = models.CharField("种类", max_length=30)
    name = models.CharField("名称", max_length=60)
    place = models.CharField("范围或地点", max_length=120, blank=True)
    responsibility = models.TextField("责任内容", max_length=500)
    starts_on = models.DateField("设立日期")
    ends_on = models.DateField("撤销日期", null=True, blank=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任区和先锋岗"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(ends_on=None),
                name="zone_name_unique_in_organisation",
                violation_error_message="本组织已有同名的责任区或岗位。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="zone_ends_after_start",
            ),
        ]

    def __str__(self):
        return self.name


class ZoneHolder(models.Model):
    """Who answers for a zone, from when to when."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="zone_holdings")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任人"
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "person"],
                condition=Q(ends_on=None),
                name="zone_held_once_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.zone}"
