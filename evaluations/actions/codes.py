"""Codes on paper and screens: typed by hand, not to be guessed, kept as keyed hashes only."""

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12  # 59 bits


def new_code():
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(code):
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def hash_code(kind, code):
    """Spaces, dashes and case do not matter."""
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return hmac.new(settings.FIELD_KEY, f"{kind}:{plain}".encode(), hashlib.sha256).hexdigest()


def hash_receipt(code):
    """What the database keeps of a receipt code."""
    return hash_code("receipt", code)


def hash_ticket(code):
    return hash_code("ticket", code)
