from campaigns.models import Period
from common import locks


def closing_lock(period):
    """Held by whoever closes the period, shared by whoever writes what its close counts."""
    return f"close:{period.pk}"


def stays_open(period):
    """Whether the period is open, and that it stays so until this transaction ends (D2).

    The object at hand may be older than a close: without this a review is accepted and never counted.
    """
    locks.share(closing_lock(period))
    return Period.objects.filter(pk=period.pk, state=Period.State.OPEN).exists()
