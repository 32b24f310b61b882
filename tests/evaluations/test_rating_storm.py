"""Many citizens at one window at once, against four real web processes (C1, T7)."""

import pytest
from django.db.models import Sum
from django.urls import reverse

from evaluations.models import RatingCount, RatingHour, RatingNonce
from tests.evaluations.test_window_rate import PAGE, nonce_on
from tests.evaluations.web import all_at_once, running
from tests.world import build_world

MANY = 60
pytestmark = [pytest.mark.system, pytest.mark.on_both]


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def web(child_environment, world):
    with running(child_environment) as web:
        yield web


def form(web, client, nonce=None):
    """A function that hands in one form of the window."""
    url = reverse(PAGE, args=["NORTH2"])
    data = {"nonce": nonce or nonce_on(client.get(url)), "q_overall": "satisfied"}
    return lambda: web.post(url, data, session="")[0]


def counted():
    """(answers, forms by the hour, forms)"""
    answers = RatingCount.objects.aggregate(Sum("count"))["count__sum"]
    forms = RatingHour.objects.aggregate(Sum("count"))["count__sum"]
    return answers, forms, RatingNonce.objects.count()


def test_everybody_at_one_window_is_counted(web, client):
    statuses = all_at_once([form(web, client) for _ in range(MANY)])

    assert [one for one in statuses if one not in {200, 302}] == []
    assert counted() == (MANY, MANY, MANY)


def test_one_form_from_many_hands_counts_once(web, client):
    nonce = nonce_on(client.get(reverse(PAGE, args=["NORTH2"])))

    statuses = all_at_once([form(web, client, nonce) for _ in range(MANY)])

    assert [one for one in statuses if not isinstance(one, int) or one >= 500] == []
    assert counted() == (1, 1, 1)
