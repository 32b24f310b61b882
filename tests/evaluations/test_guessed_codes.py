"""C9: 10^5 guesses at codes hit nothing, and nobody gets to make them."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from evaluations.actions import codes
from evaluations.actions.codes import hash_code, hash_ticket
from evaluations.actions.feedback import drop_suggestion
from evaluations.actions.polls import hash_pass
from evaluations.actions.ratings import issue_tickets
from evaluations.models import Feedback, PollPass, Ticket
from tests.evaluations.test_poll import open_poll, passes

GUESSES = 100_000


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def test_a_hundred_thousand_guesses_hit_nothing(world):
    """By the hashes alone, as if nothing slowed the guesser down; a planted code is found."""
    issued = issue_tickets(world.window, count=100, by=world.secretary, at=timezone.now())
    passes(open_poll(world, "panel"), world, 100)
    drop_suggestion(
        period=world.period, place={"window": world.window}, text="一条", once=lambda _day: None,
        contact={"name": "", "phone": ""}, today=world.period.starts_on,
    )  # fmt: skip
    known = {
        *Ticket.objects.values_list("digest", flat=True),
        *PollPass.objects.values_list("digest", flat=True),
        *Feedback.objects.values_list("receipt_hash", flat=True),
    }
    assert len(known) == 201
    assert hash_ticket(issued[0]) in known

    kinds = ("ticket", "pass", "receipt")
    hits = sum(hash_code(kinds[n % 3], codes.new_code()) in known for n in range(GUESSES))

    assert hits == 0


@pytest.mark.parametrize(
    "name", ["evaluations:poll_answer", "evaluations:supervisor_today", "evaluations:kiosk_rate"]
)
def test_guessing_in_the_browser_is_stopped(world, client, name):
    answers = [client.get(reverse(name, args=[codes.new_code()])).status_code for _ in range(25)]

    assert answers == [404] * 20 + [429] * 5


def test_guessing_receipts_is_stopped(client, db):
    url = reverse("evaluations:feedback_follow")
    answers = [client.post(url, {"code": codes.new_code()}).status_code for _ in range(25)]

    assert answers == [200] * 20 + [429] * 5


def test_a_pass_is_no_ticket_and_no_receipt():
    code = codes.new_code()

    assert len({hash_pass(code), hash_ticket(code), hash_code("receipt", code)}) == 3
