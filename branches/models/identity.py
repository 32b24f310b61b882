"""ID numbers: encrypted at rest, found again by a keyed hash, shown masked (reliability I1)."""

import hashlib
import hmac

from django.conf import settings
from nacl.secret import SecretBox


def _key(purpose):
    return hmac.new(settings.FIELD_KEY, purpose, hashlib.sha256).digest()


def seal_id_number(text):
    return bytes(SecretBox(_key(b"id-number")).encrypt(text.encode()))


def open_id_number(sealed):
    return SecretBox(_key(b"id-number")).decrypt(bytes(sealed)).decode()


def hash_id_number(text):
    """64 hex digits, equal for equal numbers, useless without the key."""
    return hmac.new(_key(b"id-number-hash"), text.encode(), hashlib.sha256).hexdigest()


def mask_id_number(text):
    return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}" if len(text) > 10 else "*" * len(text)
