"""Small middleware of our own, outermost first (the order is in the settings)."""

import time

from django.conf import settings
from django.contrib.auth import logout

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)
# How stale "last seen" may get: a write for every page view would double each page's cost.
SEEN_EVERY_SECONDS = 120


def client_address(get_response):
    """REMOTE_ADDR becomes what our own proxies saw; without such proxies the header is ignored."""

    def middleware(request):
        trusted = settings.TRUSTED_PROXIES
        if trusted:
            chain = request.headers.get("X-Forwarded-For", "").split(",")
            if len(chain) >= trusted and chain[-trusted].strip():
                request.META["REMOTE_ADDR"] = chain[-trusted].strip()
        return get_response(request)

    return middleware


def address_of(request):
    return request.META.get("REMOTE_ADDR", "")


def response_headers(get_response):
    """Headers that Django does not set; pages stay out of every cache unless a view says else."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def session_end(get_response):
    """Ends a session some hours after sign-in, and keeps a used one from idling out."""

    def middleware(request):
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            if now - session.setdefault("since", now) > settings.SESSION_MOST_HOURS * 3600:
                logout(request)
            elif now - session.get("seen", 0) > SEEN_EVERY_SECONDS:
                session["seen"] = now  # saving it renews the cookie
        return get_response(request)

    return middleware
