"""T5: kill -9 at random points of a close, close twice at once, and see that nothing shows of it.

`python -m tools.kill_close [--points 50] [--people 400] [--sqlite] [--seed N]` makes an office of its own in
a throw-away database. The short form runs with the tests (tests/supervision/test_close_killed.py).
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
STATE = """
SELECT (SELECT state FROM campaigns_period WHERE id = %s),
       (SELECT count(*) FROM supervision_closing WHERE period_id = %s),
       (SELECT count(*) FROM supervision_scorecard WHERE period_id = %s),
       (SELECT count(*) FROM common_notice WHERE event LIKE %s)
"""


@dataclass
class Report:
    """What came of it. `inside` counts the kills that met a close that was not yet committed."""

    digest: str
    cards: int
    notices: int
    points: int = 0
    inside: int = 0
    seen: int = 0  # states that a reader saw meanwhile
    faults: list = field(default_factory=list)


def attack(period, *, points, dice, at):
    """Close once in peace, then be killed at `points` random moments, finishing after each."""
    _reset(period)
    took = _closed_in_peace(period, at)
    report = Report(*fingerprint(period))
    for number in range(points):
        _reset(period)
        with _reader(period, report):
            _kill_one(period, at, dice.uniform(0, took * 1.05), report)
            _finish(period, at)
        _compare(period, report, f"第 {number + 1} 次")
    return report


def twice_at_once(period, *, at):
    """Two processes close the same period in the same moment; the faults found."""
    _reset(period)
    _closed_in_peace(period, at)
    report = Report(*fingerprint(period))
    _reset(period)
    pair = [_start(period, at) for _ in range(2)]
    for pid in pair:
        if os.waitpid(pid, 0)[1]:
            report.faults.append("其中一个没有正常结束")
    _compare(period, report, "同时两次")
    return report


def fingerprint(period):
    """(SHA-256 over all that is stored of the cards, cards, notices) in the order of the subjects."""
    from common.models import Notice  # noqa: PLC0415 (Django is set up by then)
    from supervision.models import Scorecard  # noqa: PLC0415

    names = [
        one.attname
        for one in Scorecard._meta.concrete_fields
        if one.attname not in ("id", "closing_id")
    ]
    rows = Scorecard.objects.filter(period=period).order_by("subject", "subject_id")
    found = hashlib.sha256()
    count = 0
    for row in rows.values_list(*names).iterator():
        found.update(json.dumps([str(cell) for cell in row], ensure_ascii=False).encode())
        count += 1
    return found.hexdigest(), count, Notice.objects.filter(event__startswith=_event(period)).count()


def _event(period):
    return f"closing:{period.pk}:"


def _closed_in_peace(period, at):
    began = time.monotonic()
    _finish(period, at)
    return time.monotonic() - began


def _finish(period, at):
    pid = _start(period, at)
    if os.waitpid(pid, 0)[1]:
        raise RuntimeError("the close itself failed")


def _start(period, at):
    """A process of its own that closes the period; it shares no connection with this one."""
    from django.db import connections  # noqa: PLC0415

    from supervision.actions.closing import close_period  # noqa: PLC0415

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        close_period(period, by=None, at=at)
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)


def _kill_one(period, at, delay, report):
    pid = _start(period, at)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    state = _state(period)
    report.points += 1
    report.inside += state[0] == "open"
    _judge(state, report)


def _judge(state, report):
    """Nothing or everything: never a part of it."""
    if state not in (("open", 0, 0, 0), ("closed", 1, report.cards, report.notices)):
        report.faults.append(f"半成品：{state}")


def _compare(period, report, where):
    if fingerprint(period) != (report.digest, report.cards, report.notices):
        report.faults.append(f"{where}：结果不一样")
    _judge(_state(period), report)


def _state(period):
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(STATE, [period.pk, period.pk, period.pk, f"{_event(period)}%"])
        return tuple(cursor.fetchone())


@contextmanager
def _reader(period, report):
    """A process that looks all the time, as people's pages do."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    taken, given = os.pipe()
    pid = os.fork()
    if not pid:
        _look(period, report, given)
    os.close(given)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGTERM)
        with os.fdopen(taken) as told:
            seen, faults = json.loads(told.read() or "[0, []]")
        os.waitpid(pid, 0)
        report.seen += seen
        report.faults += faults


def _look(period, report, given):
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    own = Report(report.digest, report.cards, report.notices)
    try:
        while not stopped:
            _judge(_state(period), own)
            own.seen += 1
            time.sleep(0.002)
        os.write(given, json.dumps([own.seen, own.faults[:20]]).encode())
    finally:
        os._exit(0)


def _reset(period):
    """Back to before the close."""
    from campaigns.models import Period  # noqa: PLC0415
    from common.models import Notice  # noqa: PLC0415
    from supervision.models import Closing, Scorecard  # noqa: PLC0415

    Notice.objects.filter(event__startswith=_event(period)).delete()
    Scorecard.objects.filter(period=period).delete()
    Closing.objects.filter(period=period).delete()
    Period.objects.filter(pk=period.pk).update(state="open", closed_at=None, closed_by=None)


def main():
    sys.path.insert(0, str(BASE))
    parser = argparse.ArgumentParser(description="结算途中随机断电 N 次")
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    parser.add_argument("--sqlite", action="store_true")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="portal-kills-"))
    try:
        with _database(folder, sqlite=asked.sqlite) as url:
            faults = _run(asked, folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if faults else 0)


@contextmanager
def _database(folder, *, sqlite):
    from tools import servers  # noqa: PLC0415

    if sqlite:
        yield f"sqlite:///{folder}/kills.sqlite3"
        return
    with servers.postgres() as postgres:
        yield postgres.url


def _run(asked, folder, url):
    os.environ.update(
        DJANGO_SETTINGS_MODULE="benchmarks.settings", DATABASE_URL=url, PORTAL_VAR=str(folder)
    )
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks import data  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    scheme = BASE / "campaigns" / "schemes" / "guanyun-weather.yaml"
    period = data.office(asked.people, scheme=scheme.read_text(encoding="utf-8"))
    report = attack(
        period,
        points=asked.points,
        dice=random.Random(asked.seed),  # noqa: S311
        at=timezone.now(),
    )
    both = twice_at_once(period, at=timezone.now())
    print(
        f"种子 {asked.seed}：断电 {report.points} 次，其中 {report.inside} 次结算还没有提交；"
        f"每次重来后 {report.cards} 张得分卡、{report.notices} 条消息与不断电时逐字节一致；"
        f"旁观 {report.seen} 次；异常 {len(report.faults)} 处；同时两次结算：异常 {len(both.faults)} 处"
    )
    for fault in [*report.faults, *both.faults]:
        print(f"  {fault}")
    return [*report.faults, *both.faults]


if __name__ == "__main__":
    main()
