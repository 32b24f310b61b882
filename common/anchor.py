"""Where the audit chain ended, kept outside the database: a tail that was cut off is noticed (T24)."""

import json
import logging
import os
from pathlib import Path

from django.conf import settings

from common import audit
from common.models import AuditEvent

log = logging.getLogger(__name__)


def anchor_file():
    return Path(settings.VAR) / "audit_anchor.json"


def read_anchors():
    """Chain (the hash of its first event) -> [number, hash] of the newest event that was seen."""
    try:
        return json.loads(anchor_file().read_text())
    except FileNotFoundError:
        return {}


def drop_anchor(*, at):
    """The sweeper's step: remember the end of the chain. A chain that got shorter is not remembered."""
    number, digest = audit.head()
    if not number or missing_tail():
        return 0
    anchors = {**read_anchors(), _chain(): [number, digest]}
    path = anchor_file()
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(anchors))
    fresh.replace(path)  # whole or not at all
    return number


def missing_tail():
    """Numbers that were once there and are gone or changed; empty when all is well."""
    anchors = read_anchors()
    if not anchors:
        return []
    if not AuditEvent.objects.exists():
        return [1]
    number, digest = anchors.get(_chain(), (0, ""))
    last, _digest = audit.head()
    if last < number:
        return list(range(last + 1, number + 1))
    if number and AuditEvent.objects.get(number=number).hash != digest:
        return [number]
    return []


def _chain():
    return AuditEvent.objects.order_by("number").values_list("hash", flat=True).first()
