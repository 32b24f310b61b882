from django.db import transaction

from pledges.models import PublishedHonour

SHOWN = ("name", "organisation_id", "person_id", "window_id", "note", "criteria", "since_on")


@transaction.atomic
def publish_honours(honours):
    """All that is held now, as unsaved rows: what is not among them leaves the boards.

    Nothing is written while nothing changed; returns how many rows were.
    """
    there = {one.key: one for one in PublishedHonour.objects.order_by("pk")}
    changed = [
        one for one in honours if one.key not in there or _told(one) != _told(there[one.key])
    ]
    gone = set(there) - {one.key for one in honours}
    if gone:
        PublishedHonour.objects.filter(key__in=gone).delete()
    PublishedHonour.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[name.removesuffix("_id") for name in SHOWN],
        batch_size=500,
    )
    return len(changed) + len(gone)


def _told(honour):
    return [getattr(honour, name) for name in SHOWN]
