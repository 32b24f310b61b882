"""What is measured. Each case prints a line and returns figures for results.json."""

import gc
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchmarks import (
    ballot_cases,
    citizen_cases,
    close_cases,
    data,
    excel_cases,
    excel_web,
    floors,
    recipe_cases,
    today_cases,
    year_case,
)
from benchmarks.measure import in_turn
from supervision.actions.rollups import refresh_rollups

SCHEME = (
    Path(__file__).resolve().parent.parent / "campaigns" / "schemes" / "guanyun-weather.yaml"
).read_text(encoding="utf-8")


def run(sizes, postmaster, only=()):
    """Measure everything, or the cases of these names alone."""
    call_command("migrate", verbosity=0)
    floors.make_sheet_tables()
    floors.make_card_table()
    results = {"at": timezone.now().isoformat(timespec="seconds"), "sizes": sizes, "cases": {}}
    periods = {}
    for size in sizes:
        print(f"生成 {size:,} 人的数据……", flush=True)
        periods[size] = data.office(size, scheme=SCHEME)
    gc.collect()
    gc.freeze()  # what was made to be measured is not swept while measuring
    for name, measure in _cases(periods, postmaster).items():
        if not only or name in only:
            _keep(results, name, measure())
    return results


def _cases(periods, postmaster):
    """{name: what measures it}, in the order in which data is used up."""
    cases = {}
    for size, period in periods.items():
        signed_in = data.signed_in(data.watcher(period))
        cases[f"dashboard {size}"] = partial(dashboard, period, postmaster)
        cases[f"close {size}"] = partial(close_cases.close, period, postmaster)
        cases[f"beside a close {size}"] = partial(close_cases.beside, period, signed_in)
    period = next(iter(periods.values()))
    return cases | {
        "window page": partial(window_page, period, postmaster),
        "public rating": partial(citizen_cases.rating, period, postmaster),
        "hot window": partial(citizen_cases.hot_window, period),
        "today": partial(today_cases.today, period, postmaster),
        "peer sheet 20x4": partial(ballot_cases.sheet, period, postmaster),
        "count a round": partial(ballot_cases.counting, period, postmaster),
        "recipe 100000": partial(recipe_cases.run, postmaster),
        "excel 10000 in, 100000 out": partial(excel_cases.run, postmaster),
        "page while a hostile file is read": excel_web.run,
        "four quarters, 1000 people": year_case.run,
    }


def _keep(results, name, figures):
    results["cases"][name] = figures
    print(f"{name:>18}: {figures}", flush=True)


def dashboard(period, postmaster):
    """The committee's page against fifty rows in a template plus a signed-in page."""
    refresh_rollups(period, at=timezone.now())
    client = data.signed_in(data.watcher(period))
    works = {
        "authed": lambda: client.get("/floor/authed"),
        "table": lambda: client.get("/floor/table"),
        "product": lambda: client.get("/dashboard"),
    }
    assert client.get("/dashboard").status_code == 200
    samples = in_turn(works, postmaster=postmaster, times=10)
    lines = {name: sample.line() for name, sample in samples.items()}
    # The table page is signed in already, so it is the paged floor and `authed` in one.
    lines["ratio"] = round(lines["product"]["cpu_ms"] / lines["table"]["cpu_ms"], 2)
    return lines


def window_page(period, postmaster):
    """A window's public page, live and from the cache, against a page that says nothing (L03)."""
    window = data.window_with_everything(period)
    client, address = Client(), f"/w/{window.code}/"
    works = {
        "minimal": lambda: client.get("/floor/minimal"),
        "live": lambda: client.get(f"{address}?live=1"),
        "fill": lambda: client.get(address),
        "kept": lambda: client.get(address),
    }
    assert client.get(address).status_code == 200
    samples = in_turn(works, postmaster=postmaster, times=20)
    lines = {name: sample.line() for name, sample in samples.items()}
    lines["bytes"] = len(client.get(address).content)
    lines["ratio_kept"] = round(lines["kept"]["cpu_ms"] / lines["minimal"]["cpu_ms"], 2)
    return lines
