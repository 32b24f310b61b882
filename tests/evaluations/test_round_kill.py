"""kill -9 while a round is counted (T5, E1): it is open with all its ballots, or closed and complete."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from evaluations.actions import close, counting
from evaluations.actions.sweep import close_due_rounds, destroy_left_keys
from evaluations.models import PeerComment, PeerTally, Round
from tests.evaluations.ballots import grown, opened, past_deadline, vote, voters
from tests.world import build_world
from tools import servers

KILLS = 40
BASE = Path(__file__).resolve().parents[2]


@pytest.fixture
def closer(child_environment, keys_folder):
    command = [sys.executable, "-m", "tests.evaluations.closer"]
    process = servers.start(
        command,
        cwd=BASE,
        env={**child_environment, "ROUND_KEYS_DIR": str(keys_folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    yield process
    servers.stop(process)
    process.stdin.close()
    process.stdout.close()


def kill_after(closer, round, milliseconds):
    closer.stdin.write(f"{round.pk} {milliseconds}\n")
    closer.stdin.flush()
    return closer.stdout.readline().strip()


@pytest.mark.system
@pytest.mark.on_both
def test_killed_closes_leave_all_or_nothing_and_the_rerun_gives_the_same_bytes(
    transactional_db, closer
):
    world = grown(build_world(), 20)
    round = opened(world)
    for person in voters(round):
        vote(round, person, comment=f"{person.name}多到窗口走走")
    past_deadline(round)
    expected = what_it_will_say(round)
    ends = []

    for _ in range(KILLS):
        ends.append(kill_after(closer, round, random.uniform(1, 60)))
        round.refresh_from_db()
        assert_all_or_nothing(round, expected)
    close_due_rounds(at=timezone.now())
    destroy_left_keys(at=timezone.now())

    round.refresh_from_db()
    assert round.result_hash == expected
    assert round.key_destroyed_at
    assert "killed" in ends


def what_it_will_say(round):
    roll = list(round.roll.order_by("position"))
    boxes = [bytes(ballot.box) for ballot in round.ballots.all()]
    return counting.result_hash(*close._open_box(round, roll, boxes))


def assert_all_or_nothing(round, expected):
    kept = (
        round.ballots.count(),
        PeerTally.objects.filter(round=round).count(),
        PeerComment.objects.filter(round=round).count(),
    )
    if round.state == Round.State.OPEN:
        assert kept == (20, 0, 0)
    else:
        assert kept == (0, 20 * 2, 20 * 19)
        assert round.result_hash == expected
