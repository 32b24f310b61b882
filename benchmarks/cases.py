"""What is measured. Each case prints a line and returns figures for results.json."""

import gc
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchmarks import close_cases, data, excel_cases, excel_web, floors, recipe_cases, year_case
from benchmarks.measure import in_turn
from evaluations.actions.close import close_round
from evaluations.actions.rounds import open_round
from evaluations.forms.peer import scale_name
from evaluations.models import Round
from evaluations.queries.peer import paper_for
from supervision.actions.rollups import refresh_rollups

SCHEME = (
    Path(__file__).resolve().parent.parent / "campaigns" / "schemes" / "guanyun-weather.yaml"
).read_text(encoding="utf-8")
VOTERS = 20


def run(sizes, postmaster):
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
    for size, period in periods.items():
        _keep(results, f"dashboard {size}", dashboard(period, postmaster))
        _keep(results, f"close {size}", close_cases.close(period, postmaster))
        signed_in = _signed_in(data.watcher(period))
        _keep(results, f"beside a close {size}", close_cases.beside(period, signed_in))
    _keep(results, "window page", window_page(periods[sizes[0]], postmaster))
    _keep(results, "peer sheet 20x4", ballots(periods[sizes[0]], postmaster))
    _keep(results, "recipe 100000", recipe_cases.run(postmaster))
    _keep(results, "excel 10000 in, 100000 out", excel_cases.run(postmaster))
    _keep(results, "page while a hostile file is read", excel_web.run())
    _keep(results, "four quarters, 1000 people", year_case.run())
    return results


def _keep(results, name, figures):
    results["cases"][name] = figures
    print(f"{name:>18}: {figures}", flush=True)


def dashboard(period, postmaster):
    """The committee's page against fifty rows in a template plus a signed-in page."""
    refresh_rollups(period, at=timezone.now())
    client = _signed_in(data.watcher(period))
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


def ballots(period, postmaster):
    """Sealed submits of a round of twenty against the sheet floor plus a signed-in page."""
    Round.objects.filter(period=period).delete()
    branch = period.campaign.organisation.get_children().first()
    peers = open_round(
        period,
        branch,
        closes_at=timezone.now() + timedelta(days=3),
        by=data.watcher(period),
        at=timezone.now(),
    )
    voters = [entry.person for entry in peers.roll.select_related("person").order_by("position")]
    samples = in_turn(_voting(peers, voters), postmaster=postmaster, rounds=VOTERS)
    lines = {name: sample.line() for name, sample in samples.items()}
    base = lines["floor"]["cpu_ms"] + lines["authed"]["cpu_ms"]
    lines["ratio_submit"] = round(lines["submit"]["cpu_ms"] / base, 2)
    lines["ballots_per_second"] = round(1000 / lines["submit"]["wall_ms"], 1)
    counted = in_turn(
        {"close": lambda: close_round(peers, by=None, at=timezone.now())},
        postmaster=postmaster,
        rounds=1,
    )
    lines["close_round_of_20"] = counted["close"].line()
    return lines


def _voting(peers, voters):
    """Each round of measuring: a signed-in page, the sheet's page, the floor, one voter's submit."""
    posts = iter([(_signed_in(voter), _filled(peers, voter)) for voter in voters])
    numbers = iter(range(1000))
    page = _signed_in(voters[0])
    address = f"/rounds/{peers.pk}/ballot"

    def submit():
        client, answers = next(posts)
        assert client.post(address, answers).status_code == 302

    return {
        "authed": lambda: page.get("/floor/authed"),
        "page": lambda: page.get(address),
        "floor": lambda: floors.sheet(next(numbers)),
        "submit": submit,
    }


def _filled(peers, voter):
    """A full sheet in the form's own field names: everybody at the second level."""
    paper = paper_for(voter, peers.pk)
    return {
        scale_name(position, question): question.levels[1 + (position + number) % 2].key
        for position in paper.positions
        for number, question in enumerate(peers.sheet.scale_questions)
    }


def _signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
