from django.conf import settings
from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, scope_paths, under
from campaigns.models.campaign import Campaign, Period


class DutyQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own duties, and those of the organisations one holds a role over."""
        scopes = scope_paths(person, "secretary", "committee", "office", "inspector", "leader")
        return self.filter(Q(assignee=person) | under(scopes, "organisation__path"))

    def pending(self):
        return self.filter(done_at=None, waived_at=None)

    def overdue(self, *, today):
        return self.pending().filter(due_on__lt=today)


class Duty(models.Model):
    """Who must do what, about whom or what, by when. Made by cadence rules, fulfilled by doing the work.

    `act` is the deed that fulfils it (see docs/plan.md); `subject_key` makes the row unique without
    NULLs: "" for none, else "person:7", "window:3", "organisation:9".
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="duties")
    period = models.ForeignKey(Period, models.CASCADE, related_name="duties")
    rule = models.CharField("规则", max_length=60)
    act = models.CharField("动作", max_length=40)
    title = models.CharField("事项", max_length=120)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name="责任人"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="duties", verbose_name="责任组织"
    )
    about_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="duties_about"
    )
    about_window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="duties_about"
    )
    about_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="duties_about"
    )
    subject_key = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField("可办之日")
    due_on = models.DateField("截止日")
    minutes = models.PositiveSmallIntegerField("约需分钟", default=5)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_late = models.BooleanField("补录", default=False)
    waived_at = models.DateTimeField("免办时间", null=True, blank=True)
    waived_reason = models.CharField("免办原因", max_length=200, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待办职责"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "rule", "assignee", "subject_key", "due_on"], name="duty_unique"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="duty_done_at_and_by_agree",
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None) | ~Q(waived_reason=""), name="duty_waived_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "done_at", "due_on"], name="duty_of_person"),
            models.Index(fields=["period", "organisation"], name="duty_of_organisation"),
        ]

    def __str__(self):
        return f"{self.title}（{self.assignee_id}）"
