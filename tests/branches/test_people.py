"""add, update, transfer with dates, leave; and what the list shows to whom."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from branches import actions, queries
from branches.models import Affiliation, Person
from common.dates import today
from common.models import AuditEvent
from tests.factories import PersonFactory, PostFactory
from tests.factories.branches import moment

AT = moment()
DAY = date(2026, 7, 1)


def add(world, **changes):
    fields = {"name": "单红", "political_status": "member", **changes}
    return actions.add_person(
        organisation=world.north, starts_on=DAY, by=world.secretary, at=AT, **fields
    )


def test_a_new_person_has_an_account_that_nobody_can_use_yet(world):
    person = add(world)

    assert (person.username, person.name_pinyin) == ("shanhong", "shan hong")
    assert not person.has_usable_password()
    assert queries.organisation_of(person, today=DAY) == world.north


@pytest.mark.parametrize(
    ("political", "status"),
    [
        ("member", "member"),
        ("probationary", "probationary"),
        ("league", "staff"),
        ("masses", "staff"),
    ],
)
def test_belonging_follows_the_political_status(world, political, status):
    person = add(world, political_status=political)

    assert person.affiliations.get().status == status


def test_a_probationer_who_becomes_a_member_keeps_his_past(world):
    person = add(world, political_status="probationary")

    actions.update_person(
        person, today=date(2026, 9, 1), by=world.secretary, at=AT, political_status="member"
    )

    stretches = person.affiliations.order_by("starts_on").values_list(
        "status", "starts_on", "ends_on"
    )
    assert list(stretches) == [
        ("probationary", DAY, date(2026, 8, 31)),
        ("member", date(2026, 9, 1), None),
    ]


def test_the_audit_tells_which_fields_changed_and_not_what_they_held(world):
    actions.update_person(
        world.member, today=DAY, by=world.secretary, at=AT, phone="13800001111", motto=""
    )

    assert AuditEvent.objects.get().detail == {"fields": ["phone"]}


def test_a_transfer_ends_posts_and_leaves_the_past_alone(world):
    actions.transfer_person(world.member, organisation=world.south, on=DAY, by=world.officer, at=AT)

    stretches = list(
        Affiliation.objects.filter(person=world.member)
        .order_by("starts_on")
        .values_list("organisation__code", "ends_on")
    )
    assert stretches == [("NORTH", date(2026, 6, 30)), ("SOUTH", None)]
    assert world.member.posts.get().ends_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("who", "to", "on", "reason"),
    [
        ("member", "north", DAY, "已经在"),
        ("member", "south", date(2019, 1, 1), "要晚于"),
        ("secretary", "south", DAY, "请先免去职务"),
    ],
)
def test_transfers_that_make_no_sense_are_refused(world, who, to, on, reason):
    with pytest.raises(actions.PersonRefused, match=reason):
        actions.transfer_person(
            getattr(world, who),
            organisation=getattr(world, to),
            on=on,
            by=world.officer,
            at=AT,
        )


def test_leaving_ends_everything_and_closes_the_account(world):
    actions.leave_person(world.secretary, on=DAY, reason="退休", by=world.officer, at=AT)

    person = world.secretary
    assert not person.is_active
    assert not person.affiliations.filter(ends_on=None).exists()
    assert not person.roles.filter(ends_on=None).exists()


def test_a_secretary_cannot_write_off_somebody_with_a_higher_role(world, as_person):
    PersonFactory(
        username="boss", organisation=world.north, role="leader", role__organisation=world.root
    )
    boss = Person.objects.get(username="boss")
    client = as_person(world.secretary)

    for name in ("branches:person_leave", "branches:account_issue", "branches:account_disable"):
        response = client.post(reverse(name, args=[boss.pk]), {"on": "2026-07-01", "reason": "x"})
        assert response.status_code == 403, name


def test_telephone_is_for_oneself_and_the_keepers_of_the_roster(world, as_person):
    Person.objects.filter(pk=world.member2.pk).update(phone="13800001111")
    url = reverse("branches:person_detail", args=[world.member2.pk])

    assertContains(as_person(world.member2).get(url), "13800001111")
    for who in (world.secretary, world.officer):
        assertContains(as_person(who).get(url), "138****1111")
    for who in (world.member, world.leader, world.inspector):
        assertNotContains(as_person(who).get(url), "1111")


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    world, as_person, item_count, django_assert_num_queries
):
    for person in PersonFactory.create_batch(item_count, organisation=world.north):
        PostFactory(person=person, organisation=world.north, window=world.window)
    client = as_person(world.secretary)
    client.get("/healthz")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("branches:person_list"))


LIST_QUERIES = 12


def test_the_filter_lives_in_the_url(world, as_person):
    client, url = as_person(world.officer), reverse("branches:person_list")

    assert names(client.get(f"{url}?q=钱")) == ["钱一"]
    assert names(client.get(f"{url}?political_status=masses")) == ["王群众"]
    south = client.get(f"{url}?organisation={world.south.pk}")
    assert set(names(south)) == {p.name for p in world.members(world.south)}


def names(response):
    return [person.name for person in response.context["page"].object_list]


def test_the_export_holds_what_the_filter_shows_and_leaves_a_trace(world, as_person):
    response = as_person(world.officer).get(f"{reverse('branches:person_export')}?q=钱")

    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert [[cell.value for cell in row] for row in list(book.active.rows)[2:]] == [
        ["姓名", "所在组织", "政治面貌", "岗位", "角色"],
        ["钱一", "第一支部", "中共党员", "窗口受理岗", None],
    ]
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("导出人员", {"rows": 1})


@pytest.mark.parametrize(
    "query",
    [
        "id_number_hash__startswith=1",
        "roles__organisation__code=ROOT",
        "_connector=OR",
        "password__startswith=md5",
        "organisation=99999999",
        "organisation=x' OR 1=1--",
        "political_status=nonsense",
        "page=-1",
        "page=abc",
        "page=999999",
        "q=" + "x" * 5000,
    ],
)
def test_other_parameters_open_nothing(world, as_person, query):
    client, url = as_person(world.member), reverse("branches:person_list")

    response = client.get(f"{url}?{query}")

    assert response.status_code == 200
    shown = {person.pk for person in response.context["page"].object_list}
    assert shown <= {person.pk for person in world.members(world.north)}


def test_nobody_of_another_branch_is_in_the_organisation_choice(world, as_person):
    response = as_person(world.member).get(reverse("branches:person_list"))

    assertNotContains(response, "第二支部")


def test_a_leaver_is_no_longer_in_the_list(world, as_person):
    actions.leave_person(world.member3, on=date(2026, 1, 1), reason="调出", by=world.officer, at=AT)

    assert today() > date(2026, 1, 1)
    assert "李三" not in names(as_person(world.secretary).get(reverse("branches:person_list")))
