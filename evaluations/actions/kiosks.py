"""Tablets at windows. Nothing is kept of when one was used but the day's count."""

from django.core.cache import cache
from django.db import transaction

from common import audit
from evaluations.actions.codes import grouped, hash_code, new_code
from evaluations.models import Kiosk


@transaction.atomic
def register_kiosk(kiosk, *, by, at):
    """Give a tablet its token; it is returned once."""
    code = new_code()
    kiosk.digest, kiosk.registered_by = hash_kiosk(code), by
    kiosk.save()
    audit.record("登记评价器", kiosk, by=by, at=at, path=kiosk.window.organisation.path)
    return grouped(code)


@transaction.atomic
def retire_kiosk(kiosk, *, by, at):
    Kiosk.objects.filter(pk=kiosk.pk).update(is_active=False)
    audit.record("停用评价器", kiosk, by=by, at=at, path=kiosk.window.organisation.path)


def hash_kiosk(code):
    return hash_code("kiosk", code)


def may_rate_now(kiosk):
    """True once in the pause; the mark lives in the cache only, so no row tells the time (C8)."""
    return bool(cache.add(f"kiosk:{kiosk.pk}", 1, kiosk.pause_seconds))
