"""What citizens say, and what becomes of it: no name unless given, no time finer than the week (P06, P09)."""

import uuid

from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, home_paths, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those with a role at once; the window's own people when the owner was told or it was dealt with.

        A list that grows the moment somebody rates would say who it was (B19).
        """
        over, homes = scope_paths(person, *SEEING_ROLES), home_paths(person)
        later = Q(is_told=True) | ~Q(state=Feedback.State.RECEIVED) | Q(owner=person)
        return self.filter(
            under([*over, *homes], "organisation__path")
            | under(over, "window__organisation__path")
            | (under(homes, "window__organisation__path") & later)
        )

    def waiting(self):
        return self.filter(state=Feedback.State.RECEIVED, is_counted=True)

    def overdue(self, *, today):
        return self.waiting().filter(due_on__lt=today)

    def published(self):
        return self.exclude(published_on=None)


class Feedback(models.Model):
    """A bad rating, a comment or a slip in the suggestion box: followed by a receipt code, answered by its owner."""

    class Kind(models.TextChoices):
        RATING = "rating", "评价"
        BOX = "box", "意见箱"

    class State(models.TextChoices):
        RECEIVED = "received", "已收到"
        ANSWERED = "answered", "已答复"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("来源", max_length=10, choices=Kind, default=Kind.RATING)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="feedback")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="feedback",
        help_text="支部意见箱；窗口的意见不填",
    )  # fmt: skip
    week_on = models.DateField("所在周（周一）")
    is_bad = models.BooleanField("差评", default=False)
    text = models.TextField("意见", max_length=500, blank=True)
    channel = models.CharField("渠道", max_length=50, blank=True)
    levels = models.JSONField("同一张表的档次", default=dict, help_text="申诉成立时扣回，不显示")
    receipt_hash = models.CharField(max_length=64, unique=True)
    contact = models.BinaryField("称呼和电话（加密）", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.RECEIVED)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="feedback_owned",
        verbose_name="责任人",
    )  # fmt: skip
    due_on = models.DateField("答复时限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_solved = models.BooleanField("群众说已解决", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("没解决次数", default=0)
    is_counted = models.BooleanField("计入评价", default=True)
    is_told = models.BooleanField("已提醒责任人", default=False)
    public_question = models.TextField("公开的意见（去掉个人信息）", max_length=500, blank=True)
    public_answer = models.TextField("公开的答复", max_length=1000, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群众意见"
        constraints = [
            models.CheckConstraint(
                condition=Q(window=None, organisation__isnull=False)
                | Q(window__isnull=False, organisation=None),
                name="feedback_window_or_branch",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | (~Q(public_answer="") & ~Q(published_by=None)),
                name="feedback_published_with_answer",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="feedback_due")]

    def __str__(self):
        return self.text[:60] or f"{self.place_name}的差评"

    @property
    def place(self):
        """The organisation that answers for it."""
        return self.window.organisation if self.window_id else self.organisation

    @property
    def place_name(self):
        return self.window.name if self.window_id else self.organisation.label

    def is_overdue(self, today):
        return self.state == self.State.RECEIVED and self.due_on is not None and self.due_on < today


class FeedbackStep(models.Model):
    """One deed on an opinion. The sender's own carry the Monday of their week, nobody's an hour."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", "交办"
        ANSWERED = "answered", "答复"
        SOLVED = "solved", "群众说已解决"
        UNSOLVED = "unsolved", "群众说没解决"
        CALLED = "called", "回访"
        PUBLISHED = "published", "公开答复"
        HIDDEN = "hidden", "撤下公开的答复"
        APPEALED = "appealed", "申诉"
        DECIDED = "decided", "申诉复核"

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="steps")
    kind = models.CharField("动作", max_length=10, choices=Kind)
    text = models.TextField("内容", blank=True)
    day = models.DateField("日期（群众的只到周）")
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "意见办理经过"

    def __str__(self):
        return f"{self.get_kind_display()} {self.day}"


class FeedbackAppeal(models.Model):
    """申诉复核: the window says a bad rating is wrong or malicious; somebody above decides, with a reason."""

    class State(models.TextChoices):
        WAITING = "waiting", "待复核"
        UPHELD = "upheld", "申诉成立，不计入"
        REJECTED = "rejected", "申诉不成立，照计"

    feedback = models.OneToOneField(Feedback, models.PROTECT, related_name="appeal")
    reason = models.TextField("申诉理由", max_length=1000)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField("申诉日期")
    state = models.CharField("复核结果", max_length=10, choices=State, default=State.WAITING)
    decision = models.TextField("复核理由", max_length=1000, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("复核日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "差评申诉"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None)
                | (~Q(state="waiting") & ~Q(decision="") & Q(decided_by__isnull=False)),
                name="appeal_decided_with_reason",
            ),
            models.CheckConstraint(  # nobody decides his own appeal
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                name="appeal_decided_by_another",
            ),
        ]

    def __str__(self):
        return self.get_state_display()
