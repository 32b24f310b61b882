"""CPU of this process and of PostgreSQL together, wall time, statements; medians over rounds."""

import os
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
IGNORED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass
class Sample:
    cpu: list = field(default_factory=list)
    wall: list = field(default_factory=list)
    statements: list = field(default_factory=list)

    def line(self):
        return {
            "cpu_ms": round(statistics.median(self.cpu) * 1000, 2),
            "cpu_spread_ms": [round(min(self.cpu) * 1000, 2), round(max(self.cpu) * 1000, 2)],
            "wall_ms": round(statistics.median(self.wall) * 1000, 2),
            "sql": max(self.statements),
            "rounds": len(self.cpu),
        }


def in_turn(works, *, postmaster, rounds=5, times=1):
    """{name: Sample} of functions that are called one after the other, round by round."""
    samples = {name: Sample() for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            with _counted(samples[name], postmaster, times):
                for _ in range(times):
                    work()
    return samples


@contextmanager
def _counted(sample, postmaster, times):
    counter = _Counter()
    before_server, before, begun = server_cpu(postmaster), time.process_time(), time.perf_counter()
    with connection.execute_wrapper(counter):
        yield
    sample.wall.append((time.perf_counter() - begun) / times)
    own = time.process_time() - before
    sample.cpu.append((own + server_cpu(postmaster) - before_server) / times)
    sample.statements.append(round(counter.statements / times))


class _Counter:
    def __init__(self):
        self.statements = 0

    def __call__(self, execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(IGNORED):
            self.statements += 1
        return execute(sql, params, many, context)


def server_cpu(postmaster):
    """Seconds of CPU that PostgreSQL's processes have used so far."""
    return sum(_cpu_of(pid) for pid in [postmaster, *_children(postmaster)])


def _children(parent):
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in path.read_text().split()]


def _cpu_of(pid):
    """To the nanosecond where the kernel tells it; its ticks of 10 ms are coarser than a small close."""
    folder = Path(f"/proc/{pid}")
    try:
        return int((folder / "schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        return _ticks_of(folder)


def _ticks_of(folder):
    try:
        fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
