"""One-time tickets: the verified channel (C6, C9)."""

import re

import pytest
from django.urls import reverse

from evaluations.actions.ratings import issue_tickets
from evaluations.models import RatingCount, Ticket
from tests.factories.branches import moment


@pytest.fixture
def code(world):
    return issue_tickets(world.window, count=1, by=world.secretary, at=moment())[0]


def page(code):
    return reverse("evaluations:ticket_rate", args=[code])


def test_a_ticket_counts_once_in_its_own_channel(world, client, code):
    first = client.post(page(code), {"q_overall": "satisfied"})
    second = client.post(page(code), {"q_overall": "very_unsatisfied"})

    counted = RatingCount.objects.get()
    assert "评价已计入" in first.content.decode()
    assert "已提交" in second.content.decode()
    assert (counted.level, counted.channel, counted.count) == ("satisfied", "ticket", 1)


def test_looking_burns_nothing(world, client, code):
    for _ in range(3):
        client.get(page(code))
        client.head(page(code))

    assert not Ticket.objects.get().is_used


def test_a_wrong_form_does_not_burn_it_either(world, client, code):
    client.post(page(code), {"q_overall": ""})

    assert not Ticket.objects.get().is_used
    assert not RatingCount.objects.exists()


def test_an_unknown_code_is_not_found(world, client):
    assert client.get(page("AAAA-BBBB-CCCC")).status_code == 404


def test_the_database_holds_no_usable_code(world, code):
    stored = Ticket.objects.get()

    assert code.replace("-", "") not in stored.digest
    assert len(stored.digest) == 64


def test_guessing_is_slowed_down(world, client):
    answers = {client.get(page(f"AAAA-BBBB-{number:04d}")).status_code for number in range(30)}

    assert 429 in answers


def test_window_staff_print_a_sheet_with_codes_shown_once(world, as_person):
    url = reverse("evaluations:ticket_add", args=[world.window.pk])

    sheet = as_person(world.member).post(url, {"count": 6}).content.decode()

    codes = set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", sheet))
    assert len(codes) == 6
    assert sheet.count("<svg") >= 6
    assert Ticket.objects.count() == 6


@pytest.mark.parametrize(("who", "status"), [("secretary2", 404), ("inspector", 403)])
def test_who_is_refused(world, as_person, who, status):
    url = reverse("evaluations:ticket_add", args=[world.window.pk])

    assert as_person(getattr(world, who)).post(url, {"count": 6}).status_code == status
    assert not Ticket.objects.exists()
