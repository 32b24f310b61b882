"""Small middleware of our own, outermost first (the order is in the settings)."""

import re
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.utils import timezone

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)
# How stale "last seen" may get: a write for every page view would double each page's cost.
SEEN_EVERY_SECONDS = 120
NUL = re.compile("%00|\0")


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


def no_nul(get_response):
    """An address with a NUL in it is nobody's typing, and PostgreSQL takes none in a text: 400 before any query."""

    def middleware(request):
        if "\0" in request.path_info or NUL.search(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        return get_response(request)

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


def new_password_first(get_response):
    """Whoever must set a new password sees no other page of the office before that."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, arguments, keywords):
        page = request.resolver_match.view_name
        if page in {settings.PASSWORD_CHANGE_URL, "logout"}:
            return None
        if not getattr(view, "login_required", True) or not _password_is_due(request.user):
            return None
        return redirect(settings.PASSWORD_CHANGE_URL)

    middleware.process_view = process_view
    return middleware


def _password_is_due(person):
    if not person.is_authenticated:
        return False
    most, changed_at = settings.PASSWORD_MOST_DAYS, person.password_changed_at
    too_old = most and changed_at and changed_at < timezone.now() - timedelta(days=most)
    return bool(person.must_change_password or too_old)
