"""D11, E5: however many sweepers run at once, each person is told each thing once; with its mutant."""

import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.actions import remind_due
from common import notices
from common.models import Notice
from supervision.actions import urging
from supervision.models import Urge
from supervision.queries.late import late_lines
from tests.factories import DutyFactory
from tests.factories.branches import moment
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 9, 21)
SWEEPERS = 6


@pytest.fixture
def late(db):
    world = build_world()
    for person in [world.member, world.member2, world.member3]:
        DutyFactory(
            period=world.period, assignee=person, organisation=world.north,
            rule="quarterly_pledge", title="每季承诺", starts_on=date(2026, 7, 1),
            due_on=DAY - timedelta(days=10),
        )  # fmt: skip
    assert world.period.plan
    return world


def at_once(deed):
    """The deed in so many threads, all let go together. What went wrong comes back."""
    gate, faults = threading.Barrier(SWEEPERS), []

    def work():
        try:
            gate.wait(30)
            deed()
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(SWEEPERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def told():
    """How often each person has been told the same."""
    rows = Notice.objects.values_list("recipient", "title")
    return set(Counter(rows).values())


def sweep():
    remind_due(at=moment(DAY), today=DAY)
    urging.escalate_late(at=moment(DAY))


def test_six_sweepers_at_once_tell_each_once(late):
    assert at_once(sweep) == []

    assert told() == {1}
    assert Notice.objects.filter(event__startswith="duty:").count() == 3
    assert Notice.objects.filter(event__startswith="duty-up:").count() == 1


def test_six_who_urge_at_once_call_each_once(late):
    secretary = late.secretary
    lines = late_lines(secretary, late.period, today=DAY)

    faults = at_once(lambda: urging.urge_late(late.period, lines, by=secretary, at=moment(DAY)))

    assert faults == []
    assert Urge.objects.count() == 3
    assert told() == {1}


def test_without_the_unique_event_it_would_be_found_out(late, monkeypatch):
    """The mutant: each sweeper names the event its own way."""
    post, number = notices.post, iter(range(10_000))
    monkeypatch.setattr(
        notices,
        "post",
        lambda people, *, event, **parts: post(people, event=f"{event}:{next(number)}", **parts),
    )
    for _ in range(3):
        sweep()

    assert told() != {1}


def test_a_sweep_with_nothing_to_tell_writes_nothing(late):
    sweep()

    with CaptureQueriesContext(connection) as seen:
        sweep()

    writes = [one["sql"] for one in seen if one["sql"].startswith(("INSERT", "UPDATE"))]
    assert writes == []
