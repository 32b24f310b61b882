import pytest
from django.core.cache import caches


@pytest.fixture
def dead_cache(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "campaign_portal.cache.ForgivingRedisCache",
            "LOCATION": "unix:///nowhere/valkey.sock",
        }
    }
    return caches["default"]


def test_a_cache_that_is_away_answers_the_defaults(dead_cache):
    assert dead_cache.get("a") is None
    assert dead_cache.get("a", 7) == 7
    assert dead_cache.get_many(["a"]) == {}
    assert dead_cache.set("a", 1) is None
    assert dead_cache.set_many({"a": 1}) == ["a"]
    assert dead_cache.add("a", 1) is True
    assert dead_cache.incr("a") == 1
    assert dead_cache.delete("a") is False
    assert dead_cache.has_key("a") is False


def test_the_sign_in_page_works_without_a_cache(dead_cache, client, db):
    assert client.get("/login").status_code == 200
