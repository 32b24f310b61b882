from django.db import models

from branches.models.organisation import Organisation


class FormerName(models.Model):
    """What an organisation was called until a day: results of that time are read under that name (D3)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="former_names", verbose_name="组织"
    )
    name = models.CharField("曾用名", max_length=120)
    until = models.DateField("用到哪天")

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        indexes = [models.Index(fields=["organisation", "until"], name="former_name_of")]

    def __str__(self):
        return f"{self.name}（至 {self.until}）"
