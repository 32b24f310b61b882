"""The whole database as comparable values, and junk for every field that a form could be sent."""

import datetime
import subprocess
import uuid
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

OUR_APPS = (
    "common", "branches", "campaigns", "pledges", "evaluations", "competitions", "supervision"
)  # fmt: skip
# Differ from run to run although the deed is the same.
RANDOM = {
    ("AuditEvent", "hash"),
    ("AuditEvent", "previous_hash"),
    ("AuditEvent", "object_id"),
    ("ActivationCode", "code_hash"),
    ("Window", "code"),
    ("Upload", "job"),
    ("Person", "password"),
    ("Person", "photo"),
    ("Ballot", "box"),
    ("Round", "public_key"),
    ("Round", "key_fingerprint"),
    ("Feedback", "receipt_hash"),
    ("Archive", "job"),
    ("Robot", "address_sealed"),
    ("Robot", "secret_sealed"),
    ("Kiosk", "digest"),
    ("Poll", "slug"),
    ("Ticket", "digest"),
    ("Supervisor", "digest"),
}


def our_models():
    return [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]


def dump():
    """Table -> sorted rows, without generated keys (they run on where a transaction was undone)."""
    return {model._meta.label: _rows(model) for model in our_models()}


def _rows(model):
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and (model.__name__, field.name) not in RANDOM
    ]
    rows = model._base_manager.values_list(*names)
    return sorted(repr([_plain(value) for value in row]) for row in rows)


def _plain(value):
    """PostgreSQL hands bytes over as memory views, whose repr is an address."""
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def kept_sequences():
    """PostgreSQL's counters run on where a transaction was undone: set them back afterwards."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        values = cursor.fetchall()
    yield
    with connection.cursor() as cursor:
        for name, value in values:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value or 1, value is not None])


def changed_tables(before, after):
    return {label for label in before if before[label] != after[label]}


def junk_fields(world):
    """One value for every field name of every model: a foreign id, another choice, a canary."""
    junk = {
        "is_staff": "on",
        "is_superuser": "on",
        "role": "committee",
        "branch": str(world.far.pk),
    }
    for model in our_models():
        for field in model._meta.concrete_fields:
            junk.setdefault(field.name, _junk(field, world))
            junk.setdefault(field.attname, _junk(field, world))
    return junk


def _junk(field, world):
    if isinstance(field, models.ForeignKey):
        name = field.related_model.__name__
        foreign = {"Person": world.stranger, "Organisation": world.far, "Window": world.far_window}
        return str(foreign[name].pk if name in foreign else 1)
    if field.choices:
        return field.choices[-1][0]
    samples = {
        models.BooleanField: "on",
        models.DateTimeField: "2001-01-01 00:00",
        models.DateField: datetime.date(2001, 1, 1).isoformat(),
        models.IntegerField: "7",
        models.UUIDField: str(uuid.UUID(int=7)),
        models.EmailField: "canary@example.com",
    }
    for kind, sample in samples.items():
        if isinstance(field, kind):
            return sample
    return "CANARY"


def read_apart(path):
    """A file's bytes, read by another process: closing SQLite's own file here would drop its locks."""
    return subprocess.run(["cat", path], capture_output=True).stdout
