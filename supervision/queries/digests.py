"""What a group is told about its campaign: figures and branches, no names (a group is half public)."""

from django.conf import settings
from django.db.models import Count

from campaigns.actions import SEALED
from campaigns.models import Duty, Period
from supervision.models import Rectification

BRANCHES = 5


def digest_of(campaign, *, today):
    """A few lines, or "" when there is nothing to say."""
    period = (
        Period.objects.filter(campaign=campaign, state=Period.State.OPEN)
        .containing(today)
        .order_by("pk")
        .first()
    )
    if period is None:
        return ""
    duties = Duty.objects.filter(period=period).pending().exclude(act__in=SEALED)
    due = duties.filter(due_on=today).count()
    late = list(
        duties.filter(due_on__lt=today)
        .values("organisation__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "organisation__name")
    )
    ledger = Rectification.objects.filter(campaign=campaign).overdue(today=today).count()
    lines = []
    if due:
        lines.append(f"今天到期 {due} 件")
    if late:
        named = "、".join(f"{row['organisation__name']} {row['count']}" for row in late[:BRANCHES])
        lines.append(f"已逾期 {sum(row['count'] for row in late)} 件：{named}")
    if ledger:
        lines.append(f"整改超期 {ledger} 件")
    if not lines:
        return ""
    return "\n".join([f"{campaign.name} {period.name}", *lines, f"{settings.PORTAL_URL}/"])
