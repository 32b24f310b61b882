"""`make test`: static gates, then the whole suite on PostgreSQL and on SQLite at the same time.

Each suite has its own database, broker, worker and browser. With CI=true nothing is skipped.
Arguments are passed on to pytest: `python3 dev.py test tests/pledges -x`.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import browser, gates, servers

BASE = Path(__file__).resolve().parent.parent
# `make run` is SQLite by definition: its tests run once, in the other suite. Storms of voters run on both.
NOT_ON_POSTGRES = ["-m", "not system or on_both"]


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders go too
    begun = time.monotonic()
    heading("静态检查（make check）")
    passed = gates.main() == 0
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.pop("REDIS_URL", None)  # each suite starts its own
    if is_ci():
        environment["PORTAL_REQUIRE_ALL"] = "1"
    try:
        find_browser()
        with servers.postgres() as postgres:
            passed = run_suites(environment, postgres, sys.argv[1:]) and passed
    except servers.Unavailable as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    if not passed:
        print(f"\n未全部通过（{time.monotonic() - begun:.0f} 秒），原因见上。", file=sys.stderr)
    return 0 if passed else 1


def is_ci():
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def find_browser():
    try:
        print(f"浏览器：{browser.bring().executable}", flush=True)
    except servers.Unavailable as problem:
        if is_ci():
            raise
        print(f"{problem}\n没有浏览器：浏览器测试将被跳过。", flush=True)


def run_suites(environment, postgres, arguments):
    """Two cores, two processes; SQLite's words are kept until PostgreSQL's are finished."""
    command = [sys.executable, "-m", "pytest", *arguments]
    sqlite_environment = {k: v for k, v in environment.items() if k != "DATABASE_URL"}
    with tempfile.TemporaryFile() as words:
        on_sqlite = servers.start(
            command, cwd=BASE, env=sqlite_environment, stdout=words, stderr=subprocess.STDOUT
        )
        try:
            heading(f"PostgreSQL {postgres.version}（SQLite 同时在跑，结果随后）")
            on_postgres = servers.start(
                command + ([] if arguments else NOT_ON_POSTGRES),
                cwd=BASE,
                env={**environment, "DATABASE_URL": postgres.url},
            )
            try:
                codes = [on_postgres.wait(), on_sqlite.wait()]
            finally:
                servers.stop(on_postgres)
        finally:
            servers.stop(on_sqlite)
        heading("SQLite")
        words.seek(0)
        sys.stdout.buffer.write(words.read())
        sys.stdout.flush()
    return not any(codes)


def heading(text):
    print(f"\n———— {text} ————", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
