import hashlib

from django.db import connection


def hold(name):
    """Let only one transaction at a time pass this point; released at its end.

    SQLite needs nothing: an IMMEDIATE transaction already is the only writer.
    """
    _lock("SELECT pg_advisory_xact_lock(%s)", name)


def share(name):
    """Let any number pass together, but nobody beside one who holds the name, and the other way round."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)", name)


def _lock(statement, name):
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
