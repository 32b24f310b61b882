"""What the rows of this app have in common: who or what they are about, and whose place that is."""

from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window
from campaigns.models import Campaign

KINDS = {"person": "个人", "window": "窗口", "branch": "支部"}


class InsideQuerySet(models.QuerySet):
    """Comparing is done in the open: who sees the campaign sees what is compared in it (B13)."""

    def visible_to(self, person):
        return self.filter(campaign__in=Campaign.objects.visible_to(person))

    def with_subjects(self):
        return self.select_related("person", "window", "branch", "organisation")


class About(models.Model):
    """A person, a window or a branch; `organisation` is the place it counts for."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="个人"
    )
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="窗口"
    )
    branch = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="支部"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="所属组织"
    )

    class Meta:
        abstract = True

    @property
    def subject(self):
        """Fetch with `with_subjects()`."""
        return self.person or self.window or self.branch

    @property
    def subject_kind(self):
        return "person" if self.person_id else "window" if self.window_id else "branch"

    @property
    def subject_id(self):
        return self.person_id or self.window_id or self.branch_id


class Cancellable(models.Model):
    """Something that can be called off, in the open: who, when and why stay readable."""

    cancelled_reason = models.CharField("取消原因", max_length=300, blank=True)
    cancelled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取消人"
    )
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED


def says_why_cancelled(name):
    """Cancelled, and only then, it says why and by whom."""
    why = ~Q(cancelled_reason="") & Q(cancelled_by__isnull=False, cancelled_at__isnull=False)
    return models.CheckConstraint(
        condition=(Q(state="cancelled") & why)
        | (~Q(state="cancelled") & Q(cancelled_reason="", cancelled_by=None, cancelled_at=None)),
        name=name,
    )


def one_subject(name):
    """Exactly one of person, window and branch."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False, window=None, branch=None)
        | Q(person=None, window__isnull=False, branch=None)
        | Q(person=None, window=None, branch__isnull=False),
        name=name,
    )


def key_of(kind, subject):
    """Makes rows unique without NULLs: "person:7"."""
    return f"{kind}:{subject.pk}"


def fields_of(kind, subject, place):
    """Keyword arguments of a row about this subject, which counts for `place`."""
    return {kind: subject, "organisation": place}
