from django.db import models
from django.db.models import F, Q

from branches.models import Person, Window
from pledges.models.shown import Shown


class Plaque(Shown):
    """A 示范岗, 示范窗口 or 文明号 with holder, period and criteria (L21); without holder it is the unit's own."""

    name = models.CharField("牌子名称", max_length=60)
    awarded_by = models.CharField("授予单位", max_length=120, blank=True)
    criteria = models.TextField("标准", max_length=1000, help_text="凭什么挂这块牌，群众可以对照。")
    holder_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plaques",
        verbose_name="挂牌个人",
    )
    holder_window = models.ForeignKey(
        Window,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plaques",
        verbose_name="挂牌窗口",
    )
    starts_on = models.DateField("挂牌时间")
    ends_on = models.DateField("期限", null=True, blank=True, help_text="到期自动从公示页撤下。")

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "挂牌"
        constraints = [
            *Shown.Meta.constraints,
            models.CheckConstraint(
                condition=Q(holder_person=None) | Q(holder_window=None),
                name="plaque_one_holder",
                violation_error_message="个人和窗口只能选一个；都不选就是本组织的牌子。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="plaque_ends_after_start",
                violation_error_message="期限不能早于挂牌时间。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def holder(self):
        """Fetch with select_related."""
        return self.holder_person or self.holder_window or self.organisation


class Story(Shown):
    """A person or a deed told in public, with where else it was told (L24)."""

    title = models.CharField("标题", max_length=80)
    summary = models.CharField("一句话", max_length=160)
    body = models.TextField("正文", max_length=8000)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name="写的是谁",
    )
    medium = models.CharField("刊发媒体", max_length=60, blank=True)
    link = models.URLField("报道网址", blank=True)

    private_fields = frozenset({"link"})

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "事迹"

    def __str__(self):
        return self.title


class Brand(Shown):
    """A branch's service brand (C10)."""

    name = models.CharField("品牌名称", max_length=60)
    slogan = models.CharField("一句话", max_length=120)
    meaning = models.TextField("含义", max_length=1000)
    measures = models.TextField("怎么做", max_length=2000)
    results = models.TextField("成效", max_length=2000, blank=True)

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "服务品牌"

    def __str__(self):
        return self.name


class StandingText(Shown):
    """A rule, a service standard or a list of polite phrases of a unit, one line each (G01, G06)."""

    class Kind(models.TextChoices):
        RULE = "rule", "制度"
        STANDARD = "standard", "服务标准"
        PHRASES = "phrases", "文明用语"

    kind = models.CharField("类别", max_length=10, choices=Kind)
    title = models.CharField("名称", max_length=60)
    body = models.TextField("内容", max_length=4000, help_text="一条写一行；检查时逐条对照。")

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "制度与标准"

    def __str__(self):
        return self.title

    @property
    def lines(self):
        return [line.strip() for line in self.body.splitlines() if line.strip()]
