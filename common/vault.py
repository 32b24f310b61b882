"""Files kept for a while and for nobody else: sealed, under random names, in a folder of their own."""

import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

OLDEST_SECONDS = 14 * 24 * 3600


class Gone(Exception):
    """The file is no longer there, or not as it was put in."""


def _box():
    return SecretBox(hmac.new(settings.FIELD_KEY, b"vault", hashlib.sha256).digest())


def seal(data):
    return bytes(_box().encrypt(data))


def unseal(sealed):
    try:
        return _box().decrypt(bytes(sealed))
    except CryptoError as error:
        raise Gone from error


def keep(data):
    """Put the bytes away; the answer is the random name that finds them again."""
    name = secrets.token_hex(24)
    path = Path(settings.UPLOADS_DIR) / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal(data))
    return name


def fetch(name):
    if not name or not name.isalnum():
        raise Gone
    try:
        return unseal((Path(settings.UPLOADS_DIR) / name).read_bytes())
    except OSError as error:
        raise Gone from error


def drop(*names):
    for name in names:
        if name and name.isalnum():
            (Path(settings.UPLOADS_DIR) / name).unlink(missing_ok=True)


def drop_old():
    """What a killed process left behind; the number of files removed."""
    before, dropped = time.time() - OLDEST_SECONDS, 0
    for path in Path(settings.UPLOADS_DIR).iterdir():
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped
