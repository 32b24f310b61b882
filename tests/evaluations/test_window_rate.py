"""P07: three taps, no login; a form counts once whatever happens to it (C1, C2)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Feedback, RatingCount, RatingHour, RatingNonce
from tests.factories import PeriodFactory, SchemeVersionFactory
from tests.factories.document import plan

PAGE = "evaluations:window_rate"


def nonce_on(page):
    return re.search(r'name="nonce" value="([^"]+)"', page.content.decode())[1]


def rate(client, code="NORTH2", level="satisfied", **extra):
    url = reverse(PAGE, args=[code])
    nonce = extra.pop("nonce", None) or nonce_on(client.get(url))
    return client.post(url, {"nonce": nonce, "q_overall": level, **extra})


def counts():
    return list(
        RatingCount.objects.order_by("question", "level").values_list("question", "level", "count")
    )


def test_citizen_rates_without_signing_in(world, client):
    """Row R11."""
    response = rate(client)

    assert "评价已计入" in response.content.decode()
    assert counts() == [("overall", "satisfied", 1)]
    assert RatingCount.objects.get().channel == "qr"


def test_with_two_campaigns_it_counts_in_the_one_that_asks_for_ratings(world, client):
    """P07: the newer campaign has no public rating; what citizens say is not lost in it."""
    version = SchemeVersionFactory(
        document=plan(families=[plan()["families"][0]], cadence=[], recipes=[])
    )
    newer = PeriodFactory(
        campaign__organisation=world.root,
        campaign__scheme_version=version,
        scheme_version=version,
        starts_on=world.period.starts_on + timedelta(days=1),
        ends_on=world.period.ends_on,
    )

    response = rate(client)

    assert "评价已计入" in response.content.decode()
    assert RatingCount.objects.get().campaign == world.campaign != newer.campaign


def test_ratings_of_a_day_add_up_in_one_row(world, client):
    for _ in range(3):
        rate(client)

    assert counts() == [("overall", "satisfied", 3)]


def test_pressing_twice_and_replaying_counts_once(world, client):
    nonce = nonce_on(client.get(reverse(PAGE, args=["NORTH2"])))

    rate(client, nonce=nonce)
    again = rate(client, nonce=nonce)

    assert "已提交" in again.content.decode()
    assert counts() == [("overall", "satisfied", 1)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": ""}, "请先点一个满意程度"),
        ({"level": "wonderful"}, "请从所列的选项里选"),
        ({"nonce": "forged"}, "已过期"),
        ({"comment": "长" * 501}, "500"),
        ({"comment": "长" * 350_000}, "500"),  # 1 MB
    ],
)
def test_a_wrong_form_is_told_and_not_counted(world, client, change, said):
    response = rate(client, **change)

    assert said in response.content.decode()
    assert counts() == []
    assert not RatingNonce.objects.exists()


def test_comment_gets_a_receipt_and_the_answer_comes_back(world, client, as_person):
    thanks = rate(client, level="unsatisfied", comment="等了一个小时").content.decode()
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", thanks)[0]
    feedback = Feedback.objects.get()
    secretary = as_person(world.secretary)
    secretary.post(
        reverse("evaluations:feedback_answer", args=[feedback.pk]), {"answer": "已增开一个窗口"}
    )
    client.logout()

    page = client.post(reverse("evaluations:feedback_follow"), {"code": code.lower()})

    assert "已增开一个窗口" in page.content.decode()
    assert feedback.is_bad
    assert feedback.week_on.weekday() == 0
    assert code.replace("-", "") not in feedback.receipt_hash


def test_guessing_a_receipt_tells_nothing(world, client):
    page = client.post(reverse("evaluations:feedback_follow"), {"code": "AAAA-BBBB-CCCC"})

    assert "没有找到这个回执码" in page.content.decode()


def test_others_do_not_read_or_answer_it(world, client, as_person):
    rate(client, comment="一件小事")
    url = reverse("evaluations:feedback_answer", args=[Feedback.objects.get().pk])

    assert as_person(world.secretary2).get(url).status_code == 404
    assert (
        as_person(world.member).get(url).status_code == 404
    )  # not before the owner was told (B19)
    Feedback.objects.update(is_told=True)
    assert as_person(world.member).get(url).status_code == 403


def test_without_a_running_period_nobody_rates(world, client):
    later = timezone.now() + timedelta(days=200)
    with time_machine.travel(later):
        response = client.get(reverse(PAGE, args=["NORTH2"]))

    assert "现在不在评价期内" in response.content.decode()


@pytest.mark.on_both
def test_submitting_takes_few_statements(world, client):
    """Window, period, form, counters: four where the database writes day and hour in one statement, else five."""
    nonce = nonce_on(client.get(reverse(PAGE, args=["NORTH2"])))
    with CaptureQueriesContext(connection) as captured:
        rate(client, nonce=nonce)

    asked = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == (4 if connection.vendor == "postgresql" else 5), asked
    assert RatingHour.objects.get().count == 1


def test_page_is_small_and_needs_no_script(world, client):
    page = client.get(reverse(PAGE, args=["NORTH2"]))

    assert len(page.content) < 50_000
    assert "<form" in page.content.decode()
