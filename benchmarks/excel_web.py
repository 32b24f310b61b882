"""How long a page takes while a worker opens hostile spreadsheets: p95 against the same page alone (T17).

`python -m benchmarks.excel_web` by itself, or as a case of `make bench`. The web is a real gunicorn with its
usual number of workers; the files are opened as a Celery worker does it, in the limited child.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
REQUESTS, ROUNDS, PAGE = 150, 3, "/login"
NASTY = (
    "strings_of_40_megabytes_that_hardly_shrink", "one_million_rows", "a_hundred_thousand_merges",
    "thirty_thousand_people",
)  # fmt: skip
READER = """
import sys
from common.excel.reading import read_workbook
from common.excel.workbook import UnreadableWorkbook
while True:
    for path in sys.argv[1:]:
        try:
            read_workbook(path)
        except UnreadableWorkbook:
            pass
"""


def run():
    """Quiet and busy in turn; the ratio of the medians of p95."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-web-") as folder:
        files = _files(Path(folder))
        port = _free_port()
        web = _start_web(port)
        try:
            _timed(port, 20)  # the first answers warm up
            quiet, busy = [], []
            for _ in range(ROUNDS):
                quiet.append(_timed(port, REQUESTS))
                busy.append(_while_reading(files, lambda: _timed(port, REQUESTS)))
        finally:
            web.terminate()
            web.wait(20)
    alone, meanwhile = statistics.median(quiet), statistics.median(busy)
    return {
        "p95_ms_alone": round(alone * 1000, 1),
        "p95_ms_while_reading": round(meanwhile * 1000, 1),
        "ratio": round(meanwhile / alone, 2),
        "rounds": ROUNDS,
        "requests": REQUESTS,
        "cores": os.cpu_count(),
    }


def _files(folder):
    from tests.excel import corpus_bombs  # noqa: PLC0415 (makes the files; not needed by other cases)

    paths = []
    for name in NASTY:
        path = folder / f"{name}.xlsx"
        path.write_bytes(getattr(corpus_bombs, name)())
        paths.append(str(path))
    return paths


def _free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def _start_web(port):
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "campaign_portal.wsgi"],
        cwd=BASE,
        env={**os.environ, "PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            _one(http.client.HTTPConnection("127.0.0.1", port, timeout=10))
        except OSError:
            time.sleep(0.2)
        else:
            return web
    web.terminate()
    raise RuntimeError("gunicorn 没有启动")


def _one(connection):
    connection.request("GET", PAGE, headers={"Host": "testserver"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 or not body:
        raise RuntimeError(f"{PAGE} 答复 {answer.status}")


def _timed(port, times):
    """p95 of requests one after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        _one(connection)
        taken.append(time.perf_counter() - begun)
    connection.close()
    return statistics.quantiles(taken, n=20)[-1]


def _while_reading(files, work):
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, *files], cwd=BASE, start_new_session=True
    )
    started = threading.Event()
    threading.Timer(1.0, started.set).start()  # the child is at work then
    started.wait()
    try:
        return work()
    finally:
        os.killpg(reader.pid, 9)
        reader.wait()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    with tempfile.TemporaryDirectory(prefix="portal-bench-var-") as var:
        os.environ.setdefault("PORTAL_VAR", var)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(run())
