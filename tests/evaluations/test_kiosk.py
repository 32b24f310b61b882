"""P07, C6 to C8: a tablet with hours and a pause, a code for each visit, channels apart, strange days flagged."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from common.dates import today
from evaluations.models import Kiosk, RatingCount, RatingHour, Ticket
from evaluations.queries.flags import strange_days, strange_hours
from tests.factories import RatingCountFactory

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"
HOURS = {"name": "1号平板", "opens_at": "08:30", "closes_at": "17:30", "pause_seconds": 20}


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def kiosk(as_person, world, **change):
    url = reverse("evaluations:kiosk_list", args=[world.window.pk])
    page = as_person(world.secretary).post(url, HOURS | change).content.decode()
    return reverse("evaluations:kiosk_rate", args=[re.search(CODE, page)[0]])


def noon(world):
    return time_machine.travel(f"{today()} 12:00+08:00", tick=False)


def rate(client, url, level="satisfied"):
    found = re.search(r'name="nonce" value="([^"]+)"', client.get(url).content.decode())
    return client.post(url, {"nonce": found[1], "q_overall": level})


def test_a_tablet_counts_in_its_own_channel(world, client, as_person):
    url = kiosk(as_person, world)
    client.logout()
    with noon(world):
        page = rate(client, url).content.decode()

    assert "评价已计入" in page
    assert list(RatingCount.objects.values_list("channel", "count")) == [("tablet", 1)]


def test_two_ratings_in_one_breath_count_once(world, client, as_person):
    url = kiosk(as_person, world)
    with noon(world):
        rate(client, url)
        page = rate(client, url).content.decode()

    assert "请稍等" in page
    assert RatingCount.objects.get().count == 1


def test_the_form_of_a_tablet_is_used_once(world, client, as_person):
    """C8: without its one-time name, or with a used one, nothing is counted."""
    url = kiosk(as_person, world)
    client.logout()
    with noon(world):
        page = client.get(url).content.decode()
        nonce = re.search(r'name="nonce" value="([^"]+)"', page)[1]
        client.post(url, {"q_overall": "satisfied"})
        assert not RatingCount.objects.exists()
        for _ in range(3):
            cache.clear()  # the pause is over each time
            client.post(url, {"nonce": nonce, "q_overall": "satisfied"})

    assert RatingCount.objects.get().count == 1


@pytest.mark.parametrize("hour", ["07:00", "17:30", "23:00"])
def test_outside_the_hours_nothing_is_taken(world, client, as_person, hour):
    url = kiosk(as_person, world)
    with time_machine.travel(f"{today()} {hour}+08:00", tick=False):
        page = client.get(url).content.decode()
        client.post(url, {"q_overall": "satisfied"})

    assert "不在服务时间" in page
    assert not RatingCount.objects.exists()


def test_a_retired_tablet_is_gone(world, client, as_person):
    url = kiosk(as_person, world)
    as_person(world.secretary).post(
        reverse("evaluations:kiosk_retire", args=[Kiosk.objects.get().pk])
    )

    assert client.get(url).status_code == 404


def test_the_windows_own_people_register_none(world, as_person):
    url = reverse("evaluations:kiosk_list", args=[world.window.pk])

    assert as_person(world.member).post(url, HOURS).status_code == 403
    refused = as_person(world.secretary).post(url, HOURS | {"closes_at": "08:00"})
    assert "要晚于开始服务" in refused.content.decode()


def test_the_clerk_hands_out_one_code_for_a_visit(world, client, as_person):
    url = reverse("evaluations:ticket_hand", args=[world.window.pk])
    page = as_person(world.member).post(url).content.decode()
    code = re.search(CODE, page)[0]
    client.logout()
    client.post(reverse("evaluations:ticket_rate", args=[code]), {"q_overall": "satisfied"})

    assert Ticket.objects.get().is_used
    assert RatingCount.objects.get().channel == "ticket"


def test_verified_and_open_stand_apart(world, as_person):
    for channel, count in (("ticket", 12), ("qr", 30)):
        RatingCountFactory(
            campaign=world.campaign, window=world.window, channel=channel, count=count
        )
    page = as_person(world.inspector).get(reverse("evaluations:rating_list")).content.decode()

    assert "核实渠道" in page
    assert "30 票全是同一档" in page
    mine = as_person(world.secretary).get(reverse("evaluations:rating_list")).content.decode()
    assert "全是同一档" not in mine


def test_strange_days_are_named():
    monday = date(2026, 3, 2)
    days = {monday + timedelta(days=n): {"good": 3, "poor": 1} for n in range(5)}
    days[monday + timedelta(days=5)] = {"good": 40}

    found = strange_days("扫码", days, lambda day: day.weekday() < 5)

    assert [what for _, _, what in found] == [
        "一天 40 票，平时约 4 票",
        "40 票全是同一档",
        "休息日有 40 票",
    ]


def test_strange_hours_are_named():
    """C7: a burst within an hour of an ordinary day, and ratings at night."""
    monday = date(2026, 3, 2)
    hours = {(monday, hour): 2 for hour in range(9, 17)}
    hours |= {(monday, 17): 14, (monday, 23): 3}

    found = strange_hours("扫码", hours)

    assert [what for _, _, what in found] == [
        "17 点这一小时 14 票，平时约 2 票",
        "夜里 23 点有 3 票",
    ]


def test_hours_are_counted_and_only_inspectors_see_what_is_strange(world, client, as_person):
    night = time_machine.travel(f"{today()} 22:30+08:00", tick=False)
    with night:
        for _ in range(3):
            rate(client, reverse("evaluations:window_rate", args=[world.window.code]))
    where = reverse("evaluations:rating_list")

    with time_machine.travel(f"{today()} 22:40+08:00", tick=False):
        assert "夜里 22 点有 3 票" in as_person(world.inspector).get(where).content.decode()
        mine = as_person(world.secretary).get(where)
    assert "22 点" not in mine.content.decode()
    assert RatingHour.objects.get().count == 3


def test_an_ordinary_week_is_not_flagged():
    monday = date(2026, 3, 2)
    days = {monday + timedelta(days=n): {"good": 20 + n, "poor": 1} for n in range(5)}

    assert strange_days("扫码", days, lambda day: day.weekday() < 5) == []


def test_registering_a_tablet_proposes_hours_and_says_when_the_plan_has_none(world, as_person):
    url = reverse("evaluations:kiosk_list", args=[world.window.pk])
    page = as_person(world.secretary).get(url)

    assert 'value="08:30"' in page.content.decode()
    assert page.context["unasked"] is ("tablet" not in kinds_of_channels(world))


def kinds_of_channels(world):
    return [channel.kind for channel in world.period.plan.channels]
