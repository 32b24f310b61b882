"""Remembers the large-type switch for people whose browser runs no JavaScript."""

from common.context import LARGE_TYPE_COOKIE

ONE_YEAR = 365 * 24 * 3600


def remember_large_type(get_response):
    """Middleware: `?type=large` or `?type=normal` on any page is kept in a cookie."""

    def middleware(request):
        response = get_response(request)
        asked = request.GET.get("type")
        if asked in {"large", "normal"}:
            response.set_cookie(LARGE_TYPE_COOKIE, asked, max_age=ONE_YEAR, samesite="Lax")
        return response

    return middleware
