from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person
from campaigns.models import Campaign
from common.models import Publishable, PublishableQuerySet
from competitions.models.about import InsideQuerySet


class CaseQuerySet(PublishableQuerySet, InsideQuerySet):
    def public(self, *, today):
        """Models that came through the gate; warnings never do."""
        return super().public(today=today).filter(kind="model")


class Case(Publishable):
    """A model to follow, public after 提出 → 审核, or a warning (inside only, without names) (H04, H05)."""

    class Kind(models.TextChoices):
        MODEL = "model", "先进典型"
        WARNING = "warning", "警示案例"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    name = models.CharField("题目", max_length=100)
    text = models.TextField("事迹或经过", max_length=4000)
    lesson = models.CharField("经验或教训", max_length=500, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "案例"
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(  # warnings never leave the house
                condition=~Q(kind="warning") | Q(state="draft"), name="case_warning_stays_inside"
            ),
        ]

    def __str__(self):
        return self.name

    def public_texts(self):
        captions = {f"照片{one.pk}的说明": one.caption for one in self.pictures.all()}
        return {"题目": self.name, "事迹或经过": self.text, "经验或教训": self.lesson, **captions}

    def replace_earlier(self, *, at):
        """A case has one version: changing it takes it off the public pages until it is checked again."""


class CasePicture(models.Model):
    """A photo in a case; re-encoded, so that place and camera are gone. Those on it agreed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pictures")
    image = models.ImageField("照片", upload_to="cases/")
    caption = models.CharField("照片说明", max_length=80)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "案例照片"

    def __str__(self):
        return self.caption


class Spread(models.Model):
    """How a model was spread: by which of the plan's ways, when, where."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="spreads")
    way = models.CharField("方式", max_length=60)
    spread_on = models.DateField("日期")
    where = models.CharField("在哪里", max_length=120)
    reached = models.PositiveIntegerField("受众人数", null=True, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "推广记录"

    def __str__(self):
        return f"{self.way} {self.where}"
