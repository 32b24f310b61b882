"""A cache that may vanish: pages, sessions and sign-in work on without Redis, only slower."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def forgiving(method, when_away):
    """The same cache method, answering `when_away(default)` while Redis does not answer."""

    def call(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache is away: %s", type(error).__name__)
            return when_away(*args, **kwargs)

    return call


def _default(_key, default=None, **_kwargs):
    return default


def _added(*_args, **_kwargs):
    return True


def _nothing(*_args, **_kwargs):
    return None


def _false(*_args, **_kwargs):
    return False


def _empty(*_args, **_kwargs):
    return {}


class ForgivingRedisCache(RedisCache):
    # What must not fail open (one-time codes, ballots) lives in the database, not here.
    get = forgiving(RedisCache.get, _default)
    get_many = forgiving(RedisCache.get_many, _empty)
    add = forgiving(RedisCache.add, _added)
    set = forgiving(RedisCache.set, _nothing)
    set_many = forgiving(RedisCache.set_many, lambda data, **_kwargs: list(data))
    touch = forgiving(RedisCache.touch, _false)
    delete = forgiving(RedisCache.delete, _false)
    delete_many = forgiving(RedisCache.delete_many, _nothing)
    has_key = forgiving(RedisCache.has_key, _false)
    incr = forgiving(RedisCache.incr, lambda _key, delta=1, **_kwargs: delta)
    clear = forgiving(RedisCache.clear, _false)
