"""Stops PostgreSQL at once while a period closes and while people vote, and says what was lost.

`python -m tests.system.stopped [--stops 4]`: a server and a database of its own, one JSON line at the end.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from tools import servers

PEOPLE, STEPS = 24, 4


class Stoppable:
    """A PostgreSQL that can be stopped as by a power cut and started again."""

    def __init__(self, folder):
        self.folder = folder
        self.server = servers.start_postgres(folder)

    def start_again(self):
        """Once it was stopped, by whomever."""
        self.server.process.wait()
        self.server = servers.run_postgres(self.folder)

    def close(self):
        servers.stop(self.server.process, by=signal.SIGINT)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stops", type=int, default=STEPS)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="portal-stop-"))
    database = Stoppable(folder)
    try:
        world = prepare(database.server.url, folder)
        closes = closing(world, database, stops=asked.stops)
        votes = {"faults": ["not tried"]} if closes["faults"] else voting(world, database)
        print(json.dumps({"closes": closes, "votes": votes}))  # noqa: T201
    finally:
        database.close()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if closes["faults"] or votes["faults"] else 0)


def prepare(url, folder):
    """Tables without the history of their migrations, the county of the tests, a mutant when one is asked for."""
    os.environ.pop("PORTAL_TEST_VAR", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    import django  # noqa: PLC0415
    from django.apps import apps  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    settings.MIGRATION_MODULES = dict.fromkeys(one.label for one in apps.get_app_configs())
    from django.core.management import call_command  # noqa: PLC0415

    from tests.world import build_world  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)
    if name := os.environ.get("MUTANT"):
        import pytest  # noqa: PLC0415

        from tests.mutants.table import MUTANTS  # noqa: PLC0415

        MUTANTS[name].function(pytest.MonkeyPatch())
    return build_world()


def closing(world, database, *, stops):
    """T5, E4: closed in peace, then with the database gone at each step of it, run again each time."""
    from django.db import connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tools import kill_close  # noqa: PLC0415

    at, period = timezone.now(), world.period
    kill_close._closed_in_peace(period, at)
    report = kill_close.Report(*kill_close.fingerprint(period))
    for number in range(stops):
        kill_close._reset(period)
        close_and_stop(period, at, database, step=number % STEPS)
        state = kill_close._state(period)
        report.points += 1
        report.inside += state[0] == "open"
        kill_close._judge(state, report)
        if report.faults:
            break
        kill_close._finish(period, at)
        kill_close._compare(period, report, f"第 {number + 1} 次")
    kill_close._reset(period)
    connections.close_all()
    return {"stops": report.points, "inside": report.inside, "faults": report.faults}


def close_and_stop(period, at, database, *, step):
    """A process that closes the period and stops the database at one of its steps, the last after the commit."""
    from django.db import connections  # noqa: PLC0415

    from supervision.actions.closing import close_period  # noqa: PLC0415

    connections.close_all()
    server = database.server.process.pid
    pid = os.fork()
    if not pid:
        try:
            close_period(
                period, by=None, at=at,
                report=lambda done, _total, _message: done == step and stop(server, database.folder),
            )  # fmt: skip
            stop(server, database.folder)
        finally:
            os._exit(0)
    database.start_again()
    os.waitpid(pid, 0)
    connections.close_all()


def stop(server, folder):
    """What `pg_ctl stop -m immediate` sends; back when nobody answers any more."""
    with suppress(ProcessLookupError):
        os.kill(server, signal.SIGQUIT)
    while servers.postgres_answers(folder):
        time.sleep(0.01)


def voting(world, database):
    """What was said to be in is in, and the pages come back by themselves."""
    from django.urls import reverse  # noqa: PLC0415

    from tests.evaluations.ballots import grown, opened, posted, voters  # noqa: PLC0415
    from tests.evaluations.web import running, session_of  # noqa: PLC0415

    round = opened(grown(world, PEOPLE))
    from evaluations.queries.peer import paper_for  # noqa: PLC0415

    path = reverse("evaluations:peer_ballot", args=[round.pk])
    waiting = [(session_of(one), posted(paper_for(one, round.pk))) for one in voters(round)]
    accepted, answers, lock, half = [], [], threading.Lock(), threading.Event()

    def vote_on(web):
        while waiting:
            with lock:
                if not waiting:
                    return
                session, data = waiting.pop()
            if vote(web, path, data, session, answers):
                accepted.append(session)
            if len(accepted) >= PEOPLE // 3:
                half.set()

    with running(dict(os.environ), workers=2) as web:
        threads = [threading.Thread(target=vote_on, args=[web]) for _ in range(4)]
        for thread in threads:
            thread.start()
        half.wait(120)
        stop(database.server.process.pid, database.folder)
        database.start_again()
        for thread in threads:
            thread.join()
    return judged(round, accepted, answers)


def vote(web, path, data, session, answers):
    """Press until it is in, as a person would: an answer of any other kind is tried again."""
    for _ in range(100):
        try:
            status, _ = web.post(path, data, session=session)
        except OSError:
            status = 0
        answers.append(status)
        if status == 302:
            return True
        time.sleep(0.2)
    return False


def judged(round, accepted, answers):
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    round.refresh_from_db()
    faults = []
    if len(accepted) != PEOPLE:
        faults.append(f"{PEOPLE - len(accepted)} never got in")
    if (round.turnout, round.ballots.count()) != (PEOPLE, PEOPLE):
        faults.append(
            f"said to be in {len(accepted)}, stored {round.turnout}, {round.ballots.count()}"
        )
    if not set(answers) <= {0, 302, 500, 503}:
        faults.append(f"answers {sorted(set(answers))}")
    told = {status: answers.count(status) for status in sorted(set(answers))}
    return {"people": PEOPLE, "answers": told, "faults": faults}


if __name__ == "__main__":
    main()
