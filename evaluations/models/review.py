from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, scope_paths, under
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign, Period


class SelfReviewQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own, and those of the people one is over; colleagues' are not for reading here."""
        over = under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        return self.filter(Q(person=person) | over)


class SelfReview(models.Model):
    """个人自评 (P12): answers to the scheme's self questionnaire, once per person and period, named."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="self_reviews")
    period = models.ForeignKey(Period, models.PROTECT, related_name="self_reviews")
    person = models.ForeignKey(Person, models.PROTECT, related_name="self_reviews")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="self_reviews")
    levels = models.JSONField("自评档次", default=dict, help_text="问题 → 档次")
    texts = models.JSONField("自评内容", default=dict, help_text="问题 → 文字")
    follow_ups = models.JSONField(
        "上期建议改了没有", default=list, help_text="[{review, advice, state, note}]"
    )
    written_at = models.DateTimeField("填写时间")
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)

    objects = SelfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "个人自评"
        constraints = [
            models.UniqueConstraint(fields=["period", "person"], name="self_review_once_per_period")
        ]

    def __str__(self):
        return f"{self.person} {self.period.name} 自评"


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            Q(person=person)
            | Q(author=person)
            | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        )

    def current(self):
        """Only the newest version of each review."""
        return self.filter(superseded_by=None)


class Review(models.Model):
    """A named review of a person, usually in four parts: 成绩, 问题, 建议, 方向 (P16). Corrected only by a new version."""

    class Kind(models.TextChoices):
        BRANCH = "branch", "支部讲评"
        LEADER = "leader", "领导点评"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reviews")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reviews")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    author = models.ForeignKey(Person, models.PROTECT, related_name="reviews_written")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reviews_received")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reviews", verbose_name="被评人所在支部"
    )
    occasion = models.CharField("场合", max_length=40, blank=True)
    texts = models.JSONField("点评内容", default=dict, help_text="问题 → 文字，按方案问卷")
    levels = models.JSONField("档次", default=dict, help_text="问题 → 档次，按方案问卷")
    version = models.PositiveSmallIntegerField("版次", default=1)
    superseded_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    written_at = models.DateTimeField("点评时间")
    is_late = models.BooleanField("补录", default=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "点评"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind", "author", "person"],
                condition=Q(superseded_by=None),
                name="review_one_current",
            ),
            models.CheckConstraint(  # nobody reviews himself (D4)
                condition=~Q(author=F("person")), name="review_not_of_oneself"
            ),
        ]
        indexes = [models.Index(fields=["period", "kind", "person"], name="review_of_person")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.person}"
