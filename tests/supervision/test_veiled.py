"""B13, B16: a scorecard opens to its inputs, but to no more of a small round than its own page tells."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.close import close_round
from evaluations.queries.polls import class_counts
from supervision.actions.closing import close_period
from supervision.models import Scorecard
from tests.evaluations.ballots import grown, opened, past_deadline, vote, voters
from tests.evaluations.test_poll import answer, close, full, open_poll, passes


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.ROUND_KEYS_DIR = tmp_path


def card_of(world, person):
    round = opened(world)
    for voter in voters(round):
        vote(round, voter, levels=2)
    close_round(past_deadline(round), by=None, at=timezone.now())
    close_period(world.period, by=None, at=timezone.now())
    return Scorecard.objects.get(period=world.period, person=person)


def words(as_person, person, card):
    url = reverse("supervision:scorecard_detail", args=[card.pk])
    page = as_person(person).get(url).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_seven_alike_are_not_counted_out_on_the_scorecard(world, as_person):
    """The result page says 优秀或称职; the card must not say which."""
    page = words(as_person, world.member, card_of(world, world.member))

    assert "党员互评 80.00" in page
    assert "不足 10 票，只显示平均分" in page
    assert "称职 7" not in page
    assert "80×7" not in page


def test_from_ten_on_the_card_shows_what_it_counted(world, as_person):
    grown(world, 11)

    page = words(as_person, world.member, card_of(world, world.member))

    assert "称职 10" in page
    assert "80×10" in page


@pytest.mark.parametrize(
    ("forms", "told"), [(1, None), (2, None), (3, {"grade": "good"}), (4, {"grade": "good"})]
)
def test_a_small_panel_feeds_no_counts_into_a_card(world, client, forms, told):
    """What the poll's page hides does not come back as the input of a score."""
    poll = open_poll(world, "panel")
    for code in passes(poll, world, forms):
        answer(client, code, full(poll))
    close(poll, world)
    person = poll.subjects.get(position=1).person_id

    assert class_counts(world.period, "person", "deputies").get(person) == told
