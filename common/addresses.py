"""Addresses as people outside see them: for QR codes, mails, print."""

from django.conf import settings
from django.urls import reverse


def absolute(request, name, *args):
    """The full address of a page: under SITE_URL, or as the request came when none is set."""
    base = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    return base + reverse(name, args=args)
