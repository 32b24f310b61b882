"""Closing a period (issue 7): against its floor, its memory, and what dashboards feel meanwhile."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.utils import timezone

from benchmarks import data, floors
from benchmarks.measure import in_turn
from supervision.actions.closing import close_period

BASE = Path(__file__).resolve().parent.parent
LEAST = 40  # pages an interval is judged by


def close(period, postmaster):
    """Closing against one exact statement over the same wide counts that leaves a row a person behind."""
    works = {
        "floor": lambda: floors.close(period),
        "select": lambda: floors.close_select(period),
        "product": lambda: close_period(period, by=None, at=timezone.now()),
        "reopen": lambda: _reopen(period),
    }
    samples = in_turn(works, postmaster=postmaster)
    lines = {name: sample.line() for name, sample in samples.items()}
    lines["product"]["sql"] += 1  # COPY does not pass where statements are counted
    lines["ratio"] = round(lines["product"]["cpu_ms"] / lines["floor"]["cpu_ms"], 2)
    lines["ratio_to_select"] = round(lines["product"]["cpu_ms"] / lines["select"]["cpu_ms"], 2)
    return lines


def beside(period, client):
    """Memory of a close in a process of its own; the dashboard's p95 while it runs and while nothing does."""
    page = lambda: client.get("/dashboard")  # noqa: E731
    for _ in range(5):
        page()
    idle, during, told = [], [], {}
    for _ in range(3):
        idle += [_milliseconds(page) for _ in range(LEAST // 3 + 1)]
        more, told = _meanwhile(period, page)
        during += more
        _reopen(period)
    found = {"close": told, "idle": _line(idle), "during": _line(during)}
    found["p95_ratio"] = round(found["during"]["p95_ms"] / found["idle"]["p95_ms"], 2)
    found["cpu_p95_ratio"] = round(found["during"]["cpu_p95_ms"] / found["idle"]["cpu_p95_ms"], 2)
    return found


def _meanwhile(period, page):
    command = [sys.executable, "-m", "benchmarks.close_worker", str(period.pk)]
    with subprocess.Popen(
        command, cwd=BASE, env=os.environ.copy(), stdin=-1, stdout=-1, text=True
    ) as child:
        child.stdout.readline()
        child.stdin.write("go\n")
        child.stdin.flush()
        answer = []
        reader = threading.Thread(target=lambda: answer.append(child.stdout.readline()))
        reader.start()
        times = []
        while reader.is_alive():
            times.append(_milliseconds(page))
        reader.join()
    return times, json.loads(answer[0])


def _milliseconds(page):
    begun, used = time.perf_counter(), time.process_time()
    assert page().status_code == 200
    return (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000


def _line(times):
    wall, cpu = zip(*times, strict=True)
    return {
        "pages": len(times),
        "median_ms": round(statistics.median(wall), 1),
        "p95_ms": round(statistics.quantiles(wall, n=20)[-1], 1),
        "cpu_p95_ms": round(statistics.quantiles(cpu, n=20)[-1], 1),
    }


def _reopen(period):
    data.reopen(period)
    floors.empty_card_table()
