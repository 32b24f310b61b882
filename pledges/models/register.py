import uuid

from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window, under, visible_paths
from campaigns.models import Campaign
from pledges.models.service_item import ServiceItem


class RegisterQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def late(self, *, today):
        return self.filter(done_on=None, due_on__lt=today)


class FirstAsked(models.Model):
    """首问事项登记: who asked, what, handed to whom, done when (G02)."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="first_asked", verbose_name="组织"
    )
    window = models.ForeignKey(
        Window,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="first_asked",
        verbose_name="窗口",
    )
    asked_on = models.DateField("来访日期")
    visitor = models.CharField("来访人", max_length=60, help_text="写称呼即可，不写证件和电话。")
    matter = models.CharField("问什么事", max_length=200)
    first_by = models.ForeignKey(
        Person, models.PROTECT, related_name="first_asked", verbose_name="首问责任人"
    )
    handed_to = models.CharField(
        "转交谁", max_length=120, blank=True, help_text="自己办的不填；转交的写科室和人。"
    )
    due_on = models.DateField("应办结日期")
    done_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=300, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("登记时间")

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "首问事项"
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")),
                name="first_asked_due_after_asked",
                violation_error_message="应办结日期不能早于来访日期。",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("asked_on")) & ~Q(result=""),
                name="first_asked_done_has_result",
                violation_error_message="办结日期不能早于来访日期，并须写办理结果。",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "done_on"], name="first_asked_open")]

    def __str__(self):
        return self.matter

    def is_late(self, *, today):
        return self.due_on < (self.done_on or today)


class WhereaboutsQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def running(self, *, at):
        """On the window's page now, or announced for later today."""
        return self.filter(ended_at=None, back_at__gt=at)


class Whereabouts(models.Model):
    """去向留言: where somebody is, until when, and who helps meanwhile (G05); with it who covers today (G04).

    Shown without a second signature, since it lives for minutes; whoever is over its writer may withdraw it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="whereabouts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="whereabouts")
    text = models.CharField("去向", max_length=60)
    away_at = models.DateTimeField("离开")
    back_at = models.DateTimeField("预计返回", help_text="到了这个时间，留言自动从窗口页撤下。")
    ended_at = models.DateTimeField("提前返回", null=True, blank=True)
    ask = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="找谁办",
    )
    withdrawn_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="撤下人",
    )
    withdrawn_reason = models.CharField("撤下原因", max_length=200, blank=True)

    objects = WhereaboutsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "去向留言"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_by__isnull=False, ended_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="whereabouts_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(back_at__gt=F("away_at")),
                name="whereabouts_back_after_away",
                violation_error_message="预计返回要晚于离开。",
            ),
        ]
        indexes = [models.Index(fields=["person", "back_at"], name="whereabouts_of")]

    def __str__(self):
        return f"{self.person} {self.text}"


class RegisterLine(models.Model):
    """A line of a book that the plan wants kept, in the plan's own columns (登记簿)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="register_lines")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="register_lines", verbose_name="组织"
    )
    register = models.CharField("登记簿", max_length=40)
    values = models.JSONField("内容")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("登记时间")

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "登记"
        indexes = [
            models.Index(fields=["campaign", "register", "organisation"], name="register_book")
        ]

    def __str__(self):
        return self.register


class ServiceReportQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "item__organisation__path"))


class ServiceReport(models.Model):
    """A citizen says: over time, or over charged (G07). No identity; followed by a receipt code."""

    class Kind(models.TextChoices):
        OVERTIME = "overtime", "超过承诺时限"
        OVERCHARGE = "overcharge", "多收了费用"
        MATERIALS = "materials", "多要了材料"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="reports")
    kind = models.CharField("反映什么", max_length=10, choices=Kind)
    text = models.CharField("具体情况", max_length=300, blank=True)
    week_on = models.DateField("所在周（周一）")
    receipt_hash = models.CharField(max_length=64, unique=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ServiceReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "超时超收反映"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, answer="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="service_report_answer_whole",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
