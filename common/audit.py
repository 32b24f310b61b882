"""The hash-chained log of who did what. Nothing of an anonymous answer ever comes here."""

import hashlib
import json

from common import locks
from common.models import AuditEvent


def record(verb, obj=None, *, by, at, detail=None, path=""):  # noqa: PLR0913 (who, what, when, where)
    """Append one event. Call it last in an action: it holds the chain's lock until the commit."""
    locks.hold("audit")
    last = AuditEvent.objects.order_by("-number").first()
    event = AuditEvent(
        number=last.number + 1 if last else 1,
        at=at,
        by=by,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=str(obj)[:200] if obj is not None else "",
        organisation_path=path,
        detail=detail or {},
        previous_hash=last.hash if last else "",
    )
    event.hash = digest(event)
    event.save()
    return event


def digest(event):
    """64 hex digits over everything in the row and the hash before it."""
    content = [
        event.number,
        event.at.timestamp(),
        event.by_id,
        event.verb,
        event.object_type,
        event.object_id,
        event.object_label,
        event.organisation_path,
        event.detail,
        event.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(*, using="default"):
    """Numbers of the events that were changed, or that stand where one was taken out."""
    broken, previous, expected = [], "", 1
    for event in AuditEvent.objects.using(using).order_by("number").iterator():
        if (
            event.number != expected
            or event.previous_hash != previous
            or event.hash != digest(event)
        ):
            broken.append(event.number)
        previous, expected = event.hash, event.number + 1
    return broken


def head(*, using="default"):
    """(number, hash) of the newest event; (0, "") when there is none."""
    last = AuditEvent.objects.using(using).order_by("-number").first()
    return (last.number, last.hash) if last else (0, "")
