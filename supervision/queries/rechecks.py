"""Which signed-off items may be looked at again, and how far a sample has come."""

from django.db.models import Exists, OuterRef

from supervision.models import Rectification, Step


def recheck_pool(campaign, *, until):
    """Signed off by that day, in no sample yet and not looked at since; in the order of their numbers."""
    return (
        Rectification.objects.filter(
            campaign=campaign,
            state=Rectification.State.SIGNED_OFF,
            signed_off_at__date__lte=until,
            recheck_draw=None,
        )
        .exclude(Exists(_looked_at()))
        .order_by("pk")
    )


def rechecked(items):
    """Items with `is_rechecked`: whether somebody has looked at them again."""
    return items.annotate(is_rechecked=Exists(_looked_at()))


def _looked_at():
    return Step.objects.filter(item=OuterRef("pk"), kind=Step.Kind.RECHECKED)
