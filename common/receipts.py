"""Receipt codes: given once to somebody without an account, kept only as a keyed hash."""

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 59 bits: typed by hand, not to be guessed


def new_receipt():
    """Twelve signs in groups of four."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def receipt_hash(code, *, kind):
    """What the database keeps; spaces, dashes and case do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(settings.FIELD_KEY, f"{kind}:{plain}".encode(), hashlib.sha256).hexdigest()
