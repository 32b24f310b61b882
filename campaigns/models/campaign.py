from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from branches.models import Affiliation, Organisation, under, visible_paths
from campaigns.models.scheme import SchemeVersion
from common.dates import today


def _within_sight(person, to=""):
    """Q: campaigns in whose tree the person belongs anywhere, or over which he looks by a role."""
    path = f"{to}organisation__path"
    taking_part = Affiliation.objects.current(today=today()).filter(
        person=person.pk, organisation__path__startswith=OuterRef(path)
    )
    paths = visible_paths(person)
    above = {path[:end] for path in paths for end in range(4, len(path) + 1, 4)}
    seen = Q(**{f"{path}__in": sorted(above)}) | under(paths, path) if paths else Q()
    return seen | Q(Exists(taking_part))


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(_within_sight(person))


class Campaign(models.Model):
    """A scheme run by an organisation over its whole tree."""

    slug = models.SlugField("代号", max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="campaigns")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="campaigns")
    next_version = models.ForeignKey(  # taken when the next period opens
        SchemeVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
        verbose_name="上一轮",
    )
    lessons = models.TextField("经验和教训", max_length=4000, blank=True)
    archive_note = models.CharField("材料归档", max_length=300, blank=True)
    concluded_at = models.DateTimeField("结束本轮时间", null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        constraints = [
            models.CheckConstraint(
                condition=Q(concluded_at=None, concluded_by=None)
                | (Q(concluded_at__isnull=False, concluded_by__isnull=False) & ~Q(lessons="")),
                name="campaign_concluded_with_lessons",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="campaign_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def plan(self):
        return self.scheme_version.plan

    def runs_on(self, day):
        """Begun, not past its end, and not concluded before it."""
        return self.concluded_at is None and self.starts_on <= day <= self.ends_on


class Stage(models.Model):
    """A step of the campaign with its own wording (T05)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    key = models.SlugField("代号", max_length=40)
    name = models.CharField("名称", max_length=60)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    order = models.PositiveSmallIntegerField("次序")
    confirmed = models.JSONField("党委认定的条件", default=dict, blank=True)
    entered_on = models.DateField("转入日期", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_reason = models.CharField("条件未满足时转入的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "阶段"
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_on=None, entered_by=None)
                | Q(entered_on__isnull=False, entered_by__isnull=False),
                name="stage_entered_on_and_by_agree",
            ),
            models.UniqueConstraint(fields=["campaign", "key"], name="stage_key_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.name


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(_within_sight(person, to="campaign__"))

    def containing(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Period(models.Model):
    """The campaign's unit of account, usually a quarter: dates in Asia/Shanghai, never datetimes."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结算"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="periods")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="periods")
    key = models.CharField("代号", max_length=20, help_text="如 2026-Q3、2026-07")
    name = models.CharField("名称", max_length=40)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    reopen_reason = models.CharField("重开原因", max_length=200, blank=True)
    closed_at = models.DateTimeField("结算时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "周期"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="period_key_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | Q(state="closed", closed_at__isnull=False),
                name="period_closed_at_agrees",
            ),
        ]

    def __str__(self):
        return f"{self.campaign} {self.name}"

    @property
    def is_open(self):
        return self.state == Period.State.OPEN

    @property
    def plan(self):
        """The wording this period runs or ran with."""
        return self.scheme_version.plan
