from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window
from campaigns.models import Campaign, Period
from competitions.models.about import Cancellable, InsideQuerySet, says_why_cancelled


class Contest(Cancellable):
    """A contest of a series (B02, B06, B07). Its rules are the scheme's, frozen when it was made.

    筹备 → 评分中 → 已定名次 → 已公布; from any of them 已取消, with the reason.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "筹备中"
        JUDGING = "judging", "评分中"
        RANKED = "ranked", "已定名次"
        PUBLISHED = "published", "已公布"
        CANCELLED = "cancelled", "已取消"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="contests")
    period = models.ForeignKey(Period, models.PROTECT, related_name="contests")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contests", verbose_name="主办"
    )
    item = models.CharField("方案中的项目", max_length=40)
    series = models.CharField("系列", max_length=120, blank=True)
    name = models.CharField("竞赛名称", max_length=80)
    subject = models.CharField("参赛对象", max_length=10)
    rules = models.JSONField("规则", default=dict)
    held_on = models.DateField("举办日期")
    place = models.CharField("地点", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PREPARING)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发起人")
    made_at = models.DateTimeField("发起时间")
    ranked_at = models.DateTimeField("定名次时间", null=True, blank=True)
    tie_reason = models.CharField("并列的处理", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "竞赛"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(tie_reason=""), name="contest_tie_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="contest_published_when",
            ),
            says_why_cancelled("contest_cancelled_says_why"),
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="contest_of_campaign")]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        """Entrants and judges may still change."""
        return self.state in {Contest.State.PREPARING, Contest.State.JUDGING}

    @property
    def is_ranked(self):
        return self.state in {Contest.State.RANKED, Contest.State.PUBLISHED}


class Entrant(models.Model):
    """Who competes: a person, a window, a branch or a team by its name. The result stays beside it."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entrants")
    number = models.PositiveSmallIntegerField("序号")
    label = models.CharField("名称", max_length=120)
    room = models.CharField("考场", max_length=20, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="contest_entries"
    )
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="contest_entries"
    )
    branch = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contest_entries"
    )
    tie_order = models.PositiveSmallIntegerField("并列时的先后", default=0)
    score = models.CharField("成绩", max_length=20, blank=True)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    prize = models.CharField("奖项", max_length=60, blank=True)
    is_tied = models.BooleanField("在奖项末位并列", default=False)
    explanation = models.JSONField("怎样算的", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参赛者"
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="entrant_number_once"),
            models.UniqueConstraint(fields=["contest", "label"], name="entrant_label_once"),
            models.UniqueConstraint(
                fields=["contest", "person"], condition=Q(person__isnull=False), name="entrant_person_once"
            ),
            models.UniqueConstraint(
                fields=["contest", "window"], condition=Q(window__isnull=False), name="entrant_window_once"
            ),
            models.UniqueConstraint(
                fields=["contest", "branch"], condition=Q(branch__isnull=False), name="entrant_branch_once"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.label

    @property
    def has_subject(self):
        """Not a team, which is just a name."""
        return bool(self.person_id or self.window_id or self.branch_id)


class Judge(models.Model):
    """A judge and his sheet: his own only, saved as often as he likes, submitted once."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="judges")
    person = models.ForeignKey(Person, models.PROTECT, related_name="judging")
    room = models.CharField("考场", max_length=20, blank=True)
    submitted_at = models.DateTimeField("交表时间", null=True, blank=True)
    returned_reason = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评委"
        constraints = [
            models.UniqueConstraint(fields=["contest", "person"], name="judge_once"),
        ]

    def __str__(self):
        return f"{self.person}"


class Mark(models.Model):
    """One mark of one judge for one entrant on one question."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="marks")
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="marks")
    question = models.CharField("题", max_length=40)
    value = models.DecimalField("得分", max_digits=9, decimal_places=3)

    class Meta:
        verbose_name = verbose_name_plural = "评分"
        constraints = [
            models.UniqueConstraint(fields=["judge", "entrant", "question"], name="mark_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="mark_not_negative"),
        ]

    def __str__(self):
        return f"{self.value}"


ORDER = (F("place").asc(nulls_last=True), "number")
