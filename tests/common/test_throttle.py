"""Tries are counted by address without keeping one (reliability I6)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from common import throttle

ADDRESS = "203.0.113.77"


@pytest.fixture
def kept(monkeypatch):
    """Every key and value that reaches the cache."""
    seen = []
    for name in ("add", "incr", "count_up"):
        call = getattr(cache, name, None)
        if call is None:  # the cache of a process alone
            continue

        def noted(key, *rest, call=call, **options):
            seen.append(f"{key}{rest}{options}")
            return call(key, *rest, **options)

        monkeypatch.setattr(throttle.cache, name, noted, raising=False)
    return seen


def test_no_address_is_kept(rf, kept):
    throttle.allow(rf.get("/", REMOTE_ADDR=ADDRESS), "receipt", 3, 60)

    assert kept
    assert not [text for text in kept if ADDRESS in text]


def test_the_key_of_tomorrow_is_another(rf, kept, time_machine):
    request = rf.get("/", REMOTE_ADDR=ADDRESS)
    time_machine.move_to("2026-09-01T12:00:00+08:00")
    throttle.allow(request, "receipt", 3, 60)
    time_machine.shift(timedelta(days=1))
    throttle.allow(request, "receipt", 3, 60)

    assert kept[0] != kept[-1]
    assert len(set(kept)) >= 2
