"""亮起来的窗口 (G10): card, board, badge photo and a published pledge, all four there."""

from dataclasses import dataclass

from branches.models import Post, Window
from pledges.models import Pledge

PUBLISHED = ("published", "kept", "unkept")


@dataclass(frozen=True)
class Light:
    """One window and which of the four it has."""

    window: Window
    card: bool  # somebody holds a post there
    board: bool  # services, procedure and flow are written (L03; staff is the card)
    badge: bool  # everybody there has a photo he agreed to
    pledge: bool  # the window, or somebody there, has a published pledge

    @property
    def is_lit(self):
        return self.card and self.board and self.badge and self.pledge


def lights(campaign, *, today):
    """Every open window below the campaign; four statements, however many there are."""
    windows = list(
        Window.objects.open()
        .filter(organisation__path__startswith=campaign.organisation.path)
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )
    staff = _staff(windows, today)
    pledged, owners = _pledged(campaign)
    return [_light(window, staff.get(window.pk, []), pledged, owners) for window in windows]


def _light(window, people, pledged, owners):
    return Light(
        window=window,
        card=bool(people),
        board=all(part.strip() for part in (window.services, window.procedure, window.flow)),
        badge=bool(people) and all(has_photo for _, has_photo in people),
        pledge=window.pk in pledged or any(person in owners for person, _ in people),
    )


def _staff(windows, today):
    """{window: [(person, has a photo with consent)]}"""
    found = {}
    posts = Post.objects.current(today=today).filter(window__in=windows)
    rows = posts.values_list("window", "person", "person__photo", "person__photo_consented_at")
    for window, person, photo, consented in rows:
        found.setdefault(window, []).append((person, bool(photo and consented)))
    return found


def _pledged(campaign):
    rows = Pledge.objects.filter(campaign=campaign, status__in=PUBLISHED)
    pairs = list(rows.values_list("owner_window", "owner_person"))
    return {window for window, _ in pairs if window}, {person for _, person in pairs if person}
