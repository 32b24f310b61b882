"""Sealed peer rounds (design §6). No model here ever gets a history table, an admin or a timestamp per ballot."""

import uuid
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from branches.models import Organisation, Person, under, visible_paths
from campaigns.models import Campaign, Period
from evaluations.models.sheet import LEVELS, Sheet


class RoundQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(pk__in=RollEntry.objects.filter(person=person).values("round"))
            | under(visible_paths(person), "organisation__path")
            | Q(pk__in=RoundPart.objects.visible_to(person).values("round"))
        )

    def open(self):
        return self.filter(state=Round.State.OPEN)

    def not_counted(self):
        """What keeps a period from being closed: open rounds and those whose count stopped."""
        return self.filter(state__in=[Round.State.OPEN, Round.State.HALTED])

    def past_deadline(self):
        """By the clock of the database, the only one that counts here (D1)."""
        return self.open().exclude(form=Round.Form.PAPER).filter(closes_at__lte=Now())

    def key_not_destroyed(self):
        over = self.filter(state__in=[Round.State.CLOSED, Round.State.VOID], key_destroyed_at=None)
        return over.filter(form=Round.Form.SEALED)


class Round(models.Model):
    """One peer rating of one branch in one period. The bitmap holds the *set* of voters, never their order.

    A branch too small for sealed ballots joins others (`is_joint`: its organisation is the one above them,
    `parts` are the branches), rates by name, or on paper. Whichever it is, a person is on one roll a period.
    """

    class Form(models.TextChoices):
        SEALED = "sealed", "密封互评"
        NAMED = "named", "记名互评"
        PAPER = "paper", "纸质测评"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        HALTED = "halted", "计票中止"
        CLOSED = "closed", "已计票"
        VOID = "void", "已作废"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rounds")
    period = models.ForeignKey(Period, models.PROTECT, related_name="rounds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    kind = models.CharField("种类", max_length=20, default="peer")
    form = models.CharField("方式", max_length=10, choices=Form, default=Form.SEALED)
    is_joint = models.BooleanField("联合互评", default=False)
    occasion = models.CharField("场合", max_length=40, blank=True)
    stage = models.CharField(
        "阶段（开启时）", max_length=60, blank=True, help_text="开启那天活动走到哪个阶段"
    )
    questionnaire = models.JSONField("问卷（冻结）", help_text="开启时方案里的问题与档次，计票按它")
    opens_at = models.DateTimeField("开启时间")
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closes_at = models.DateTimeField("截止时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    public_key = models.BinaryField("公钥")
    key_fingerprint = models.CharField("密钥指纹", max_length=64)
    ballot_bytes = models.PositiveIntegerField("选票统一长度")
    marks = models.BinaryField("已参评位图")
    roll_size = models.PositiveIntegerField("名册人数")
    voter_count = models.PositiveIntegerField("应评人数", default=0)
    ballots_counted = models.PositiveIntegerField("计票数", null=True, blank=True)
    box_hash = models.CharField("票箱摘要", max_length=64, blank=True)
    result_hash = models.CharField("结果摘要", max_length=64, blank=True)
    closed_at = models.DateTimeField("计票时间", null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    key_destroyed_at = models.DateTimeField("密钥销毁时间", null=True, blank=True)
    halt_reason = models.CharField("中止原因", max_length=200, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "互评"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organisation", "kind"],
                condition=~Q(state="void") & Q(is_joint=False),
                name="round_once_per_branch_and_period",
            ),
            models.CheckConstraint(  # only sealed ballots may hide among those of other branches
                condition=Q(is_joint=False) | Q(form="sealed"), name="round_joint_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_at__isnull=False, ballots_counted__isnull=False),
                name="round_closed_was_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="round_voided_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.period.name} {self.way}"

    @property
    def is_open(self):
        return self.state == Round.State.OPEN

    @property
    def is_closed(self):
        return self.state == Round.State.CLOSED

    @property
    def name(self):
        return str(self)

    @property
    def way(self):
        """互评 as it is called on pages: 互评, 联合互评, 记名互评, 纸质测评."""
        if self.is_joint:
            return "联合互评"
        return "互评" if self.is_sealed else self.get_form_display()

    @property
    def occasion_text(self):
        """结合民主生活会, or nothing (P17, P23)."""
        return f"结合{self.occasion}" if self.occasion else ""

    @property
    def is_sealed(self):
        return self.form == Round.Form.SEALED

    @cached_property
    def sheet(self):
        """The frozen questionnaire with its types."""
        return Sheet.from_data(self.questionnaire)

    @cached_property
    def homes(self):
        """Whose people are on the roll: its organisation, or the branches of a joint round."""
        if not self.is_joint:
            return [self.organisation]
        parts = self.parts.select_related("organisation").order_by("organisation__path")
        return [part.organisation for part in parts]

    @property
    def turnout(self):
        """How many have voted: the one figure that is known before the close."""
        return int.from_bytes(bytes(self.marks), "big").bit_count()

    def has_mark(self, position):
        return bool(bytes(self.marks)[position // 8] >> position % 8 & 1)

    def marks_with(self, position):
        """The bitmap with this voter's bit set."""
        marks = bytearray(bytes(self.marks))
        marks[position // 8] |= 1 << position % 8
        return bytes(marks)


class RoundPartQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class RoundPart(models.Model):
    """A branch that takes part in a joint round. A branch is in one of them at most: joint rounds are disjoint (B12)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="peer")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_void = models.BooleanField("随轮作废", default=False)

    objects = RoundPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联合互评的支部"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind", "organisation"],
                condition=Q(is_void=False),
                name="round_part_once",
            )
        ]

    def __str__(self):
        return f"{self.organisation} {self.round_id}"


class RollEntry(models.Model):
    """The frozen roll of a round: who may vote, who is rated. Position is the voter's bit."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="roll")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="peer")
    position = models.PositiveIntegerField("位次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roll_entries")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="联合互评里他所在的支部；其他互评为空",
    )
    post = models.CharField("岗位（开启时）", max_length=120, blank=True)
    is_voter = models.BooleanField("参加评议", default=True)
    is_rated = models.BooleanField("接受评议", default=True)
    is_void = models.BooleanField("随轮作废", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "互评名册"
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="roll_position_unique"),
            # one ballot per person, period and kind, whatever branch he moves to (C12)
            models.UniqueConstraint(
                fields=["period", "kind", "person"],
                condition=Q(is_void=False),
                name="roll_person_once",
            ),
        ]

    def __str__(self):
        return f"{self.position} {self.person_id}"


class Ballot(models.Model):
    """A sealed box. Random id, one size, no time, no voter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots")
    box = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = "密封选票"

    def __str__(self):
        return str(self.id)


class NamedRating(models.Model):
    """What one says about another under his own name: the form says so before he writes. Never a sealed ballot's."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="named_ratings")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_ratings")
    levels = models.JSONField("各项档次", default=dict)
    texts = models.JSONField("各项内容", default=dict)
    comment = models.CharField("留言", max_length=200, blank=True)
    written_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "记名互评"
        constraints = [
            models.UniqueConstraint(fields=["round", "author", "person"], name="named_rating_once"),
            models.CheckConstraint(
                condition=~Q(author=F("person")), name="named_rating_of_another"
            ),
        ]

    def __str__(self):
        return f"{self.author_id} {self.person_id}"


class PeerTally(models.Model):
    """What a closed round leaves: per rated person and question, a column per level, after suppression.

    `shown` says how much may be known (design §6). Histogram from 5 others' ballots: a row per question.
    From 3 one rounded grade for all questions together, below that nothing: one row whose question is
    OVERALL, `grade` = 1-based level of the first question's scale, counts all zero. A question answered
    with figures has `scores` {figure: how often} instead of columns, and tenths of its range as grades.
    """

    OVERALL = ""

    class Shown(models.TextChoices):
        HISTOGRAM = "histogram", "分布"
        GRADE = "grade", "等次"
        NOTHING = "nothing", "人数不足"

    round = models.ForeignKey(Round, models.CASCADE, related_name="tallies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="peer_tallies")
    question = models.CharField("问题", max_length=50, blank=True)
    shown = models.CharField(max_length=10, choices=Shown)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    scores = models.JSONField("各分数的票数", null=True, blank=True)
    level_1 = models.PositiveIntegerField(default=0)
    level_2 = models.PositiveIntegerField(default=0)
    level_3 = models.PositiveIntegerField(default=0)
    level_4 = models.PositiveIntegerField(default=0)
    level_5 = models.PositiveIntegerField(default=0)
    level_6 = models.PositiveIntegerField(default=0)
    level_7 = models.PositiveIntegerField(default=0)
    level_8 = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "互评计数"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "question"], name="tally_person_question_unique"
            ),
            models.CheckConstraint(  # what is not shown is not stored either
                condition=Q(shown="histogram", grade=None)
                | Q(
                    shown__in=["grade", "nothing"],
                    scores__isnull=True,
                    **{f"level_{number}": 0 for number in range(1, LEVELS + 1)},
                ),
                name="tally_stores_only_what_is_shown",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.question}"

    @property
    def counts(self):
        return [getattr(self, f"level_{number}") for number in range(1, LEVELS + 1)]


class PeerComment(models.Model):
    """A comment from a closed round, shuffled per person (ordered by content hash), moderated before it is shown."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审"
        SHOWN = "shown", "可见"
        HIDDEN = "hidden", "不予显示"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="peer_comments")
    question = models.CharField("问题", max_length=50, blank=True)
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        verbose_name = verbose_name_plural = "互评留言"

    def __str__(self):
        return str(self.id)
