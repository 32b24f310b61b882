"""What boards show, and in which order."""

from django.db.models import Count, F, Q, prefetch_related_objects

from branches.models import Post, Window
from branches.models.scope import STEP
from campaigns.models import Period
from pledges.models import Pledge, PublishedFigure

# An organisation's own come first, then windows', then people's; PostgreSQL would put NULL on top.
_OWNERS = (F("owner_organisation").desc(nulls_last=True), F("owner_window").desc(nulls_last=True))
LEADING = ("leader", "secretary", "committee")  # R10: they stand first


def organisation_pledges(organisation, period):
    """What hangs on an organisation's board: its own, its windows' and its people's; leaders first (R10)."""
    leading = Q(owner_person__roles__ends_on=None, owner_person__roles__kind__in=LEADING)
    return approved_of(
        Pledge.objects.public()
        .filter(organisation=organisation, period__in=beside(period, organisation))
        .with_owners()
        .annotate(leads=Count("owner_person__roles", filter=leading))
        .order_by(*_OWNERS, "-leads", "pk")
    )


def window_pledges(window, period):
    """The window's own pledges and those of the people who serve at it."""
    return approved_of(
        Pledge.objects.public()
        .filter(
            Q(owner_window=window)
            | Q(owner_person__posts__window=window, owner_person__posts__ends_on=None),
            period__in=beside(period, window.organisation),
        )
        .distinct()
        .with_owners()
        .order_by(_OWNERS[1], "pk")
    )


def beside(period, organisation):
    """The periods of all campaigns over the organisation that run in these days: each one's pledges hang here."""
    above = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    return Period.objects.filter(
        campaign__organisation__path__in=above,
        starts_on__lte=period.ends_on,
        ends_on__gte=period.starts_on,
    )


def approved_of(pledges):
    """The list, with the earlier wordings of those alone that wait for approval of a change."""
    found = list(pledges)
    prefetch_related_objects([pledge for pledge in found if pledge.is_under_change], "versions")
    return found


def pledge_counts(pledges):
    """{"total", "kept", "unkept"} of a list that was already fetched."""
    return {
        "total": len(pledges),
        "kept": sum(pledge.status == Pledge.Status.KEPT for pledge in pledges),
        "unkept": sum(pledge.status == Pledge.Status.UNKEPT for pledge in pledges),
    }


def window_staff(window, *, today):
    """Who serves at the window today, with post and cover."""
    return (
        Post.objects.current(today=today)
        .filter(window=window, person__is_active=True)
        .select_related("person", "cover")
        .order_by("pk")
    )


def board_windows(organisation):
    """Open windows of the organisation and below it, with their organisation."""
    return (
        Window.objects.open()
        .filter(organisation__path__startswith=organisation.path)
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )


def figures_of(*, period, window=None, organisation=None):
    return PublishedFigure.objects.filter(
        period=period, window=window, organisation=organisation
    ).order_by("pk")
