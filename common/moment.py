"""Public pages kept for a moment: a code on every counter may bring a whole hall at once."""

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
        if not settings.PUBLIC_PAGE_SECONDS or not _is_plain(request):
            return view(request, *args, **kwargs)
        key = f"page:{request.get_host()}:{request.path}:{wants_large_type(request)}"
        cache = caches["moment"]
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(kept)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, response.content, settings.PUBLIC_PAGE_SECONDS)
        return response

    return answered


def _is_plain(request):
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in PLAIN and not request.GET and not has_session
