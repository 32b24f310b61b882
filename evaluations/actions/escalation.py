"""A leader who stays late with his review is told of to the committee over him, once a period (P15)."""

from django.urls import reverse
from django.utils import timezone

from branches.models import Person, Role
from common import notices
from evaluations.queries.clock import late_leaders


def escalate_late_reviews(*, at):
    """The sweeper's step; the unique event makes it once for each superior."""
    today = timezone.localdate(at)
    told = 0
    for duty in late_leaders(today=today)[:500]:
        roles = Role.objects.current(today=today).filter(
            kind=Role.Kind.COMMITTEE, organisation=duty.campaign.organisation
        )
        superiors = Person.objects.filter(pk__in=roles.values("person"), is_active=True)
        notices.post(
            list(superiors.exclude(pk=duty.assignee_id)),
            event=f"review-late:{duty.period_id}:{duty.assignee_id}",
            title=f"{duty.assignee} {duty.period.name}领导点评逾期",
            body=f"应在 {duty.due_on:%Y-%m-%d} 前点评，至今没有完成。",
            url=reverse("evaluations:review_clock"),
            at=at,
        )
        told += 1
    return told
