from django.conf import settings
from django.db import models

from campaigns.models.document import MECHANISMS, SchemeDocument

# Parsed plans by the digest of what they say: reading one costs more than the rest of a small page.
_PLANS = {}
_MOST_PLANS = 64


class Scheme(models.Model):
    """A plan (活动方案) under one slug; what it says is in its versions."""

    slug = models.SlugField("代号", max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "活动方案"

    def __str__(self):
        return self.name


class SchemeVersion(models.Model):
    """One wording of a scheme. `document` is the truth; families and items are its rows to point at.

    A version that a period ran with is locked for ever: closed periods keep their wording.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    document = models.JSONField("方案内容")
    digest = models.CharField("内容摘要", max_length=64)
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_unique")
        ]

    def __str__(self):
        return f"{self.scheme} 第 {self.number} 版"

    @property
    def plan(self):
        """The document with its types. Frozen, so that everybody may share it."""
        if self.digest not in _PLANS:
            if len(_PLANS) >= _MOST_PLANS:
                _PLANS.clear()
            _PLANS[self.digest] = SchemeDocument.model_validate(self.document)
        return _PLANS[self.digest]


class Family(models.Model):
    """亮, 比, 评, 创 or whatever the plan calls its parts (L01)."""

    class Role(models.TextChoices):
        SHOW = "show", "亮"
        COMPARE = "compare", "比"
        REVIEW = "review", "评"
        ATTAIN = "attain", "创"

    version = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="families")
    key = models.SlugField("代号", max_length=40)
    role = models.CharField("作用", max_length=10, choices=Role)
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "方案部分"
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="family_key_unique")]

    def __str__(self):
        return self.name


class Item(models.Model):
    """One thing the plan asks for; it names a mechanism, or is a heading over other items."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    key = models.SlugField("代号", max_length=60)
    name = models.CharField("名称", max_length=80)
    mechanism = models.CharField("机制", max_length=40, blank=True)
    settings = models.JSONField("设置", default=dict)
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "方案项目"
        constraints = [models.UniqueConstraint(fields=["family", "key"], name="item_key_unique")]

    def __str__(self):
        return self.name

    @property
    def is_enabled(self):
        """Whether this release has built the item's mechanism; headings count as enabled."""
        return not self.mechanism or MECHANISMS[self.mechanism].enabled
