"""`make run` as a person meets it: real processes, a folder of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import servers, up

BASE = Path(__file__).resolve().parent.parent.parent
pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_portal(folder, port):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    log = open(folder / "terminal", "wb")  # noqa: SIM115
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


@pytest.fixture
def portal(tmp_path, wait_for):
    """A portal that stands, and its port."""
    port = free_port()
    process = start_portal(tmp_path, port)
    try:
        wait_for(
            lambda: "门户已启动" in terminal(tmp_path) or process.poll() is not None,
            seconds=150,
            log=tmp_path / "terminal",
        )
        assert process.poll() is None, terminal(tmp_path)
        yield process, port
    finally:
        servers.stop(process)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind(portal, tmp_path, wait_for, by):
    process, port = portal
    assert up.health(port) == {"ok": True, "database": "ok", "broker": "ok"}
    assert len(processes_of(tmp_path)) >= 6

    process.send_signal(by)
    process.wait(20)

    wait_for(lambda: processes_of(tmp_path) == [], seconds=10, what="no process")
    assert (tmp_path / "portal.sqlite3").exists()


def test_a_second_start_takes_seconds_and_keeps_the_data(portal, tmp_path, wait_for):
    process, port = portal
    text = terminal(tmp_path)
    assert f"http://127.0.0.1:{port}/" in text
    assert "Demo-2026" in text
    process.send_signal(signal.SIGINT)
    process.wait(20)

    again = start_portal(tmp_path, port)
    begun = time.monotonic()
    try:
        wait_for(lambda: "门户已启动" in terminal(tmp_path), seconds=60, log=tmp_path / "terminal")
    finally:
        servers.stop(again)

    assert "已是最新" in terminal(tmp_path)
    assert "演示数据" not in terminal(tmp_path)
    assert time.monotonic() - begun < 30  # the figure itself is measured by `make bench`


def test_a_killed_part_is_started_again(portal, tmp_path, wait_for):
    _, port = portal
    log = tmp_path / "log" / "worker.log"
    workers = [pid for pid in processes_of(tmp_path) if is_worker(pid)]
    assert workers

    for pid in workers:
        os.kill(pid, signal.SIGKILL)

    wait_for(lambda: log.read_text().count(" ready.") >= 2, seconds=30, what="new worker", log=log)
    assert "后台任务意外停止" in terminal(tmp_path)
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


def test_a_second_portal_in_the_same_folder_is_refused(portal, tmp_path):
    done = run_up(tmp_path, free_port())

    assert done.returncode == 1
    assert "已经在运行" in done.stderr
