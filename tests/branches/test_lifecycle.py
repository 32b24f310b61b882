"""Slips in bulk, merging, splitting, renaming, full membership: the past keeps its shape (D3)."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from branches import actions, queries
from branches.models import ActivationCode, Affiliation, Organisation, Person, Role
from common.dates import today
from common.models import AuditEvent
from tests.factories import OrganisationFactory, PersonFactory
from tests.factories.branches import moment

AT = moment(date(2026, 9, 1))
DAY = date(2026, 8, 1)
BEFORE = date(2026, 7, 31)

pytestmark = pytest.mark.django_db


def unopened(world, *names):
    people = Person.objects.filter(username__in=names)
    people.update(password=make_password(None))
    return people


def stretches(person):
    return list(
        person.affiliations.order_by("starts_on").values_list(
            "organisation__name", "status", "starts_on", "ends_on"
        )
    )


# Slips -------------------------------------------------------------------------------------------


def test_a_sheet_of_slips_opens_each_account_once(world, as_person):
    unopened(world, "member", "member2")
    client = as_person(world.secretary)
    url = reverse("branches:account_slips")
    asked = client.get(url, {"organisation": world.north.pk})
    assertContains(asked, "2 人还没有开通账号")

    sheet = client.post(url, {"organisation": world.north.pk})

    codes = {person.username: code for page in sheet.context["sheets"] for person, code in page}
    assert set(codes) == {"member", "member2"}
    assert sheet["Cache-Control"].startswith("max-age=0")
    actions.activate_account(
        username="member", code=codes["member"], password="Long-Enough-77", at=AT.now(AT.tzinfo)
    )
    with pytest.raises(actions.CodeRefused):
        actions.activate_account(
            username="member", code=codes["member"], password="Long-Enough-88", at=AT.now(AT.tzinfo)
        )
    assert ActivationCode.objects.count() == 1
    assert codes["member2"] not in str(AuditEvent.objects.values())


def test_slips_leave_open_accounts_and_outranking_people_alone(world, as_person):
    unopened(world, "secretary", "member", "neighbour1")
    before = Person.objects.get(username="member2").password

    sheet = as_person(world.secretary).post(
        reverse("branches:account_slips"), {"organisation": world.north.pk}
    )

    assert [p.username for page in sheet.context["sheets"] for p, _ in page] == ["member"]
    assert Person.objects.get(username="member2").password == before


def test_a_secretary_prints_no_slips_for_another_branch(world, as_person):
    unopened(world, "neighbour1")

    page = as_person(world.secretary).post(
        reverse("branches:account_slips"), {"organisation": world.south.pk}
    )

    assertNotContains(page, "激活码</dt>")
    assert ActivationCode.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_slips_cost_the_same_for_one_and_three(world, count, django_assert_num_queries):
    people = [
        PersonFactory(organisation=world.north, password=make_password(None)) for _ in range(count)
    ]

    with django_assert_num_queries(8 if connection.vendor == "postgresql" else 7):
        slips = actions.issue_codes(people, by=world.secretary, at=AT)
    assert len(slips) == count


def test_stale_accounts_are_listed(world, as_person):
    Person.objects.filter(username="member").update(last_login=moment(date(2024, 1, 1)))
    client, url = as_person(world.officer), reverse("branches:account_list")

    stale = client.get(url, {"used": "stale"})
    never = client.get(url, {"used": "never"})

    assertContains(stale, "钱一")
    assertNotContains(stale, "孙二")
    assertContains(never, "孙二")


# Merge, split, rename ------------------------------------------------------------------------------


def test_a_merged_branch_brings_people_windows_and_posts(world):
    moved = actions.merge_organisation(
        world.north, into=world.south, on=DAY, by=world.officer, at=AT
    )

    north = Organisation.objects.get(pk=world.north.pk)
    assert (moved, north.dissolved_on) == (8, DAY)
    assert stretches(world.member) == [
        ("第一支部", "member", date(2020, 1, 1), BEFORE),
        ("第二支部", "member", DAY, None),
    ]
    assert queries.organisation_of(world.member, today=BEFORE) == world.north
    assert queries.organisation_of(world.member, today=DAY) == world.south
    window = type(world.window).objects.get(pk=world.window.pk)
    assert (window.organisation, window.code) == (world.south, "NORTH2")
    posts = world.member.posts.order_by("starts_on").values_list("organisation__name", "ends_on")
    assert list(posts) == [("第一支部", BEFORE), ("第二支部", None)]
    assert Role.objects.get(person=world.secretary).ends_on == BEFORE


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"into": "root"}, "同一类别"),
        ({"into": "north"}, "自己"),
        ({"on": date(2026, 9, 2)}, "将来"),
        ({"on": date(2019, 1, 1)}, "才到第一支部"),
    ],
)
def test_what_cannot_be_merged(world, change, why):
    given = {"into": "south", "on": DAY, **change}
    with pytest.raises(actions.OrganisationRefused, match=why):
        actions.merge_organisation(
            world.north, into=getattr(world, given["into"]), on=given["on"], by=world.officer, at=AT
        )

    assert Affiliation.objects.filter(organisation=world.north, ends_on=None).count() == 8


def test_groups_below_a_merged_branch_go_along(world):
    group = OrganisationFactory(parent=world.north, kind="group", name="一组")

    actions.merge_organisation(world.north, into=world.south, on=DAY, by=world.officer, at=AT)

    south = Organisation.objects.get(pk=world.south.pk)
    assert Organisation.objects.get(pk=group.pk).path.startswith(south.path)
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_two_windows_of_one_name_stop_a_merge(world):
    type(world.window).objects.filter(pk=world.window2.pk).update(name="婚姻登记窗口")

    with pytest.raises(actions.OrganisationRefused, match="两边都有“婚姻登记窗口”"):
        actions.merge_organisation(world.north, into=world.south, on=DAY, by=world.officer, at=AT)


def test_a_split_makes_a_branch_beside_with_its_people(world):
    new = actions.split_organisation(
        world.north,
        people=[world.member, world.member2],
        on=DAY,
        by=world.officer,
        at=AT,
        name="第三支部",
        code="THIRD",
    )

    assert new.path.startswith(world.root.path)
    assert (new.kind, new.founded_on) == ("branch", DAY)
    assert stretches(world.member)[1] == ("第三支部", "member", DAY, None)
    assert Affiliation.objects.filter(organisation=world.north, ends_on=None).count() == 6


def test_the_secretary_cannot_be_split_off(world):
    with pytest.raises(actions.OrganisationRefused, match="周书记还是第一支部的书记"):
        actions.split_organisation(
            world.north, people=[world.secretary], on=DAY, by=world.officer, at=AT,
            name="第三支部", code="THIRD",
        )  # fmt: skip


def test_a_renamed_branch_keeps_its_old_name_with_its_day(world, as_person):
    actions.update_organisation(world.north, by=world.officer, at=AT, name="红旗支部")

    former = world.north.former_names.get()
    assert (former.name, former.until) == ("第一支部", date(2026, 8, 31))
    page = as_person(world.officer).get(
        reverse("branches:organisation_detail", args=[world.north.pk])
    )
    assertContains(page, "曾用名：第一支部")


# Full membership -----------------------------------------------------------------------------------


@pytest.fixture
def probationer(world):
    return PersonFactory(
        username="probationer",
        name="林预备",
        organisation=world.north,
        organisation__status="probationary",
        political_status="probationary",
        joined_on=date(2025, 7, 1),
        joined_precision="day",
    )


def test_a_probationer_becomes_a_full_member_from_a_day(world, probationer):
    actions.promote_person(probationer, on=DAY, by=world.secretary, at=AT)

    probationer.refresh_from_db()
    assert (probationer.political_status, probationer.regular_on) == ("member", DAY)
    assert stretches(probationer) == [
        ("第一支部", "probationary", date(2020, 1, 1), BEFORE),
        ("第一支部", "member", DAY, None),
    ]
    assert AuditEvent.objects.latest("number").verb == "预备党员转正"


@pytest.mark.parametrize(("day", "why"), [(date(2025, 6, 1), "入党日期"), (DAY, "不是预备党员")])
def test_who_cannot_be_promoted(world, probationer, day, why):
    person = world.member if "不是" in why else probationer

    with pytest.raises(actions.PersonRefused, match=why):
        actions.promote_person(person, on=day, by=world.secretary, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_probationers_are_listed_with_the_day_they_are_due(
    world, as_person, count, django_assert_num_queries
):
    for n in range(count):
        PersonFactory(
            name=f"林预备{n}",
            organisation=world.north,
            political_status="probationary",
            joined_on=date(2024, 7, 1),
            joined_precision="day",
        )
    client, url = as_person(world.secretary), reverse("branches:promotion_list")
    client.get(url)

    with django_assert_num_queries(8):
        page = client.get(url)
    assertContains(page, "已满", count=count)
    assertContains(page, "2025年7月1日", count=count)
    assert today() > date(2025, 7, 1)
