"""C11, E3: Redis is away or was emptied: what counts once is in the database; only the brakes are off."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaluations.models import RatingCount
from evaluations.queries.peer import paper_for
from tests.evaluations.ballots import opened, posted
from tests.evaluations.test_window_rate import nonce_on, rate


@pytest.fixture(params=["away", "emptied"])
def lost_cache(request, settings):
    if request.param == "away":
        settings.CACHES = {
            "default": {
                "BACKEND": "campaign_portal.cache.ForgivingRedisCache",
                "LOCATION": "unix:///nowhere/valkey.sock",
            }
        }


def test_a_replayed_form_counts_once_without_a_cache(world, client, lost_cache):
    nonce = nonce_on(client.get(reverse("evaluations:window_rate", args=["NORTH2"])))

    pages = []
    for _ in range(3):
        pages.append(rate(client, nonce=nonce).content.decode())
        cache.clear()

    assert RatingCount.objects.get().count == 1
    assert "评价已计入" in pages[0]
    assert all("已提交" in page for page in pages[1:])


def test_a_ballot_counts_once_without_a_cache(world, as_person, lost_cache):
    round = opened(world)
    data = posted(paper_for(world.member, round.pk))
    url = reverse("evaluations:peer_ballot", args=[round.pk])

    answers = []
    for _ in range(3):
        answers.append(as_person(world.member).post(url, data).status_code)
        cache.clear()

    round.refresh_from_db()
    assert answers == [302] * 3
    assert (round.turnout, round.ballots.count()) == (1, 1)
