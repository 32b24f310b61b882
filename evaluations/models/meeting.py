"""会: 例会, 座谈会, 组织生活会, with attendance, comments per person, minutes, and dated follow-ups (P11, P18, P25, T01)."""

from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, home_paths, scope_paths, under, visible_paths
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign, Period
from evaluations.models.review import Review
from pledges.models import Bulletin


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class Meeting(models.Model):
    """One meeting of one organisation. Comments are read by others only once it is published.

    For everybody's eyes they hang as a bulletin, which passes the publishing gate and can be taken down (L25).
    """

    class Visibility(models.TextChoices):
        SELF = "self", "本人"
        BRANCH = "branch", "本支部"
        ORGANISATION = "organisation", "全单位"
        PUBLIC = "public", "公众"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    period = models.ForeignKey(Period, models.PROTECT, related_name="meetings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    item = models.CharField("方案项目", max_length=50)
    kind = models.CharField("会议种类", max_length=40)
    held_on = models.DateField("召开日期")
    place = models.CharField("地点", max_length=60, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")
    guests = models.CharField("列席和邀请", max_length=200, blank=True)
    summary = models.TextField("上月工作总结", max_length=4000, blank=True)
    minutes = models.TextField("会议记录", max_length=8000, blank=True)
    visibility = models.CharField("点评给谁看", max_length=12, choices=Visibility)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bulletin = models.OneToOneField(
        Bulletin,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting",
        verbose_name="给公众看的公示",
    )
    written_at = models.DateTimeField("登记时间")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "campaign", "kind", "held_on"],
                name="meeting_once_a_day",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.held_on}"

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def may_be_offered(self):
        """Whether the comments can be proposed for everybody's eyes: not while a proposal of them lives."""
        return self.is_published and (self.bulletin is None or self.bulletin.state == "down")


class Attendance(models.Model):
    """Who was called, and who came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    came = models.BooleanField("到会", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "到会"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meeting_attendance_once")
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.person_id}"


class MeetingCommentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own once published; others' as the meeting says; all for those who are over the branch."""
        shown = Q(meeting__published_at__isnull=False)
        branch = Q(meeting__visibility__in=["branch", "organisation", "public"]) & under(
            home_paths(person), "meeting__organisation__path"
        )
        whole = Q(meeting__visibility__in=["organisation", "public"]) & _same_campaign(person)
        over = under(scope_paths(person, *SEEING_ROLES), "meeting__organisation__path")
        return self.filter(over | (shown & (Q(person=person) | branch | whole)))


def _same_campaign(person):
    """Organisations with campaigns above one's own home."""
    homes = home_paths(person)
    above = {home[:end] for home in homes for end in range(4, len(home) + 1, 4)}
    return Q(meeting__campaign__organisation__path__in=above)


class MeetingComment(models.Model):
    """What was said of one person, on the aspects of the scheme (P18); by name, never anonymous."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="meeting_comments")
    levels = models.JSONField("各方面档次", default=dict)
    texts = models.JSONField("各方面点评", default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = MeetingCommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议点评"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="meeting_comment_once_per_person"
            )
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.person_id}"


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(person=person) | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        )

    def running(self):
        return self.filter(done_on=None)


class FollowUp(models.Model):
    """Agreed advice with a date: 点出动力，评出实效 (P25). Done says what changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="follow_ups")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="follow_ups", verbose_name="谁来落实"
    )
    advice = models.TextField("改进意见", max_length=500)
    due_on = models.DateField("什么时候见效")
    change = models.TextField("后来改了什么", max_length=500, blank=True)
    done_on = models.DateField("落实日期", null=True, blank=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_on = models.DateField("商定日期")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "落实事项"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(change=""), name="follow_up_done_says_what"
            )
        ]

    def __str__(self):
        return self.advice[:40]
