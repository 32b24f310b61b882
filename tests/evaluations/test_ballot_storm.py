"""Many at once, against four real web processes (T4, T6, T7, T26)."""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.close import close_round
from evaluations.actions.rounds import RoundRefused, void_round
from evaluations.models import RollEntry, Round
from evaluations.queries.peer import paper_for, voted_person_ids
from tests.evaluations.ballots import grown, opened, posted, voters
from tests.evaluations.web import all_at_once, running, session_of
from tests.world import build_world

PARALLEL = 100
# The long forms: STORM_VOTERS=500, STORM_REPEATS=50 (T4), STORM_CLOSES=100 (T6).
VOTERS = int(os.environ.get("STORM_VOTERS", "60"))
REPEATS = int(os.environ.get("STORM_REPEATS", "1"))
CLOSES = int(os.environ.get("STORM_CLOSES", "3"))
pytestmark = [
    pytest.mark.system,
    pytest.mark.on_both,
    pytest.mark.timeout(300 + 10 * (REPEATS + CLOSES)),
]


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def web(child_environment, world):
    with running(child_environment) as web:
        yield web


def path(round):
    return reverse("evaluations:peer_ballot", args=[round.pk])


def deed(web, round, person, session=None):
    """A function that posts this person's ballot."""
    data = posted(paper_for(person, round.pk))
    session = session or session_of(person)
    return lambda: web.post(path(round), data, session=session)


def kept(round):
    round.refresh_from_db()
    return round.turnout, round.ballots.count()


def test_a_hundred_parallel_posts_of_one_ballot_count_once(web, world):
    """T4, C1, C2: two sessions, four processes; each gets the same answer and one is counted."""
    for _ in range(REPEATS):
        round = opened(world)
        sessions = [session_of(world.member), session_of(world.member)]
        deeds = [deed(web, round, world.member, random.choice(sessions)) for _ in range(PARALLEL)]

        answers = all_at_once(deeds)

        assert Counter(answers) == {(302, path(round)): PARALLEL}
        assert kept(round) == (1, 1)
        void_round(round, reason="下一次", by=world.officer, at=timezone.now())


def test_all_voters_at_once_are_counted(web, world):
    round = opened(grown(world, VOTERS))
    deeds = [deed(web, round, person) for person in voters(round)]

    answers = all_at_once(deeds)

    assert Counter(answers) == {(302, path(round)): VOTERS}
    assert kept(round) == (VOTERS, VOTERS)


def test_deadline_and_close_lose_no_accepted_ballot(web, world, wait_for):
    """T6, D2: eight clients vote on while the deadline passes and the round is counted."""
    grown(world, 40)
    for _ in range(CLOSES):
        _vote_until_it_is_counted(web, world, wait_for)
        RollEntry.objects.update(is_void=True)
        Round.objects.update(state="void", voided_at=timezone.now(), void_reason="下一次")


def _vote_until_it_is_counted(web, world, wait_for):
    round = opened(world)
    waiting = [(person, deed(web, round, person)) for person in voters(round)]
    accepted, lock = [], threading.Lock()

    def vote_on():
        while True:
            with lock:
                if not waiting:
                    return
                person, post = waiting.pop()
            status, _ = post()
            assert status in {302, 409}
            if status == 302:
                accepted.append(person.pk)

    threads = [threading.Thread(target=vote_on) for _ in range(8)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(accepted) >= 8)
    deadline_in(round, timedelta(milliseconds=50))
    close_when_due(round)
    for thread in threads:
        thread.join()

    round.refresh_from_db()
    assert round.ballots_counted == len(accepted)
    assert set(voted_person_ids(round)) == set(accepted)
    assert 8 <= len(accepted) < 40


def deadline_in(round, moment):
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(
        opens_at=now - timedelta(days=7), closes_at=now + moment
    )


def close_when_due(round):
    while True:
        try:
            close_round(round, by=None, at=timezone.now())
        except RoundRefused:
            time.sleep(0.005)
        else:
            return


def test_killed_web_processes_lose_no_acknowledged_ballot(web, world):
    """T7: acknowledged ⊆ stored ≤ sent; whoever got no answer tries again and is counted once."""
    round = opened(grown(world, 60))
    people = voters(round)
    stop = threading.Event()
    killer = threading.Thread(target=kill_workers, args=(web, stop))
    killer.start()

    answers = []
    for start in range(0, len(people), 6):
        answers += all_at_once([deed(web, round, person) for person in people[start : start + 6]])
    stop.set()
    killer.join()
    acknowledged = {
        person.pk
        for person, answer in zip(people, answers, strict=True)
        if answer == (302, path(round))
    }
    stored = set(voted_person_ids(Round.objects.get(pk=round.pk)))
    assert acknowledged <= stored
    assert kept(round) == (len(stored), len(stored))

    retry_until_all_are_in(web, round, people)
    assert kept(round) == (60, 60)


def kill_workers(web, stop):
    while not stop.is_set():
        children = subprocess.run(
            ["pgrep", "-P", str(web.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)
        time.sleep(0.15)


def retry_until_all_are_in(web, round, people):
    for person in people:
        for _ in range(20):
            (answer,) = all_at_once([deed(web, round, person)])
            if answer == (302, path(round)):
                break
            time.sleep(0.1)
