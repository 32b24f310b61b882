"""How often an address may do something. Keys are hashed with the day: no address is ever stored (I6)."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

from common.dates import today


def allow(request, deed, times, seconds):
    """Count this try; False once the address has had its number of tries in the window.

    Without a cache everything is allowed: the database still counts each form once (C11).
    """
    salted = f"{today()}:{deed}:{request.META.get('REMOTE_ADDR', '')}"
    key = "throttle:" + hmac.new(settings.FIELD_KEY, salted.encode(), hashlib.sha256).hexdigest()
    try:
        count = _counted(key, seconds)
    except ValueError:
        return True
    return count is None or count <= times


def _counted(key, seconds):
    if hasattr(cache, "count_up"):  # Redis (campaign_portal/cache.py)
        return cache.count_up(key, seconds)
    cache.add(key, 0, seconds)
    return cache.incr(key)
