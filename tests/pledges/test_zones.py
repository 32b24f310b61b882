"""Zones and posts that members answer for: kept by the secretary, shown on card and board (L08)."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from common.dates import today
from pledges.models import Zone, ZoneHolder
from tests.factories import ZoneFactory, ZoneHolderFactory

LIST = reverse("pledges:zone_list")


def add_url(branch):
    return reverse("pledges:zone_add", args=[branch.pk])


def words(*holders, **extra):
    return {
        "kind": "责任区",
        "name": "大厅 1—4 号窗口",
        "place": "一楼",
        "responsibility": "引导群众，保持整洁",
        "holders": [person.pk for person in holders],
    } | extra


def test_a_secretary_sets_one_up_and_it_shows_on_card_and_board(world, as_person):
    response = as_person(world.secretary).post(
        add_url(world.north), words(world.member, world.member2)
    )

    assert response.status_code == 302
    zone = Zone.objects.get()
    assert (zone.organisation, zone.starts_on) == (world.north, today())
    card = as_person(world.member).get(reverse("pledges:card")).content.decode()
    assert "引导群众，保持整洁" in card
    board = reverse("pledges:member_board", args=[world.north.code])
    assert as_person(world.member).get(board).content.decode().count("大厅 1—4 号窗口") == 2


@pytest.mark.parametrize("who", ["member", "leader", "inspector"])
def test_others_who_see_it_may_not_change_it(world, as_person, who):
    zone = ZoneFactory(organisation=world.north)
    client = as_person(getattr(world, who))

    assert client.post(add_url(world.north), words(world.member)).status_code == 403
    assert client.post(reverse("pledges:zone_end", args=[zone.pk])).status_code == 403
    assert "/edit" not in client.get(LIST).content.decode()


def test_holders_come_from_the_branch_only(world, as_person):
    response = as_person(world.secretary).post(add_url(world.north), words(world.stranger))

    assert response.status_code == 200
    assert response.context["form"].errors["holders"]
    assert not Zone.objects.exists()


def test_nobody_answering_and_a_second_of_the_name_are_refused(world, as_person):
    client = as_person(world.secretary)
    ZoneFactory(organisation=world.north, name="大厅 1—4 号窗口")

    response = client.post(add_url(world.north), words())

    assert "请至少选一名责任人" in response.content.decode()
    assert "本组织已有同名" in response.content.decode()


def test_a_change_of_holders_keeps_the_days_of_the_old_one(world, as_person):
    zone = ZoneFactory(organisation=world.north)
    since = today() - timedelta(days=40)
    ZoneHolderFactory(zone=zone, person=world.member, starts_on=since)

    as_person(world.secretary).post(
        reverse("pledges:zone_edit", args=[zone.pk]), words(world.member2)
    )

    old = ZoneHolder.objects.get(person=world.member)
    assert (old.starts_on, old.ends_on) == (since, today() - timedelta(days=1))
    assert ZoneHolder.objects.get(ends_on=None).person == world.member2


def test_an_ended_zone_leaves_card_and_list(world, as_person):
    zone = ZoneFactory(organisation=world.north, name="旧责任区")
    ZoneHolderFactory(zone=zone, person=world.member, starts_on=today() - timedelta(days=9))
    client = as_person(world.secretary)

    client.post(reverse("pledges:zone_end", args=[zone.pk]))

    assert "旧责任区已撤销" in client.get(LIST).content.decode()
    assert "旧责任区" not in client.get(LIST).content.decode()
    card = as_person(world.member).get(reverse("pledges:card")).content.decode()
    assert "旧责任区" not in card


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_num_queries, count
):
    for _ in range(count):
        ZoneHolderFactory(zone=ZoneFactory(organisation=world.north))
    client = as_person(world.secretary)
    client.get(LIST)

    with django_assert_num_queries(10):
        client.get(LIST)


def test_the_list_leaves_as_a_workbook_with_those_who_answer_today(world, as_person):
    zone = ZoneFactory(organisation=world.north, name="大厅")
    ZoneHolderFactory(zone=zone, person=world.member)
    ZoneHolderFactory(zone=zone, person=world.member2, ends_on=today())

    answer = as_person(world.secretary).get(LIST, {"export": "xlsx"})

    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (line,) = [row for row in rows if "大厅" in row]
    assert world.member.name in line
    assert not any(world.member2.name in str(cell) for cell in line)
