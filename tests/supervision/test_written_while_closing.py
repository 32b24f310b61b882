"""D2: what is written while a period closes is counted or refused, never accepted and lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from campaigns.models import Period
from competitions.actions.contests import Refused
from competitions.actions.indicators import note_reading
from evaluations.actions.reviews import ReviewRefused, correct_review, write_review
from evaluations.actions.rounds import RoundRefused, open_round
from evaluations.actions.self_reviews import PeriodIsOver, save_self_review
from evaluations.models import Review, Round, SelfReview
from supervision.actions import closing
from tests.factories import ReviewFactory
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return build_world()


def review(period, world, person):
    return write_review(
        period=period, kind="leader", author=world.leader, person=person, organisation=world.north,
        occasion="", texts={}, levels={}, at=timezone.now(), today=period.starts_on,
    )  # fmt: skip


def test_a_page_opened_before_the_close_writes_nothing_after_it(world, settings, tmp_path):
    """The object in the view's hand still says that the period is open."""
    settings.ROUND_KEYS_DIR = tmp_path
    stale = Period.objects.get(pk=world.period.pk)
    given = ReviewFactory(period=stale, organisation=world.north, author=world.leader)
    closing.close_period(world.period, by=None, at=timezone.now())
    now = timezone.now()

    with pytest.raises(ReviewRefused):
        review(stale, world, world.member)
    with pytest.raises(ReviewRefused):
        correct_review(given, texts={}, levels={}, by=world.leader, at=now)
    with pytest.raises(PeriodIsOver):
        save_self_review(stale, world.north, answers={}, by=world.member, at=now)
    with pytest.raises(Refused):
        note_reading(
            period=stale, item="x", measure="y", kind="branch", subject=world.north,
            place=world.north, value=1, note="", by=world.officer, at=now,
        )  # fmt: skip
    with pytest.raises(RoundRefused):
        open_round(stale, world.north, closes_at=now + timedelta(days=7), by=world.officer, at=now)

    assert (Review.objects.count(), SelfReview.objects.count(), Round.objects.count()) == (1, 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_eight_who_write_while_it_closes_are_counted_or_refused(world, monkeypatch):
    """What the close saw is what was accepted."""
    seen, accepted = set(), []
    real = closing._write_scorecards

    def write(*parts):
        real(*parts)
        seen.update(Review.objects.values_list("pk", flat=True))

    monkeypatch.setattr(closing, "_write_scorecards", write)
    people = world.members(world.north)
    gate = threading.Barrier(len(people) + 1)

    def at_once(deed):
        gate.wait(30)
        try:
            deed()
        except ReviewRefused:
            pass
        finally:
            connection.close()

    def accept(person):
        period = Period.objects.get(pk=world.period.pk)
        accepted.append(review(period, world, person).pk)

    deeds = [lambda one=one: accept(one) for one in people]
    deeds.append(lambda: closing.close_period(world.period, by=None, at=timezone.now()))
    threads = [threading.Thread(target=at_once, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == set(accepted) == set(Review.objects.values_list("pk", flat=True))
