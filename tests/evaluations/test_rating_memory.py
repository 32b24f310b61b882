"""P07 in a full hall: what the rating page knows is kept for a moment, and the write never trusts it (C1, C2, T7)."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from common.dates import today
from evaluations.models import RatingCount, RatingNonce
from tests.evaluations.test_window_rate import PAGE, nonce_on, rate
from tests.factories import PeriodFactory

MOMENT = 30


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PUBLIC_PAGE_SECONDS = MOMENT
    caches["moment"].clear()
    yield
    caches["moment"].clear()


def close(period):
    Period.objects.filter(pk=period.pk).update(state=Period.State.CLOSED, closed_at=timezone.now())


def send(client, **fields):
    url = reverse(PAGE, args=["NORTH2"])
    data = {"nonce": fields.pop("nonce"), "q_overall": "satisfied", **fields}
    return client.post(url, data)


def page_of(client):
    return client.get(reverse(PAGE, args=["NORTH2"]))


def test_a_period_closed_within_the_moment_counts_nothing(world, client):
    nonce = nonce_on(page_of(client))
    close(world.period)

    response = send(client, nonce=nonce)

    assert "评价已计入" not in response.content.decode()
    assert not RatingCount.objects.exists()
    assert not RatingNonce.objects.exists()


def test_a_window_closed_within_the_moment_counts_nothing(world, client):
    nonce = nonce_on(page_of(client))
    world.window.closed_on = today()
    world.window.save()

    assert send(client, nonce=nonce).status_code == 404
    assert not RatingCount.objects.exists()


def test_what_comes_after_the_close_counts_in_the_period_that_runs_now(world, client):
    nonce = nonce_on(page_of(client))
    other = PeriodFactory(
        campaign__organisation=world.root,
        campaign__scheme_version=world.campaign.scheme_version,
        scheme_version=world.campaign.scheme_version,
        starts_on=world.period.starts_on,
        ends_on=world.period.ends_on,
    )
    close(world.period)

    assert "评价已计入" in send(client, nonce=nonce).content.decode()
    assert RatingCount.objects.get().campaign == other.campaign


def test_two_citizens_are_thanked_and_both_counted(world, client):
    """The words of thanks are the same for everybody; what was counted is not."""
    first, second = rate(client), rate(client)

    assert "评价已计入" in first.content.decode()
    assert first.content == second.content
    assert RatingCount.objects.get().count == 2


def test_a_replay_is_told_so_and_not_thanked_from_memory(world, client):
    nonce = nonce_on(page_of(client))
    first, again = send(client, nonce=nonce), send(client, nonce=nonce)

    assert "评价已计入" in first.content.decode()
    assert "不会重复计数" in again.content.decode()
    assert RatingCount.objects.get().count == 1


def test_a_receipt_is_shown_to_its_own_citizen_alone(world, client):
    """H15: a code kept with the page would hand one citizen's answer to the next."""
    answers = [rate(client, comment=f"等了 {n} 分钟").content.decode() for n in (20, 30)]
    plain = rate(client).content.decode()

    codes = [re.search(r'class="receipt num">([^<]+)<', body)[1] for body in answers]
    assert codes[0] != codes[1]
    assert not [code for code in codes if code in plain]


def test_in_a_full_hall_a_tap_only_writes(world, client):
    """At most four statements (performance.md); three here, two where one statement can write twice."""
    nonces = [nonce_on(page_of(client)) for _ in range(2)]
    send(client, nonce=nonces[0])

    with CaptureQueriesContext(connection) as asked:
        send(client, nonce=nonces[1])

    sql = [
        one["sql"] for one in asked if not one["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
    ]
    assert len(sql) <= 3
    assert all(one.lstrip().startswith(("INSERT", "WITH")) for one in sql)
