"""One's own card, what the public board may show of it, and the duty it fulfils (L09, update_card)."""

import pytest
from django.urls import reverse

from branches.models import Person
from pledges.models import Card
from tests.factories import DutyFactory, PersonFactory, PostFactory, ZoneFactory, ZoneHolderFactory

CARD = reverse("pledges:card")
SHOWN = ["shows_party", "shows_motto", "shows_duties", "shows_zones"]


def confirm(client, *switches, motto="群众的事无小事"):
    return client.post(CARD, {"motto": motto, **dict.fromkeys(switches, "on")})


def board(client, branch):
    return client.get(reverse("pledges:member_board", args=[branch.code])).content.decode()


def test_looking_a_card_over_fulfils_the_duty(world, as_person):
    duty = DutyFactory(period=world.period, act="update_card", assignee=world.member)

    response = confirm(as_person(world.member), *SHOWN)

    assert response.status_code == 302
    duty.refresh_from_db()
    assert duty.done_at is not None
    assert world.member.motto == "群众的事无小事"
    assert Card.objects.get(person=world.member).confirmed_at == duty.done_at


def test_somebody_elses_duty_stays(world, as_person):
    duty = DutyFactory(period=world.period, act="update_card", assignee=world.member2)

    confirm(as_person(world.member), *SHOWN)

    duty.refresh_from_db()
    assert duty.done_at is None


def test_the_board_shows_what_each_member_lets_it(world, as_person):
    """Row L18."""
    Person.objects.filter(pk=world.member.pk).update(
        phone="13800001234", joined_on="2009-07-01", motto="旧格言"
    )
    client = as_person(world.member)
    before = board(client, world.north)
    confirm(client, "shows_phone", "shows_joined_on", motto="新格言")
    after = board(client, world.north)

    assert "旧格言" in before
    assert "13800001234" not in before
    assert "13800001234" in after
    assert "2009 年入党" in after
    assert "新格言" not in after


def test_a_motto_with_a_number_does_not_reach_the_board(world, as_person):
    """L18, Q17: the detector reads what hangs as soon as it is saved."""
    response = confirm(as_person(world.member), motto="有事打 13812345678")

    assert "手机号138…78" in response.content.decode()
    assert not Person.objects.filter(pk=world.member.pk, motto__contains="138").exists()


def test_a_motto_that_is_too_long_is_refused_and_kept_in_the_form(world, as_person):
    response = confirm(as_person(world.member), motto="好" * 300)

    assert response.status_code == 200
    assert "好" * 300 in response.content.decode()
    assert not Card.objects.exists()


def test_leaders_stand_first_and_non_members_not_at_all(world, client):
    page = board(client, world.north)

    assert page.index("周书记") < page.index("李三")
    assert "王群众" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_member_board_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    for _ in range(count):
        person = PersonFactory(organisation=world.north)
        PostFactory(organisation=world.north, person=person)
        ZoneHolderFactory(zone=ZoneFactory(organisation=world.north), person=person)

    with django_assert_num_queries(7):
        board(client, world.north)
