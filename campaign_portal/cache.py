"""A cache that may vanish: pages, sessions and sign-in work on without Redis, only slower."""

import logging

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
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


def _first(*_args, **_kwargs):
    return 1


def _count_up(cache, key, seconds):
    """How often it was counted within `seconds` of the first time: one journey, where add and incr take three."""
    key = cache.make_and_validate_key(key)
    together = cache._cache.get_client(key, write=True).pipeline(transaction=False)
    together.set(key, 0, ex=seconds, nx=True)
    together.incr(key)
    return together.execute()[-1]


class OneClient(RedisCacheClient):
    """Django makes a new client for every command, a fifth of its cost; one may be shared, by threads too."""

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._kept:
            self._kept[pool] = self._client(connection_pool=pool)
        return self._kept[pool]

    @cached_property
    def _kept(self):
        return {}


class ForgivingRedisCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OneClient

    # What must not fail open (one-time codes, ballots) lives in the database, not here.
    count_up = forgiving(_count_up, _first)
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
