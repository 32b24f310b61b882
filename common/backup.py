"""A backup is a folder: the database, the uploads, a manifest. Private round keys are never in it."""

import hashlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import timezone

from common import audit, postgres

MANIFEST = "manifest.json"
DRILL = "drill"  # alias of the restored copy while it is examined


class BackupFailed(Exception):
    """The text is Chinese and says what stands in the way."""


def make_backup(folder, *, at):
    """Write folder/portal-<time>/ and return its path. Half a backup never stands under that name."""
    _refuse_keys_among_uploads()
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"portal-{timezone.localtime(at):%Y%m%d-%H%M%S}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as name:
        work = Path(name)
        if connections["default"].vendor == "sqlite":
            _copy_sqlite(work / "database.sqlite3")
        else:
            postgres.dump(work / "database.dump")
        _pack_uploads(work / "media.tar")
        with restored_database(work):
            figures = {"rows": _rows(), "audit": audit.head(using=DRILL)}
        files = {path.name: _sha256(path) for path in sorted(work.iterdir())}
        manifest = {"made_at": at.isoformat(), "files": files, **figures}
        (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        shutil.copytree(work, target)
    target.chmod(0o700)
    return target


def drill(folder):
    """Restore the newest backup in `folder` into a temporary place, compare it, say what was found."""
    source = _newest(Path(folder))
    manifest = json.loads((source / MANIFEST).read_text())
    for name, digest in manifest["files"].items():
        if not (source / name).exists() or _sha256(source / name) != digest:
            raise BackupFailed(f"备份里的 {name} 缺失或损坏：{source}")
    with restored_database(source):
        rows, broken = _rows(), audit.verify(using=DRILL)
        head = audit.head(using=DRILL)
    differing = [name for name, count in manifest["rows"].items() if rows.get(name) != count]
    if differing:
        raise BackupFailed(f"恢复后行数不符：{'、'.join(differing)}")
    if broken or list(head) != list(manifest["audit"]):
        raise BackupFailed(f"恢复后审计链不完整：{broken or head}")
    uploads = _unpacked_uploads(source / "media.tar")
    return {"backup": str(source), "rows": sum(rows.values()), "uploads": uploads, "audit": head[0]}


def restored_database(folder):
    if (folder / "database.sqlite3").exists():
        return _restored_sqlite(folder / "database.sqlite3")
    return postgres.restored(folder / "database.dump", alias=DRILL)


@contextmanager
def _restored_sqlite(path):
    """A copy of the file, reachable under the alias `drill`."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        copy = shutil.copy2(path, folder)
        with closing(sqlite3.connect(copy)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise BackupFailed(f"备份的数据库已损坏：{verdict}")
        with postgres.under_alias(DRILL, copy):
            yield


def _refuse_keys_among_uploads():
    keys, uploads = Path(settings.ROUND_KEYS_DIR).resolve(), Path(settings.MEDIA_ROOT).resolve()
    if keys == uploads or keys.is_relative_to(uploads):
        raise BackupFailed("ROUND_KEYS_DIR 在 MEDIA_ROOT 之下：互评私钥不得进备份，请移到别处。")


def _copy_sqlite(path):
    """SQLite's own online copy: right even while others write."""
    source = sqlite3.connect(
        f"file:{connections['default'].settings_dict['NAME']}?mode=ro", uri=True
    )
    with closing(source), closing(sqlite3.connect(path)) as copy:
        source.backup(copy)


def _pack_uploads(path):
    root = Path(settings.MEDIA_ROOT)
    with tarfile.open(path, "w") as archive:
        if root.exists():
            archive.add(root, arcname="media")


def _unpacked_uploads(path):
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        return sum(1 for found in Path(folder).rglob("*") if found.is_file())


def _rows():
    return {
        model._meta.label: model._base_manager.using(DRILL).count() for model in apps.get_models()
    }


def _newest(folder):
    if (folder / MANIFEST).exists():
        return folder
    found = sorted(path.parent for path in folder.glob(f"portal-*/{MANIFEST}"))
    if not found:
        raise BackupFailed(f"{folder} 里没有备份，请先执行 manage.py backup {folder}。")
    return found[-1]


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
