"""Addresses as people outside see them: for QR codes, mails, print."""

from django.conf import settings
from django.urls import reverse


def absolute(request, name, *args):
    """The full address of a page: in production never from the Host header, locally as it came."""
    base = settings.PORTAL_URL if settings.PRODUCTION else request.build_absolute_uri("/")
    return base.rstrip("/") + reverse(name, args=args)
