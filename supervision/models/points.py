from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person, Window, is_over, scope_paths, under
from campaigns.models import Campaign, Period

WATCHING = ("committee", "office", "inspector")


class PointEntryQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those who watch over the place; of the signed ones also whom they are about."""
        watched = Q(under(scope_paths(person, *WATCHING), "organisation__path"))
        own = Q(person=person, state=PointEntry.State.SIGNED)
        return self.filter(watched | own)

    def counting(self):
        return self.filter(state=PointEntry.State.SIGNED)


class PointEntry(models.Model):
    """A sanction on file, or points given or taken by hand: entered with reason and evidence, signed by another."""

    class Kind(models.TextChoices):
        PLUS = "plus", "加分"
        MINUS = "minus", "扣分"
        DISCIPLINE = "discipline", "纪律处分"

    class State(models.TextChoices):
        WAITING = "waiting", "待签认"
        SIGNED = "signed", "已签认"
        REFUSED = "refused", "不予认定"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="point_entries")
    period = models.ForeignKey(Period, models.PROTECT, related_name="point_entries")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="point_entries"
    )
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="point_entries")
    name = models.CharField(
        "事项", max_length=60, help_text="如 市级先进个人、通报批评、党内警告。"
    )
    points = models.DecimalField(
        "分值", max_digits=6, decimal_places=2, null=True, blank=True,
        help_text="写正数；加还是扣看种类。纪律处分不写分值，怎样计分由方案定。",
    )  # fmt: skip
    happened_on = models.DateField("发生日期")
    reason = models.CharField("理由", max_length=300)
    evidence = models.CharField(
        "依据", max_length=200, help_text="文号、通报、证书编号，材料存放处。"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    entered_at = models.DateTimeField("登记时间")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("签认时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签认人"
    )
    remark = models.CharField("签认意见", max_length=200, blank=True)

    objects = PointEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "加减分和处分"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="discipline", points__isnull=True)
                | (~Q(kind="discipline") & Q(points__gt=0)),
                name="point_entry_has_points",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(window__isnull=True),
                name="point_entry_one_subject",
            ),
            models.CheckConstraint(  # nobody signs what he entered (D4)
                condition=Q(state="waiting", decided_by__isnull=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
                name="point_entry_signed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["period", "state", "kind"], name="point_entry_of_period")]

    def __str__(self):
        return f"{self.subject} {self.name}"

    @property
    def subject(self):
        return self.person or self.window or self.organisation

    @property
    def is_waiting(self):
        return self.state == PointEntry.State.WAITING

    @property
    def shown_points(self):
        """With its sign, or nothing for a sanction."""
        if self.points is None:
            return ""
        return f"{'+' if self.kind == self.Kind.PLUS else '−'}{Decimal(self.points).normalize():f}"  # noqa: RUF001

    def may_be_decided_by(self, person):
        """Another right holder, and not about oneself."""
        if person.pk in {self.entered_by_id, self.person_id}:
            return False
        return is_over(person, self.organisation, "committee", "office")
