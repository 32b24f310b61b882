"""What boards show, and in which order."""

from django.db.models import Count, F, FilteredRelation, Q, prefetch_related_objects
from django.utils import timezone

from branches.models import Person, Post, Window
from pledges.models import Pledge, PublishedFigure, Whereabouts

# An organisation's own come first, then windows', then people's; PostgreSQL would put NULL on top.
_OWNERS = (F("owner_organisation").desc(nulls_last=True), F("owner_window").desc(nulls_last=True))
LEADING = ("leader", "secretary", "committee")  # R10: they stand first


def organisation_pledges(organisation, periods):
    """What hangs on an organisation's board: its own, its windows' and its people's; leaders first (R10)."""
    leading = Q(owner_person__roles__ends_on=None, owner_person__roles__kind__in=LEADING)
    return approved_of(
        Pledge.objects.public()
        .filter(organisation=organisation, period__in=periods)
        .with_owners()
        .annotate(leads=Count("owner_person__roles", filter=leading))
        .order_by(*_OWNERS, "-leads", "pk")
    )


def window_pledges(window, periods):
    """The window's own pledges and those of the people who serve at it."""
    return approved_of(
        Pledge.objects.public()
        .filter(
            Q(owner_window=window)
            | Q(owner_person__posts__window=window, owner_person__posts__ends_on=None),
            period__in=periods,
        )
        .distinct()
        .with_owners()
        .order_by(_OWNERS[1], "pk")
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


def staff_with_notes(window, *, at):
    """(who serves at the window today, {person's id: the note of who is away}) in one statement (G04, G05)."""
    running = Q(
        person__whereabouts__ended_at=None,
        person__whereabouts__away_at__lte=at,
        person__whereabouts__back_at__gt=at,
    )
    posts = (
        window_staff(window, today=timezone.localdate(at))
        .annotate(note=FilteredRelation("person__whereabouts", condition=running))
        .annotate(
            note_id=F("note__id"),
            note_text=F("note__text"),
            note_back_at=F("note__back_at"),
            note_ask=F("note__ask__name"),
        )
        .order_by("pk", "note__away_at", "note_id")
    )
    staff, away = {}, {}
    for post in posts:  # one who left two notes comes twice: the later one counts
        staff[post.pk] = post
        if post.note_id is not None:
            ask = Person(name=post.note_ask) if post.note_ask else None
            away[post.person_id] = Whereabouts(
                pk=post.note_id, text=post.note_text, back_at=post.note_back_at, ask=ask
            )
    return list(staff.values()), away


def board_windows(organisation):
    """Open windows of the organisation and below it, with their organisation."""
    return (
        Window.objects.open()
        .filter(organisation__path__startswith=organisation.path)
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )


def figures_of(*, periods, window=None, organisation=None):
    """Each campaign's figures in turn; of several campaigns each figure says whose it is."""
    found = PublishedFigure.objects.filter(
        period__in=periods, window=window, organisation=organisation
    )
    order = {period.pk: number for number, period in enumerate(periods)}
    figures = sorted(found, key=lambda figure: (order[figure.period_id], figure.pk))
    for figure in figures:
        campaign = periods[order[figure.period_id]].campaign
        figure.whose = campaign.name if len(periods) > 1 else ""
    return figures
