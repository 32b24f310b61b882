"""PostgreSQL's own tools: pg_dump and pg_restore, from PATH or from Debian's folders."""

import os
import secrets
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connections


class ToolFailed(Exception):
    """The text is Chinese and says which tool is missing or what it answered."""


def dump(path):
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={path}", *_address())


@contextmanager
def restored(path, *, alias):
    """A scratch database made from the dump, reachable under `alias`, gone afterwards."""
    name = f"portal_drill_{secrets.token_hex(4)}"
    _maintain(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        _run("pg_restore", "--no-owner", "--exit-on-error", *_address(name), str(path))
        with under_alias(alias, name):
            yield
    finally:
        _maintain(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def under_alias(alias, name):
    """Another database of the same server (or another SQLite file) under a name of its own."""
    connections.databases[alias] = {**connections.databases["default"], "NAME": name}
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _maintain(sql):
    """CREATE and DROP DATABASE want a connection of their own, outside any transaction."""
    connection = connections["default"].copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        raise ToolFailed("账号没有建库权限（CREATEDB），不能做恢复演练。") from error
    finally:
        connection.close()


def _address(name=None):
    values = connections["default"].settings_dict
    pairs = {"--host": values["HOST"], "--port": values["PORT"], "--username": values["USER"]}
    given = [f"{option}={value}" for option, value in pairs.items() if value]
    return [*given, "--no-password", f"--dbname={name or values['NAME']}"]


def _run(tool, *arguments):
    found = _found(tool)
    password = connections["default"].settings_dict["PASSWORD"]
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(  # noqa: S603  (our own arguments, no shell)
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolFailed(f"{tool} 没有成功：{done.stderr.strip()[-300:]}")


def _found(tool):
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"))
    found = shutil.which(tool) or (str(beside[-1]) if beside else None)
    if not found:
        raise ToolFailed(f"没有找到 {tool}：请安装 PostgreSQL 客户端（postgresql-client）。")
    return found
