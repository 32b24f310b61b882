"""What an attacker may hold: everything in the database, logical and raw, after each vote."""

from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection

from evaluations.models import Round
from tests.dump import read_apart

IGNORED = {"auth_permission", "django_content_type", "django_migrations"}


@dataclass
class Snapshot:
    """`tables`: name -> rows in the order in which they lie on disk, each {column: value}."""

    tables: dict = field(default_factory=dict)
    raw: bytes = b""
    marks: frozenset = frozenset()

    @classmethod
    def take(cls, round, *, raw=True):
        tables = {name: rows_of(name) for name in table_names()}
        return cls(tables, raw_pages() if raw else b"", marked(round))


def table_names():
    return sorted({model._meta.db_table for model in apps.get_models()} - IGNORED)


def rows_of(table):
    place = (
        "rowid AS place" if connection.vendor == "sqlite" else "ctid AS place, xmin::text AS xmin"
    )
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {place}, * FROM "{table}" ORDER BY {order}')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def marked(round):
    """Positions that have voted: the bitmap is no secret."""
    fresh = Round.objects.only("marks", "roll_size").get(pk=round.pk)
    return frozenset(position for position in range(fresh.roll_size) if fresh.has_mark(position))


def raw_pages():
    """Bytes of the database's own files: live rows, dead ones, the write-ahead log of SQLite."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return b"".join(
            read_apart(Path(name + end)) for end in ("", "-wal") if Path(name + end).exists()
        )
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        files = []
        for table in ("evaluations_ballot", "evaluations_round", "evaluations_peertally"):
            for relation in (table, toast_of(cursor, table)):
                if relation:
                    cursor.execute("SELECT pg_relation_filepath(%s)", [relation])
                    files.append(folder / cursor.fetchone()[0])
    return b"".join(read_apart(path) for path in files if path.exists())


def toast_of(cursor, table):
    cursor.execute("SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = %s", [table])
    name = cursor.fetchone()[0]
    return None if name == "-" else name
