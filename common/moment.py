"""Public pages and facts kept for a moment: a code on every counter may bring a whole hall at once."""

from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse

from common.context import wants_large_type

PLAIN = ("GET", "HEAD")


def kept_for_a_moment(view):
    """Answers visitors without an account from the cache for PUBLIC_PAGE_SECONDS, so a change shows at once.

    Photos have an address of their own that asks for consent each time. A query string, a session
    or any answer but 200 goes past the cache.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method not in PLAIN:
            return view(request, *args, **kwargs)
        return kept_answer(request, "", lambda: view(request, *args, **kwargs))

    return answered


def kept_answer(request, said, make):
    """The page that `make` renders, kept for whoever is told the same at this address: nothing of one visitor alone."""
    if not settings.PUBLIC_PAGE_SECONDS or not _is_plain(request):
        return make()
    key = f"page:{said}:{request.get_host()}:{request.path}:{wants_large_type(request)}"
    cache = caches["moment"]
    kept = cache.get(key)
    if kept is not None:
        return HttpResponse(kept)
    response = make()
    if response.status_code == 200:
        cache.set(key, response.content, settings.PUBLIC_PAGE_SECONDS)
    return response


def kept_fact(key, make):
    """What `make` found at most PUBLIC_PAGE_SECONDS ago; nothing found is asked again.

    For reading only: a write that builds on it asks the database in the same statement.
    """
    if not settings.PUBLIC_PAGE_SECONDS:
        return make()
    cache = caches["moment"]
    found = cache.get(f"fact:{key}")
    if found is None:
        found = make()
        if found is not None:
            cache.set(f"fact:{key}", found, settings.PUBLIC_PAGE_SECONDS)
    return found


def forget_fact(key):
    caches["moment"].delete(f"fact:{key}")


def _is_plain(request):
    return not request.GET and settings.SESSION_COOKIE_NAME not in request.COOKIES
