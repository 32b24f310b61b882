"""What `make run` does before the portal starts: tables, static files, demo data when empty.

One process instead of four manage.py calls: a second start stays within seconds.
"""

import os
import sys
import time

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
    django.setup()
    try:
        step("数据库", migrate)
        step("网页资源", collect_static)
        if not get_user_model().objects.exists() or pending().exists():
            load_demo()
    except CommandError as problem:
        return f"\n{problem}"
    return 0


def step(label, work):
    print(f"  {label}……", end="", flush=True)
    begun = time.monotonic()
    note = work()
    print(f" {note or '完成'}（{time.monotonic() - begun:.1f} 秒）", flush=True)


def pending():
    """Stands while demo data are being made: a start that was cut short is finished next time."""
    return settings.VAR / "run" / "demo.pending"


def load_demo():
    pending().parent.mkdir(parents=True, exist_ok=True)
    pending().touch()
    print("  演示数据：", flush=True)
    call_command("demo")
    pending().unlink()


def migrate():
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "已是最新"
    call_command("migrate", verbosity=0, interactive=False)
    return None


def collect_static():
    """Only when a file of ours or a dependency changed since the last time."""
    stamp = settings.STATIC_ROOT / ".collected"
    newest = max(os.stat(path).st_mtime for path in source_files())
    if stamp.exists() and stamp.read_text() == str(newest):
        return "没有变化"
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(str(newest))
    return None


def source_files():
    for folder in settings.STATICFILES_DIRS:
        yield from folder.rglob("*")
    yield settings.BASE_DIR / "requirements.txt"


if __name__ == "__main__":
    sys.exit(main())
