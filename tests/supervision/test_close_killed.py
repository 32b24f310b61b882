"""T5, D2, E1, E5 in short; the long form is `python -m tools.kill_close` (50 points)."""

import random

import pytest
from django.utils import timezone

from supervision.models import Closing
from tests.supervision.test_close_period import worked  # noqa: F401 (a fixture)
from tools import kill_close

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261122


def test_killed_at_five_points_it_is_closed_once_and_the_same(worked):  # noqa: F811
    report = kill_close.attack(worked.period, points=5, dice=random.Random(SEED), at=timezone.now())

    assert report.faults == []
    assert (report.points, report.cards > 10, report.notices > 5) == (5, True, True)


def test_two_who_close_at_once_close_once(worked):  # noqa: F811
    assert kill_close.twice_at_once(worked.period, at=timezone.now()).faults == []


def test_a_close_in_two_halves_would_be_found_out(worked):  # noqa: F811
    """The mutant: a version without its scorecards, as a kill would leave it outside one transaction."""
    report = kill_close.Report("", 12, 12)
    Closing.objects.create(period=worked.period, closed_at=timezone.now(), digest="")

    kill_close._judge(kill_close._state(worked.period), report)

    assert report.faults == ["半成品：('open', 1, 0, 0)"]
