"""A portal under attack while people work: web, worker, beat and queue are killed at random and come back.

`python -m tools.soak [--minutes 5] [--seed N] [--postgres] [--like VAR]` builds the demo in a folder of its own and prints
what held and what did not. Not part of the tests: run by hand, before a release, for as long as one likes.

What must hold: what a person was told is stored, once; what he was not told is stored once or not at all; a job
that was asked for ends, within 120 s of everything being up; nothing is told twice; the audit chain is whole.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from io import StringIO
from pathlib import Path

from tools import servers

STARTED_WITHIN = 120  # T8
ENDED_WITHIN = 600
AWAY = (urllib.error.URLError, http.client.HTTPException, OSError)
PASSWORD = "Demo-2026"  # noqa: S105 (of the demo)
COMMITTEE = "committee.hengyang-bureau"
LANDINGS = ["/", "/dashboard", "/ledger", "/inspections", "/close", "/duties/late"]


@dataclass
class Told:
    """What people sent and what they were told; every deed carries a word of its own."""

    sent: Counter = field(default_factory=Counter)
    said: dict = field(default_factory=lambda: {"rating": set(), "item": set(), "page": set()})
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind, word, *, known):
        with self.lock:
            self.sent[kind] += 1
            if known:
                self.said[kind].add(word)
            else:
                self.lost += 1


class Browser:
    """One person: cookies, forms with their hidden fields, nothing else."""

    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        )

    def get(self, path):
        with self.opener.open(self.base + path, timeout=20) as answer:
            return answer.geturl(), answer.read().decode()

    def post(self, path, data):
        body = urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(  # noqa: S310 (our own port)
            self.base + path, body, {"Referer": self.base + path}
        )
        with self.opener.open(request, timeout=30) as answer:
            return answer.geturl(), answer.read().decode()

    def sign_in(self, username):
        data = hidden(self.get("/login")[1]) | {"username": username, "password": PASSWORD}
        return "/login" not in self.post("/login", data)[0]


def hidden(page):
    """{name: value} of the hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(found)


def choices(page, name):
    """Values of a select that are not empty."""
    block = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'value="([^"]+)"', block.group(0)) if block else []


def rate(base, code, told):
    """Somebody rates a window; an answer that was lost is sent again with the same form."""
    one = Browser(base)
    page = one.get(f"/r/{code}/")[1]
    groups = {}
    for tag in re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page, re.DOTALL):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]+)"', tag)
        groups.setdefault(name.group(1), value.group(1))
    data = hidden(page) | groups
    known = False
    for _ in range(4):
        with suppress(*AWAY):
            known = 'id="rate"' not in one.post(f"/r/{code}/", data)[1]
            break
        time.sleep(1)
    told.note("rating", data.get("nonce", ""), known=known)


def add_item(one, told, dice):
    """The committee puts a problem into the ledger; a lost answer is not sent again."""
    page = one.get("/ledger/add")[1]
    word = f"浸泡{dice.getrandbits(60):x}"
    data = hidden(page) | {
        "organisation": dice.choice(choices(page, "organisation")),
        "source": dice.choice(choices(page, "source")),
        "problem": word,
        "due_on": (datetime.now(UTC) + timedelta(days=20)).date().isoformat(),
    }
    known = False
    with suppress(*AWAY):
        known = bool(re.search(r"/ledger/\d+$", one.post("/ledger/add", data)[0]))
    told.note("item", word, known=known)


def ask_for_folder(one, told):
    data = hidden(one.get("/archives")[1])
    with suppress(*AWAY):
        one.post("/archives/make", data)
        told.note("page", "archive", known=True)


def citizen(base, codes, told, ended, seed):
    dice = random.Random(seed)  # noqa: S311
    while not ended.wait(dice.uniform(0.2, 1.5)):
        try:
            rate(base, dice.choice(codes), told)
        except AWAY:
            continue


def official(base, told, ended, seed):
    dice, one = random.Random(seed), None  # noqa: S311
    while not ended.wait(dice.uniform(0.3, 2)):
        try:
            if one is None:
                fresh = Browser(base)
                one = fresh if fresh.sign_in(COMMITTEE) else None
                continue
            deed = dice.random()
            if deed < 0.6:
                add_item(one, told, dice)
            elif deed < 0.65:
                ask_for_folder(one, told)
            else:
                one.get(dice.choice(LANDINGS))
        except AWAY:
            continue
        except IndexError:  # no form: signed out meanwhile
            one = None


def kill_at_random(house, ended, dice):
    """One process after the other, by kill -9; the queue comes back empty, beat sometimes for long not at all."""
    killed = Counter()
    while not ended.wait(dice.uniform(2, 8)):
        name = dice.choice(["web", "worker", "worker", "beat", "broker"])
        servers.stop(house.children[name], by=signal.SIGKILL)
        killed[name] += 1
        ended.wait(dice.choice([0, 0.5, 3, 20 if name == "beat" else 1]))
        if name == "broker":
            shutil.rmtree(Path(os.environ["PORTAL_VAR"]) / "redis", ignore_errors=True)
            house.start_broker()
        else:
            house.start(name)
    return killed


def settle():
    """{started, ended}: seconds until every job is under way, and until every one is over; None when too late."""
    from django.utils import timezone  # noqa: PLC0415 (after the settings are known)

    from common.models import Job  # noqa: PLC0415

    begun, took = time.monotonic(), {"started": None, "ended": None}
    last = timezone.now()
    while (passed := time.monotonic() - begun) < ENDED_WITHIN and took["ended"] is None:
        left = Job.objects.filter(state__in=["waiting", "running"], created_at__lte=last)
        if took["started"] is None and not left.due(at=timezone.now()).exists():
            held = left.filter(lease_until__gt=last + Job.LEASE).count()  # taken up since
            took["started"] = passed if held == left.count() else None
        if not left.exists():
            took = {"started": took["started"] or passed, "ended": passed}
        time.sleep(1)
    return took


def counts():
    """(answers to the one question that every rating form asks, by form; ledger items by problem)."""
    from evaluations.models import RatingNonce  # noqa: PLC0415
    from supervision.models import Rectification  # noqa: PLC0415

    problems = Rectification.objects.filter(problem__startswith="浸泡")
    return RatingNonce.objects.count(), Counter(problems.values_list("problem", flat=True))


def invariants(told, before, settled):
    """[(what must hold, whether it does, figures)]."""
    yield from _nothing_lost(told, before)
    yield from _work_done(settled)
    yield from _told_once()


def _nothing_lost(told, before):
    ratings, items = counts()
    stored = ratings - before[0]
    known, sent = len(told.said["rating"]), told.sent["rating"]
    yield (
        "评价：答复过的都在，没有多出的",
        known <= stored <= sent,
        f"答复 {known} ≤ 存 {stored} ≤ 发 {sent}",
    )
    missing = told.said["item"] - set(items)
    yield "台账：答复过的都在", not missing, f"答复 {len(told.said['item'])}，缺 {len(missing)}"
    doubled = [word for word, n in items.items() if n > 1]
    yield "台账：没有一件记两遍", not doubled, f"存 {len(items)}，重复 {len(doubled)}"


def _work_done(settled):
    from common.models import Job  # noqa: PLC0415
    from supervision.models import Archive  # noqa: PLC0415

    started, ended = settled["started"], settled["ended"]
    in_time = started is not None and started <= STARTED_WITHIN
    yield f"断电的任务 {STARTED_WITHIN} 秒内又开工", in_time, _seconds(started)
    open_jobs = Job.objects.filter(state__in=["waiting", "running"]).values_list(
        "kind", "state", "attempts"
    )
    yield "任务都办完了", ended is not None, _seconds(ended) + " ".join(map(str, open_jobs))
    failed = Job.objects.filter(state="failed").count()
    yield "没有任务失败", not failed, f"任务 {Job.objects.count()}，失败 {failed}"
    torn = Archive.objects.filter(job__state="done", made_at=None).count()
    yield "办完的资料包都有文件", not torn, f"资料包 {Archive.objects.count()}，缺文件 {torn}"


def _told_once():
    from django.core.management import call_command  # noqa: PLC0415
    from django.db.models import Count  # noqa: PLC0415

    from common.models import Notice  # noqa: PLC0415

    twice = (
        Notice.objects.values("event", "recipient", "step").annotate(n=Count("pk")).filter(n__gt=1)
    )
    yield "没有一条消息发两遍", not twice.exists(), f"消息 {Notice.objects.count()}"
    try:
        call_command("audit_verify", stdout=StringIO())
        whole = True
    except Exception as error:
        whole = type(error).__name__
    yield "留痕链完整", whole is True, str(whole)


def _seconds(figure):
    return "没有" if figure is None else f"{figure:.0f} 秒"


def soak(minutes, seed):
    """Everything but the database; True when all held."""
    from tools import up  # noqa: PLC0415 (reads PORTAL_VAR when imported)

    dice, told, ended = random.Random(seed), Told(), threading.Event()  # noqa: S311
    port = up.wanted_port()
    up.RUN.mkdir(mode=0o700, parents=True, exist_ok=True)
    up.LOGS.mkdir(mode=0o700, exist_ok=True)
    house = up.Household(port)
    try:
        house.open_up()
        codes, before = _codes(), counts()
        base = f"http://127.0.0.1:{port}"
        crowd = [
            threading.Thread(target=citizen, args=(base, codes, told, ended, seed + n))
            for n in range(3)
        ]
        crowd += [
            threading.Thread(target=official, args=(base, told, ended, seed + 10 + n))
            for n in range(2)
        ]
        for one in crowd:
            one.start()
        threading.Timer(minutes * 60, ended.set).start()
        killed = kill_at_random(house, ended, dice)
        for one in crowd:
            one.join()
        house.wait_until_healthy()
        return report(told, before, killed, settle(), seed)
    finally:
        ended.set()
        house.close_down()


def _codes():
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")
    django.setup()
    from branches.models import Window  # noqa: PLC0415

    return list(Window.objects.order_by("pk").values_list("code", flat=True)[:12])


def report(told, before, killed, settled, seed):
    print(
        f"\n种子 {seed}；断电 {sum(killed.values())} 次：{dict(killed)}；"
        f"发出 {dict(told.sent)}，没有得到答复 {told.lost} 次"
    )
    held = True
    for what, holds, figures in invariants(told, before, settled):
        held = held and holds
        print(f"  {'✓' if holds else '✗'} {what}（{figures}）")
    return held


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--like", help="另一个门户的 var 目录：从它的副本开始，不另造演示数据")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-"))
        os.environ["PORTAL_VAR"] = folder
        os.environ.setdefault("PORT", "8577")
        if asked.like:
            shutil.copytree(
                asked.like, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("run", "log")
            )
        if asked.postgres:
            os.environ["DATABASE_URL"] = stack.enter_context(servers.postgres()).url
        return 0 if soak(asked.minutes, asked.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
