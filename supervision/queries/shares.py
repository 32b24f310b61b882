"""Sources that are a part of a whole: a query each, with `subject`, the part and `total`, or None for a kind without it."""

from django.db.models import Count, F, Q

from campaigns.models import Duty
from pledges.models import Pledge, ServiceItem
from supervision.models import Inspection, Rectification


def pledges(period, kind):
    """Kept of those that were decided or fell due in the period."""
    field = {
        "person": "owner_person",
        "window": "owner_window",
        "branch": "organisation",
    }[kind]
    return (
        Pledge.objects.filter(period=period, **{f"{field}__isnull": False})
        .filter(
            Q(status__in=["kept", "unkept"]) | Q(status="published", due_on__lte=period.ends_on)
        )
        .values(subject=F(field))
        .annotate(kept=Count("pk", filter=Q(status="kept")), total=Count("pk"))
    )


def duties(period, kind):
    """Done of all that were not waived; a late one counts as done, its lateness is shown elsewhere."""
    field = {"person": "assignee", "window": "about_window", "branch": "organisation"}[kind]
    return (
        Duty.objects.filter(period=period, waived_at=None, **{f"{field}__isnull": False})
        .exclude(act="close_period")
        # What is still being mended within its deadline is no fault of this period.
        .exclude(act="rectify", done_at=None, due_on__gt=period.ends_on)
        .values(subject=F(field))
        .annotate(done=Count("pk", filter=Q(done_at__isnull=False)), total=Count("pk"))
    )


def inspections(period, kind):
    """Inspections that found no problem, of all."""
    if kind == "person":
        return None
    field = {"window": "window", "branch": "organisation"}[kind]
    return (
        Inspection.objects.filter(period=period, **{f"{field}__isnull": False})
        .values(subject=F(field))
        .annotate(done=Count("pk", filter=Q(problem="")), total=Count("pk"))
    )


def rectification(period, kind):
    """Signed off in time, of the items that fell due by the end of the period (Z03)."""
    field = {"person": "owner", "window": "window", "branch": "organisation"}[kind]
    in_time = Q(signed_off_at__isnull=False, reported_at__date__lte=F("due_on"))
    return (
        Rectification.objects.filter(
            campaign=period.campaign,
            due_on__gte=period.starts_on,
            due_on__lte=period.ends_on,
            **{f"{field}__isnull": False},
        )
        .values(subject=F(field))
        .annotate(done=Count("pk", filter=in_time), total=Count("pk"))
    )


def service_items(period, kind):
    """Cards published by the end of the period, of those begun by then; what was taken down is out (L12)."""
    if kind == "person":
        return None
    field = {"window": "window", "branch": "organisation"}[kind]
    down = ServiceItem.objects.filter(state="down", down_at__date__lte=period.ends_on)
    return (
        ServiceItem.objects.filter(
            organisation__path__startswith=period.campaign.organisation.path,
            written_at__date__lte=period.ends_on,
            **{f"{field}__isnull": False},
        )
        .exclude(code__in=down.values("code"))
        .values(subject=F(field))
        .annotate(
            done=Count("code", distinct=True, filter=Q(published_at__date__lte=period.ends_on)),
            total=Count("code", distinct=True),
        )
    )


SHARES = {
    "pledges": ("kept", pledges),
    "duties": ("done", duties),
    "inspections": ("done", inspections),
    "rectification": ("done", rectification),
    "service_items": ("done", service_items),
}


def shares(source, period, kind):
    """{subject: {part, total}}."""
    part, query = SHARES[source]
    rows = query(period, kind)
    if rows is None:
        return {}
    return {
        pk: {part: done, "total": total}
        for pk, done, total in rows.values_list("subject", part, "total")
    }
