import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from common.models import AuditEvent
from tests.factories import AuditEventFactory, NoticeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manage(child_environment):
    """In a process of its own: the test runner allows no second database in this one."""

    def run(*arguments):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, env=child_environment, capture_output=True, text=True)

    return run


@pytest.fixture
def made(manage, tmp_path):
    NoticeFactory(title="备份里要有的消息")
    AuditEventFactory()
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    photo, key = settings.MEDIA_ROOT / "photo.jpg", settings.ROUND_KEYS_DIR / "canary.key"
    photo.write_bytes(b"picture")
    key.write_text("PRIVATE-ROUND-KEY")
    done = manage("backup", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    yield json.loads(done.stdout)["backup"]
    photo.unlink()
    key.unlink()


def test_a_backup_restores_to_the_same_rows_and_files(made, manage, tmp_path):
    done = manage("restore_drill", tmp_path, "--json")

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["ok"], found["audit"]) == (True, 1)
    assert found["uploads"] >= 1
    assert AuditEvent.objects.count() == 1, "the real database was left alone"


def test_no_private_key_and_nothing_half_done_is_in_a_backup(made, tmp_path):
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert {path.parent.name[:7] for path in files} == {"portal-"}
    assert not any(b"PRIVATE-ROUND-KEY" in path.read_bytes() for path in files)


def test_a_damaged_backup_is_named(made, manage, tmp_path):
    archive = next(tmp_path.glob("portal-*/media.tar"))
    archive.write_bytes(archive.read_bytes()[:-10] + b"0123456789")

    done = manage("restore_drill", tmp_path)

    assert done.returncode == 1
    assert "media.tar" in done.stderr


def test_keys_among_the_uploads_are_refused(settings, tmp_path):
    settings.ROUND_KEYS_DIR = settings.MEDIA_ROOT / "keys"

    with pytest.raises(CommandError, match="互评私钥不得进备份"):
        call_command("backup", str(tmp_path))


def test_a_folder_without_a_backup_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="没有备份"):
        call_command("restore_drill", str(tmp_path))
