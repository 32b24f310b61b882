"""The private half of each round's key: one file of mode 0600 in ROUND_KEYS_DIR, never in the database.

Named after the fingerprint of its public half. Whoever holds it can open the ballots of that round,
so it lives from the opening to the count and is destroyed then (docs/ballots.md).
"""

import hashlib
import os
import secrets
from contextlib import suppress

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

ORPHAN_AFTER_SECONDS = 24 * 3600


class KeyLost(Exception):
    """The key file is not there or is not the key of this round."""


class BoxBroken(Exception):
    """A ballot cannot be opened with the key of its round."""


def create():
    """Make a pair, store the private half durably, return the public half."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    folder = settings.ROUND_KEYS_DIR
    path = _path(fingerprint(public))
    draft = folder / f".{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, bytes(private))
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.rename(path)
    _sync_folder()
    return public


def fingerprint(public):
    return hashlib.sha256(bytes(public)).hexdigest()


def seal(public, content):
    return bytes(SealedBox(PublicKey(bytes(public))).encrypt(content))


def opener(public):
    """A function that opens boxes of this round; KeyLost when that is no longer possible."""
    try:
        private = PrivateKey(_path(fingerprint(public)).read_bytes())
    except (OSError, ValueError, TypeError, CryptoError) as error:
        raise KeyLost from error
    if bytes(private.public_key) != bytes(public):
        raise KeyLost
    box = SealedBox(private)

    def open_box(sealed):
        try:
            return box.decrypt(bytes(sealed))
        except CryptoError as error:
            raise BoxBroken from error

    return open_box


def destroy(mark):
    """Overwrite and remove the key file; nothing to do when it is gone already."""
    path = _path(mark)
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(secrets.token_bytes(max(os.path.getsize(path), 32)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_folder()


def exists(mark):
    return _path(mark).exists()


def orphans(known, *, now):
    """Fingerprints of key files that belong to no round: its opening was rolled back."""
    old = now.timestamp() - ORPHAN_AFTER_SECONDS
    return [
        path.stem
        for path in settings.ROUND_KEYS_DIR.glob("*.key")
        if path.stem not in known and path.stat().st_mtime < old
    ]


def _path(mark):
    return settings.ROUND_KEYS_DIR / f"{mark}.key"


def _sync_folder():
    handle = os.open(settings.ROUND_KEYS_DIR, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
