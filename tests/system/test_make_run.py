"""`make run` as a person meets it: real processes, a folder of their own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import wait_for as wait_until
from tools import servers, up

BASE = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_portal(folder, port):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with open(folder / "terminal", "wb") as log:
        return servers.start(
            [sys.executable, "-m", "tools.up"],
            cwd=BASE,
            env={**kept, "PORT": str(port), "PORTAL_VAR": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
            dies_by=signal.SIGKILL,
        )


def terminal(folder):
    return (folder / "terminal").read_text()


def processes_of(folder):
    """Every process that has the folder in its environment, the supervisor included."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PORTAL_VAR={folder}".encode() in (
                (entry / "environ").read_bytes().split(b"\0")
            ):
                found.append(int(entry.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


def stands(folder, process, wait_for, seconds):
    wait_for(
        lambda: "门户已启动" in terminal(folder) or process.poll() is not None,
        seconds=seconds,
        log=folder / "terminal",
    )
    assert process.poll() is None, terminal(folder)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """The folder of a portal that was started once, from nothing, and stopped."""
    folder = tmp_path_factory.mktemp("first")
    process = start_portal(folder, free_port())
    try:
        stands(folder, process, wait_until, 300)
    finally:
        servers.stop(process)
    return folder


def copy_of(first, target):
    shutil.copytree(first, target, ignore=shutil.ignore_patterns("*.sock"))
    return target


@pytest.fixture
def folder(first_start, tmp_path):
    return copy_of(first_start, tmp_path / "var")


@pytest.fixture(scope="module")
def standing(first_start, tmp_path_factory):
    """Folder and port of a portal that stands, started for the second time."""
    folder = copy_of(first_start, tmp_path_factory.mktemp("second") / "var")
    port = free_port()
    process = start_portal(folder, port)
    try:
        stands(folder, process, wait_until, 90)
        yield folder, port
    finally:
        servers.stop(process)


def test_the_first_start_shows_progress_address_and_accounts(first_start):
    text = terminal(first_start)

    assert "数据库……" in text
    assert "演示数据：" in text
    assert re.search(r"http://127\.0\.0\.1:\d+/", text)
    assert "Demo-2026" in text
    assert "secretary." in text


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind(folder, wait_for, by):
    port = free_port()
    process = start_portal(folder, port)
    try:
        stands(folder, process, wait_for, 90)
        assert up.health(port) == {"ok": True, "database": "ok", "broker": "ok"}
        assert len(processes_of(folder)) >= 6

        process.send_signal(by)
        process.wait(20)

        wait_for(lambda: processes_of(folder) == [], seconds=30, what="no process")
    finally:
        servers.stop(process)
    assert (folder / "portal.sqlite3").exists()


def test_a_second_start_keeps_the_data_and_repeats_nothing(standing):
    text = terminal(standing[0])

    assert "数据库…… 已是最新" in text
    assert "网页资源…… 没有变化" in text
    assert "演示数据：" not in text


def test_demo_data_cut_short_are_finished_by_the_next_start(folder):
    (folder / "run" / "demo.pending").touch()
    environment = {**os.environ, "PORTAL_VAR": str(folder)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, "-m", "tools.prepare"], cwd=BASE, env=environment, capture_output=True
    )

    assert done.returncode == 0
    assert "演示数据：" in done.stdout.decode()
    assert not (folder / "run" / "demo.pending").exists()


def test_a_killed_part_is_started_again(standing, wait_for):
    folder, port = standing
    log = folder / "log" / "worker.log"
    workers = [pid for pid in processes_of(folder) if is_worker(pid)]
    assert workers
    ready = log.read_text().count(" ready.")  # the first start wrote into the same log

    for pid in workers:
        os.kill(pid, signal.SIGKILL)

    wait_for(lambda: "后台任务意外停止" in terminal(folder), seconds=30, what="news of the death")
    wait_for(
        lambda: log.read_text().count(" ready.") > ready, seconds=60, what="new worker", log=log
    )
    assert up.health(port)["ok"] is True


def is_worker(pid):
    try:
        return b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def run_up(folder, port):
    return subprocess.run(
        [sys.executable, "-m", "tools.up"],
        cwd=BASE,
        env={**os.environ, "PORT": str(port), "PORTAL_VAR": str(folder)},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_busy_port_is_named_before_anything_starts(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        done = run_up(tmp_path, port)

    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["eight", "0", "70000", "-1", "٣"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    done = run_up(tmp_path, port)

    assert done.returncode == 1
    assert re.search(r"PORT 应为 1～65535 的整数", done.stderr)


def test_a_second_portal_in_the_same_folder_is_refused(standing):
    done = run_up(standing[0], free_port())

    assert done.returncode == 1
    assert "已经在运行" in done.stderr
