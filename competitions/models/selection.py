from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person
from campaigns.models import Campaign, Period
from competitions.models.about import (
    About,
    Cancellable,
    InsideQuerySet,
    one_subject,
    says_why_cancelled,
)


class Selection(Cancellable):
    """Choosing who gets a title of the scheme (H01 to H03): 推荐 → 审核 → 公示 → 表彰, or 已取消."""

    class State(models.TextChoices):
        NOMINATING = "nominating", "推荐中"
        REVIEWING = "reviewing", "审核中"
        PUBLICISED = "publicised", "公示中"
        AWARDED = "awarded", "已表彰"
        CANCELLED = "cancelled", "已取消"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="selections")
    period = models.ForeignKey(Period, models.PROTECT, related_name="selections")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="selections", verbose_name="评选单位"
    )
    title = models.CharField("称号代号", max_length=40)
    name = models.CharField("称号", max_length=60)
    subject = models.CharField("授予谁", max_length=10)
    places = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    travelling = models.BooleanField("流动", default=False)
    public = models.BooleanField("群众可以推荐", default=False)
    closes_on = models.DateField("推荐截止")
    state = models.CharField("状态", max_length=12, choices=State, default=State.NOMINATING)
    publicised_on = models.DateField("公示开始", null=True, blank=True)
    objections_until = models.DateField("公示截止", null=True, blank=True)
    decision = models.TextField("决定", max_length=2000, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("表彰时间", null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发起人")
    made_at = models.DateTimeField("发起时间")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评选"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organisation", "title"],
                condition=~Q(state="cancelled"),  # called off, it may be begun anew
                name="selection_once_per_period",
            ),
            says_why_cancelled("selection_cancelled_says_why"),
            models.CheckConstraint(
                condition=~Q(state="publicised") | Q(objections_until__isnull=False),
                name="selection_publicised_until",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded") | (~Q(decision="") & Q(decided_by__isnull=False)),
                name="selection_decided_on_record",
            ),
        ]

    def __str__(self):
        return self.name


class Nomination(About):
    """A candidate with what was said for him; one row a subject, however many recommend."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审核"
        CANDIDATE = "candidate", "候选"
        DECLINED = "declined", "未通过"
        CHOSEN = "chosen", "拟表彰"

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="nominations")
    subject_key = models.CharField(max_length=40)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    note = models.CharField("审核意见", max_length=500, blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("推荐时间")

    class Meta:
        verbose_name = verbose_name_plural = "推荐人选"
        constraints = [
            one_subject("nomination_one_subject"),
            models.UniqueConstraint(
                fields=["selection", "subject_key"], name="nomination_once_per_subject"
            ),
        ]

    def __str__(self):
        return f"{self.subject}"


class Recommendation(models.Model):
    """Why somebody recommends a candidate. Of the public nothing is kept but the words and the day."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="recommendations")
    reason = models.CharField("推荐理由", max_length=500)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="推荐人"
    )
    made_on = models.DateField("日期")
    is_shown = models.BooleanField("已审核", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "推荐理由"
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "by"],
                condition=Q(by__isnull=False),
                name="recommendation_once_per_person",
            )
        ]

    def __str__(self):
        return self.reason[:40]


class Objection(models.Model):
    """Raised during the publicity period, answered before the decision."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="objections")
    text = models.CharField("异议", max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("提出时间")
    answer = models.CharField("核查结果", max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None)
                | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="objection_answered_by_somebody",
            )
        ]

    def __str__(self):
        return self.text[:40]


class AwardQuerySet(InsideQuerySet):
    def holding(self):
        return self.filter(ended_on=None)


class Award(About):
    """An honour held: for good, or until a travelling flag is handed on."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="awards")
    period = models.ForeignKey(Period, models.PROTECT, related_name="awards")
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="awards")
    title = models.CharField("称号代号", max_length=40)
    name = models.CharField("称号", max_length=60)
    granted_on = models.DateField("授予日期")
    ended_on = models.DateField("交出日期", null=True, blank=True)
    handover_note = models.CharField("交接记录", max_length=300, blank=True)
    revoked_reason = models.CharField("撤销原因", max_length=300, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "荣誉"
        constraints = [
            one_subject("award_one_subject"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("granted_on")),
                name="award_ends_after_grant",
            ),
            models.CheckConstraint(  # what was taken back is no longer held
                condition=Q(revoked_reason="") | Q(ended_on__isnull=False),
                name="award_revoked_is_ended",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "title", "granted_on"], name="award_of_title")]

    def __str__(self):
        return f"{self.name} {self.subject}"
