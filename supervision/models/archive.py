from django.db import models
from django.db.models import Q

from branches.models import Person, scope_paths, under
from campaigns.models import Campaign
from common.models import Job


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The whole cycle in one folder: for those who run or inspect the whole campaign."""
        scopes = scope_paths(person, "committee", "office", "inspector")
        return self.filter(under(scopes, "campaign__organisation__path"))


class Archive(models.Model):
    """年度资料: the cycle's folder as a zip file, made by a job, kept sealed for two weeks."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="archives")
    job = models.OneToOneField(Job, models.PROTECT, related_name="archive")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    made_at = models.DateTimeField("做好时间", null=True, blank=True)
    file = models.CharField(max_length=60, blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    entries = models.PositiveIntegerField("文件数", default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资料包"
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, file="") | (Q(made_at__isnull=False) & ~Q(file="")),
                name="archive_made_with_file",
            )
        ]

    def __str__(self):
        return f"{self.campaign} {self.asked_at:%Y-%m-%d}"
