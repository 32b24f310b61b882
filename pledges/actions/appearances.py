"""The log of where and when pledges were shown (L17)."""

from django.db import transaction

from pledges.models import Appearance


@transaction.atomic
def note_appearances(pledges, *, channel, place, at):
    """Shown here again: the first time stays, the last time moves. `pledges` are ids; two statements."""
    ids = list(dict.fromkeys(pledges))
    if not ids:
        return
    rows = [
        Appearance(pledge_id=pk, channel=channel, place=place[:160], first_at=at, last_at=at)
        for pk in ids
    ]
    Appearance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["pledge", "channel", "place"],
        update_fields=["last_at"],
    )
