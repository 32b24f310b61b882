from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window, home_paths, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign, Period

PUBLIC_STATES = ("published", "kept", "unkept")
# A change of a published pledge waits for approval: meanwhile the public reads the approved wording (D6).
PUBLIC = Q(status__in=PUBLIC_STATES) | Q(
    status__in=["submitted", "returned"], published_at__isnull=False
)


class PledgeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Published pledges of one's own tree; drafts only of one's own and of those one is over."""
        return self.filter(
            Q(owner_person=person)
            | Q(written_by=person)
            | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
            | (under(home_paths(person), "organisation__path") & PUBLIC)
        )

    def public(self):
        """What anybody may read without signing in."""
        return self.filter(PUBLIC)

    def with_owners(self):
        return self.select_related(
            "owner_person", "owner_window", "owner_organisation", "organisation", "period"
        )

    def overdue(self, *, today):
        return self.filter(status=Pledge.Status.PUBLISHED, due_on__lt=today)


class Pledge(models.Model):
    """A public commitment of a person, a window or an organisation (L14 to L19).

    草稿 → 待审核 → 已公示 → 已兑现 / 未兑现(须说明). After publication the text is frozen; a change makes a
    new `PledgeVersion` that the public sees (D6). `organisation` is whose board it hangs on.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "退回修改"
        PUBLISHED = "published", "已公示"
        KEPT = "kept", "已兑现"
        UNKEPT = "unkept", "未兑现"
        WITHDRAWN = "withdrawn", "已撤下"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="pledges")
    period = models.ForeignKey(Period, models.PROTECT, related_name="pledges")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="board_pledges")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="pledges"
    )
    owner_window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="pledges"
    )
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pledges"
    )
    theme = models.CharField("主题", max_length=60, blank=True)
    text = models.CharField("承诺事项", max_length=300)
    baseline = models.CharField("现状（基准）", max_length=200)
    target = models.CharField("目标", max_length=200)
    starts_on = models.DateField("开始")
    due_on = models.DateField("完成时限")
    evidence_plan = models.CharField("怎样算兑现（佐证）", max_length=200, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveSmallIntegerField("版次", default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="填写人")
    written_at = models.DateTimeField("填写时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    review_note = models.CharField("审核意见", max_length=300, blank=True)
    published_at = models.DateTimeField("公示时间", null=True, blank=True)
    concluded_at = models.DateTimeField("认定时间", null=True, blank=True)
    concluded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人"
    )
    explanation = models.TextField("未兑现说明", blank=True)
    down_at = models.DateTimeField("撤下时间", null=True, blank=True)
    down_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    down_reason = models.CharField("撤下原因", max_length=200, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开承诺"
        constraints = [
            models.CheckConstraint(  # exactly one owner
                condition=Q(owner_person__isnull=False, owner_window=None, owner_organisation=None)
                | Q(owner_person=None, owner_window__isnull=False, owner_organisation=None)
                | Q(owner_person=None, owner_window=None, owner_organisation__isnull=False),
                name="pledge_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="pledge_due_after_start",
                violation_error_message="完成时限不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "returned", "withdrawn"])
                | Q(published_at__isnull=False, reviewed_by__isnull=False),
                name="pledge_published_was_reviewed",
            ),
            models.CheckConstraint(  # what hung in public is taken down with a reason
                condition=~Q(status="withdrawn") | Q(published_at=None) | ~Q(down_reason=""),
                name="pledge_down_has_reason",
            ),
            models.CheckConstraint(  # 未兑现须说明
                condition=~Q(status="unkept") | ~Q(explanation=""), name="pledge_unkept_explained"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status"], name="pledge_board"),
            models.Index(fields=["period", "status"], name="pledge_period"),
        ]

    def __str__(self):
        return self.text

    @property
    def owner(self):
        """The person, window or organisation; fetch with `with_owners()`."""
        return self.owner_person or self.owner_window or self.owner_organisation

    @property
    def owner_kind(self):
        if self.owner_person_id:
            return "person"
        return "window" if self.owner_window_id else "branch"

    @property
    def is_public(self):
        return self.status in PUBLIC_STATES

    @property
    def is_taken_down(self):
        return self.status == self.Status.WITHDRAWN and self.published_at is not None

    @property
    def is_under_change(self):
        """Published before, its changed wording not yet approved."""
        return self.published_at is not None and not self.is_public and not self.is_taken_down

    @property
    def approved(self):
        """What the public reads: this wording, or the last approved one (prefetch `versions`)."""
        if not self.is_under_change:
            return self
        return max(self.versions.all(), key=lambda version: version.number)


class PledgeLine(models.Model):
    """One line of a window's pledge, rated kept or not kept by the public (L16).

    Counters only: no row, no time, no order of any single answer.
    """

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField("序")
    name = models.CharField("承诺", max_length=60)
    text = models.CharField("说明", max_length=1000, blank=True)
    kept_count = models.PositiveIntegerField("说做到的", default=0)
    unkept_count = models.PositiveIntegerField("说没做到的", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "承诺条目"
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "position"], name="pledge_line_position_unique"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def n(self):
        return self.kept_count + self.unkept_count

    @property
    def kept_share(self):
        """Share of the answers that say kept; None without any."""
        return self.kept_count / self.n if self.n else None


class PledgeVersion(models.Model):
    """The wording that a published pledge had before a change, shown to the public beside the new one."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    text = models.CharField("承诺事项", max_length=300)
    baseline = models.CharField("现状（基准）", max_length=200)
    target = models.CharField("目标", max_length=200)
    due_on = models.DateField("完成时限")
    reason = models.CharField("修改原因", max_length=200)
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "承诺版次"
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="pledge_version_unique")
        ]

    def __str__(self):
        return f"{self.pledge} 第 {self.number} 版"


class PledgeProgress(models.Model):
    """A dated note of progress or evidence."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="progress")
    note = models.CharField("进展", max_length=300)
    noted_at = models.DateTimeField("时间")
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "兑现进展"

    def __str__(self):
        return self.note


class ProgressFile(models.Model):
    """Evidence of progress (L19): read by those who see the pledge signed in, not by the public.

    Nobody can check a picture for faces and numbers as the gate checks a text.
    """

    progress = models.ForeignKey(PledgeProgress, models.CASCADE, related_name="files")
    file = models.FileField("文件", upload_to="evidence/")
    name = models.CharField("名称", max_length=100)
    is_picture = models.BooleanField("是图片")

    class Meta:
        verbose_name = verbose_name_plural = "兑现佐证"

    def __str__(self):
        return self.name
