from django.conf import settings
from django.db import models

from branches.models import Organisation, scope_paths, under
from campaigns.models.document import SchemeDocument
from campaigns.models.scheme import Scheme, SchemeVersion


class SchemeDraftQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Nobody but committee and office of the organisation that writes it."""
        return self.filter(under(scope_paths(person, "committee", "office"), "organisation__path"))


class SchemeDraft(models.Model):
    """A plan being written in the workshop: always of the right shape, not yet always consistent.

    `revision` counts the saved changes; whoever saves names the one he started from.
    """

    slug = models.SlugField("代号", max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="scheme_drafts", verbose_name="拟稿组织"
    )
    scheme = models.OneToOneField(
        Scheme, models.PROTECT, null=True, blank=True, related_name="draft"
    )
    based_on = models.ForeignKey(
        SchemeVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="底稿"
    )
    document = models.JSONField("内容")
    revision = models.PositiveIntegerField("修订", default=1)
    updated_at = models.DateTimeField("修改时间")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SchemeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案草稿"

    def __str__(self):
        return self.name

    @property
    def plan(self):
        return SchemeDocument.model_validate(self.document)
