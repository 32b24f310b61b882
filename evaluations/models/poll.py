"""评议表 answered by invited people, a sample or anybody: counts by class, never a voter (P08, P19 to P22).

A one-time code says which class its holder belongs to and that it was used; nothing leads from it to an answer.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window, under, visible_paths
from campaigns.models import Campaign, Period


class PollQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def running(self, *, today):
        return self.filter(state=Poll.State.OPEN, opens_on__lte=today, closes_on__gte=today)


class Poll(models.Model):
    """One panel, survey or online vote of a period, on a questionnaire of the scheme."""

    class Kind(models.TextChoices):
        PANEL = "panel", "代表评议"
        SURVEY = "survey", "满意度调查"
        VOTE = "vote", "网上投票"

    class Access(models.TextChoices):
        CODE = "code", "凭一次性评议码"
        OPEN = "open", "公开链接"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="polls")
    period = models.ForeignKey(Period, models.PROTECT, related_name="polls")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="polls")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    item = models.CharField("方案项目", max_length=50)
    questionnaire = models.CharField("问卷", max_length=50)
    name = models.CharField("名称", max_length=120)
    occasion = models.CharField("场合", max_length=40, blank=True)
    access = models.CharField("怎么参加", max_length=10, choices=Access, default=Access.CODE)
    slug = models.CharField("公开短码", max_length=12, unique=True)
    sample_size = models.PositiveIntegerField("样本数", null=True, blank=True)
    opens_on = models.DateField("开始")
    closes_on = models.DateField("截止")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评议表"
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="poll_dates"),
            models.CheckConstraint(  # invited people hold codes
                condition=~Q(kind="panel") | Q(access="code"), name="poll_panel_by_code"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_advisory(self):
        """仅供参考: an online vote never counts (P08)."""
        return self.kind == Poll.Kind.VOTE

    def is_running(self, today):
        return self.state == Poll.State.OPEN and self.opens_on <= today <= self.closes_on


class PollSubject(models.Model):
    """Who or what is judged, as frozen when the poll opened."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="subjects")
    position = models.PositiveIntegerField("位次")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("名称", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "评议对象"
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="poll_subject_position"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, window=None, organisation=None)
                | Q(person=None, window__isnull=False, organisation=None)
                | Q(person=None, window=None, organisation__isnull=False),
                name="poll_subject_is_one_thing",
            ),
        ]

    def __str__(self):
        return self.name


class PollPass(models.Model):
    """A printed one-time code, as its keyed hash: the class of who holds it, and whether it was used."""

    digest = models.CharField(max_length=64, primary_key=True)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="passes")
    rater_class = models.CharField("评议主体", max_length=50)
    is_used = models.BooleanField("已用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "评议码"
        indexes = [models.Index(fields=["poll", "rater_class", "is_used"], name="poll_pass")]

    def __str__(self):
        return self.digest[:8]


class PollCount(models.Model):
    """How many of a class gave this level; `question` empty counts the forms themselves."""

    FORMS = ""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="counts")
    position = models.PositiveIntegerField("对象位次")
    rater_class = models.CharField("评议主体", max_length=50)
    question = models.CharField("问题", max_length=50, blank=True)
    level = models.CharField("档次", max_length=50, blank=True)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "评议计数"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "position", "rater_class", "question", "level"],
                name="poll_count_unique",
            )
        ]

    def __str__(self):
        return f"{self.position} {self.question} {self.level} {self.count}"


class PollRemark(models.Model):
    """What was written, torn from the answers: random id, no time, read by the organisers after the close."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="remarks")
    rater_class = models.CharField("评议主体", max_length=50)
    text = models.CharField(max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "评议留言"

    def __str__(self):
        return str(self.id)


class SupervisorQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def serving(self, *, today):
        return self.filter(starts_on__lte=today, ends_on__gte=today)


class Supervisor(models.Model):
    """An invited supervisor without an account: term, letter, a personal link to his own to-do (R06)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="supervisors")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supervisors")
    rater_class = models.CharField("评议主体", max_length=50)
    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("所在单位", max_length=120, blank=True)
    letter_no = models.CharField("聘书编号", max_length=40)
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止")
    digest = models.CharField(max_length=64, unique=True)
    appointed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "特邀监督员"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "letter_no"],
                name="supervisor_letter_unique",
                violation_error_message="这个聘书编号已经用过。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="supervisor_term",
                violation_error_message="任期止不能早于任期起。",
            ),
        ]

    def __str__(self):
        return self.name


class PassTaken(models.Model):
    """That a supervisor has drawn his code for a poll: once. Not which code."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    supervisor = models.ForeignKey(Supervisor, models.CASCADE, related_name="taken")

    class Meta:
        verbose_name = verbose_name_plural = "已领评议码"
        constraints = [
            models.UniqueConstraint(fields=["poll", "supervisor"], name="pass_taken_once")
        ]

    def __str__(self):
        return f"{self.poll_id} {self.supervisor_id}"
