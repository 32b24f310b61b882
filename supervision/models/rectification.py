from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window, home_paths, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign, Duty, Period
from evaluations.models import Feedback, Review
from pledges.models import Pledge, SelfExamination
from supervision.models.inspection import Inspection
from supervision.models.recheck import RecheckDraw


class RectificationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own items, those of one's branch, and those one holds a role over."""
        return self.filter(
            Q(owner=person)
            | under(home_paths(person), "organisation__path")
            | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        )

    def running(self):
        return self.exclude(state__in=[Rectification.State.SIGNED_OFF])

    def with_extensions(self):
        """`extended`: how often the deadline was put off."""
        return self.annotate(extended=models.Count("steps", filter=Q(steps__kind="extended")))

    def overdue(self, *, today):
        return self.running().filter(due_on__lt=today)


class Rectification(models.Model):
    """One line of the 整改台账 (Z01 to Z03): found, planned, mended, signed off by somebody else, looked at again.

    发现 → 整改中 → 待销号 → 已销号; a recheck may reopen it. Nothing is ever deleted; each deed is a `Step`.
    """

    class Verdict(models.TextChoices):
        """What the person who complained says of the result."""

        SATISFIED = "satisfied", "满意"
        UNSATISFIED = "unsatisfied", "不满意"

    class State(models.TextChoices):
        FOUND = "found", "待定措施"
        MENDING = "mending", "整改中"
        REPORTED = "reported", "待销号"
        SIGNED_OFF = "signed_off", "已销号"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rectifications")
    period = models.ForeignKey(Period, models.PROTECT, related_name="rectifications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rectifications")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="rectifications"
    )
    source = models.CharField("问题来源", max_length=50)
    category = models.CharField("类别", max_length=50, blank=True)
    problem = models.TextField("问题", max_length=1000)
    measure = models.TextField("整改措施", max_length=1000, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="rectifications",
        verbose_name="责任人",
    )  # fmt: skip
    due_on = models.DateField("整改时限")
    first_due_on = models.DateField("原定时限")
    state = models.CharField("状态", max_length=12, choices=State, default=State.FOUND)
    evidence = models.TextField("整改情况", max_length=2000, blank=True)
    public_answer = models.TextField("公开答复", max_length=1000, blank=True)
    found_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    found_at = models.DateTimeField("提出时间")
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("报告整改时间", null=True, blank=True)
    signed_off_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="销号人"
    )
    signed_off_at = models.DateTimeField("销号时间", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("重开次数", default=0)
    escalated_at = models.DateTimeField("上报时间", null=True, blank=True)
    outcome = models.TextField("追究处理结果", max_length=1000, blank=True)
    verdict = models.CharField("群众评判", max_length=12, choices=Verdict, blank=True)
    verdict_week_on = models.DateField("评判所在周（周一）", null=True, blank=True)
    inspection = models.OneToOneField(
        Inspection, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    feedback = models.OneToOneField(
        Feedback, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    pledge = models.OneToOneField(
        Pledge, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    review = models.OneToOneField(
        Review, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    duty = models.OneToOneField(
        Duty, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    examination = models.OneToOneField(
        SelfExamination, models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    recheck_draw = models.ForeignKey(
        RecheckDraw, models.PROTECT, null=True, blank=True, related_name="items"
    )

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改事项"
        constraints = [
            models.CheckConstraint(  # nobody signs off his own work
                condition=Q(signed_off_by=None)
                | (~Q(signed_off_by=F("owner")) & ~Q(signed_off_by=F("reported_by"))),
                name="rectification_signed_off_by_another",
                violation_error_message="整改的人不能给自己销号。",
            ),
            models.CheckConstraint(
                condition=(Q(state="signed_off") & Q(signed_off_by__isnull=False))
                | (~Q(state="signed_off") & Q(signed_off_by=None)),
                name="rectification_sign_off_agrees",
            ),
            models.CheckConstraint(
                condition=Q(state="found") | (~Q(measure="") & Q(owner__isnull=False)),
                name="rectification_has_measure_and_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="rectification_ledger"),
            models.Index(fields=["state", "due_on"], name="rectification_due"),
        ]

    def __str__(self):
        return self.problem[:60]

    @property
    def is_running(self):
        return self.state != Rectification.State.SIGNED_OFF

    def is_overdue(self, today):
        return self.is_running and self.due_on < today


class Step(models.Model):
    """One deed on a ledger item, in the order of the chain that is drawn on its page."""

    class Kind(models.TextChoices):
        FOUND = "found", "提出"
        PLANNED = "planned", "定措施"
        EXTENDED = "extended", "延期"
        REPORTED = "reported", "报告整改"
        RETURNED = "returned", "退回再改"
        SIGNED_OFF = "signed_off", "销号"
        ANSWERED = "answered", "公开答复"
        RECHECKED = "rechecked", "复查"
        REOPENED = "reopened", "重新整改"
        ESCALATED = "escalated", "上报"
        CHECKED = "checked", "核实"
        CALLED_BACK = "called_back", "回访"
        JUDGED = "judged", "群众评判"
        OUTCOME = "outcome", "追究处理"

    item = models.ForeignKey(Rectification, models.CASCADE, related_name="steps")
    kind = models.CharField("动作", max_length=12, choices=Kind)
    text = models.TextField("内容", max_length=2000, blank=True)
    answers = models.JSONField("复查结果", default=dict, help_text="方案的复查问题 → 是否做到")
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改经过"
        indexes = [models.Index(fields=["item", "at"], name="step_chain")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
