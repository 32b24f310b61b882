"""ID numbers: encrypted at rest, found again by a keyed hash, shown masked (reliability I1)."""

import hashlib
import hmac
from functools import cache

from django.conf import settings
from nacl.secret import SecretBox


@cache
def _derived(key, purpose):
    return hmac.new(key, purpose, hashlib.sha256).digest()


def _key(purpose):
    return _derived(settings.FIELD_KEY, purpose)


@cache
def _box(key):
    return SecretBox(key)


def seal_id_number(text):
    return bytes(_box(_key(b"id-number")).encrypt(text.encode()))


def open_id_number(sealed):
    return _box(_key(b"id-number")).decrypt(bytes(sealed)).decode()


def hash_id_number(text):
    """64 hex digits, equal for equal numbers, useless without the key."""
    return hmac.new(_key(b"id-number-hash"), text.encode(), hashlib.sha256).hexdigest()


def mask_phone(text):
    return f"{text[:3]}****{text[-4:]}" if len(text) > 7 else "*" * len(text)


def mask_id_number(text):
    return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}" if len(text) > 10 else "*" * len(text)
