"""What a citizen sends in (P05, P07): a rating against the write floor W, one hot window against many."""

import json
import subprocess
import sys
import time
from itertools import count
from urllib.parse import urlencode

from django.core.cache import caches
from django.test import Client

from benchmarks import data
from benchmarks.measure import in_turn
from branches.models import Window
from evaluations.forms.rating import new_nonce
from evaluations.models import RatingCount, RatingNonce

FORM = "application/x-www-form-urlencoded"
CLIENTS, EACH, TURNS = 4, 150, 5


def rating(period, postmaster):
    """A tap and 提交, all that follows included: nonce, counters of day and hour, a receipt when something is written."""
    window = _windows(period)[0]
    client, numbers = Client(), count()
    tapped, written = _forms(period), _forms(period, comment="等了二十分钟，材料重复交")
    works = {
        "minimal": lambda: client.get("/floor/minimal"),
        "w": lambda: client.post("/floor/write", f"n={next(numbers)}", content_type=FORM),
        "submit": lambda: _send(client, window, next(tapped), next(numbers)),
        "submit_cold": lambda: _cold(client, window, next(tapped), next(numbers)),
        "with_comment": lambda: _send(client, window, next(written), next(numbers)),
        "page": lambda: client.get(f"/r/{window.code}/"),
    }
    for work in works.values():
        work()
    samples = in_turn(works, postmaster=postmaster, rounds=7, times=40)
    lines = {name: sample.line() for name, sample in samples.items()}
    lines["ratio"] = round(lines["submit"]["cpu_ms"] / lines["w"]["cpu_ms"], 2)
    lines["ratio_cold"] = round(lines["submit_cold"]["cpu_ms"] / lines["w"]["cpu_ms"], 2)
    lines["bytes"] = len(client.get(f"/r/{window.code}/").content)
    return lines


def hot_window(period):
    """Four processes, each sending 150 ratings: all to one window, or each to ten of its own; in turn."""
    workers = [_start(period, number) for number in range(CLIENTS)]
    rates = {"one": [], "many": []}
    for _ in range(TURNS):
        for name, found in rates.items():
            found.append(_together(workers, name))
    for worker in workers:
        worker.stdin.close()
        worker.wait()
    middle = {name: sorted(found)[TURNS // 2] for name, found in rates.items()}
    return {
        "clients": CLIENTS,
        "ratings_per_second": middle,
        "all": rates,
        "ratio": round(middle["one"] / middle["many"], 2),
        "errors": 0,
        "counted": CLIENTS * EACH * TURNS * 2,
    }


def _start(period, number):
    command = [sys.executable, "-m", "benchmarks.citizen_worker", str(period.pk), str(number)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout.readline() == "ready\n"
    return worker


def _together(workers, name):
    """Ratings a second of all; every one is counted, or the measuring stops."""
    before = _sums()
    for worker in workers:
        worker.stdin.write(f"{name}\n")
        worker.stdin.flush()
    told = [json.loads(worker.stdout.readline()) for worker in workers]
    assert all(one["refused"] == 0 for one in told), told
    ratings, nonces = (now - then for now, then in zip(_sums(), before, strict=True))
    assert ratings == nonces == CLIENTS * EACH, (ratings, nonces)
    took = max(one["ended"] for one in told) - min(one["begun"] for one in told)
    return round(CLIENTS * EACH / took, 1)


def _sums():
    return sum(RatingCount.objects.values_list("count", flat=True)), RatingNonce.objects.count()


def _windows(period):
    path = period.campaign.organisation.path
    return list(Window.objects.filter(organisation__path__startswith=path).order_by("pk"))


def _forms(period, comment=""):
    question = data.first_question(period)
    while True:
        yield urlencode({"nonce": new_nonce(), f"q_{question[0]}": question[1], "comment": comment})


def _send(client, window, form, number):
    """From an address of its own: a hall's wireless network has a limit."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    answer = client.post(f"/r/{window.code}/", form, content_type=FORM, REMOTE_ADDR=address)
    assert answer.status_code == 200
    assert "不会重复计" not in answer.content.decode()


def _cold(client, window, form, number):
    """The first tap in two seconds: nothing of the window is kept in this process."""
    caches["moment"].clear()
    _send(client, window, form, number)


def worker(period, number):
    """One process of `hot_window`: at each line that comes in, 150 ratings to one window or to ten of its own."""
    windows, forms, client = _windows(period), _forms(period), Client()
    where = {"one": windows[:1], "many": windows[number * 10 + 1 : number * 10 + 11]}
    client.get(f"/r/{windows[0].code}/")
    print("ready", flush=True)
    numbers = count(number << 20)
    for line in sys.stdin:
        chosen, ready, refused = where[line.strip()], [next(forms) for _ in range(EACH)], 0
        begun = time.time()
        for at, form in enumerate(ready):
            try:
                _send(client, chosen[at % len(chosen)], form, next(numbers))
            except AssertionError:
                refused += 1
        told = {"begun": begun, "ended": time.time(), "refused": refused}
        print(json.dumps(told), flush=True)
