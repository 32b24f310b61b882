"""ID and telephone numbers: masked, opened for a reason by who keeps the roster, and written down."""

import io

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from branches.models import Person, hash_id_number, seal_id_number
from common.models import AuditEvent
from tests.excel.books import id_number

pytestmark = pytest.mark.django_db
PHONE, NUMBER = "13912345678", id_number("19871120", 2)


@pytest.fixture
def member(world):
    Person.objects.filter(pk=world.member.pk).update(
        phone=PHONE, id_number_sealed=seal_id_number(NUMBER), id_number_hash=hash_id_number(NUMBER)
    )
    return world.member


def reveal_url(person, field):
    return reverse("branches:private_reveal", args=[person.pk, field])


@pytest.mark.parametrize("name", ["secretary", "committee_member", "leader", "member2"])
def test_the_page_of_a_person_shows_no_number_whole(world, as_person, member, name):
    response = as_person(getattr(world, name)).get(
        reverse("branches:person_detail", args=[member.pk])
    )

    assertNotContains(response, PHONE)
    assertNotContains(response, NUMBER)


def test_a_keeper_sees_one_number_for_a_reason_that_stays(world, as_person, member):
    client, url = as_person(world.secretary), reveal_url(member, "id-number")
    assertContains(client.get(reverse("branches:person_detail", args=[member.pk])), url)
    assertNotContains(client.get(url), NUMBER)
    assertNotContains(client.post(url, {"reason": ""}), NUMBER)
    assertNotContains(client.post(url, {"reason": "看看"}), NUMBER)
    assert not AuditEvent.objects.exists()

    response = client.post(url, {"reason": "办理组织关系转接"})

    assertContains(response, NUMBER)
    assert response["Cache-Control"].count("no-store") == 1
    event = AuditEvent.objects.get()
    assert (event.verb, event.by, event.object_id) == (
        "查看完整号码",
        world.secretary,
        str(member.pk),
    )
    assert event.detail == {"field": "身份证号", "reason": "办理组织关系转接"}
    assert NUMBER not in f"{event.detail}{event.object_label}"
    assertNotContains(client.get(url), NUMBER)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member2", 403),
        ("leader", 403),
        ("inspector", 403),
        ("secretary2", 404),
        ("far_secretary", 404),
        ("system_admin", 404),
    ],
)
def test_who_does_not_keep_the_roster_is_refused(world, as_person, member, name, status):
    response = as_person(getattr(world, name)).post(
        reveal_url(member, "phone"), {"reason": "想打个电话"}
    )

    assert response.status_code == status
    assert not AuditEvent.objects.exists()


def test_no_other_field_can_be_asked_for(world, as_person, member):
    assert as_person(world.secretary).get(reveal_url(member, "password")).status_code == 404


def exported(client, **data):
    response = client.post(reverse("branches:roster_export"), data)
    assert response.status_code == 200, response
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    heading = [cell.value for cell in book.active[3]]
    return [
        dict(zip(heading, row, strict=True))
        for row in book.active.iter_rows(
            min_row=4, max_row=book.active.max_row - 1, values_only=True
        )
    ]


def test_the_roster_is_masked_unless_asked_for_with_a_reason(world, as_person, member):
    client, north = as_person(world.secretary), world.north.pk
    rows = {row["姓名"]: row for row in exported(client, organisation=north)}
    assert rows["钱一"]["公民身份号码"] == f"{NUMBER[:6]}********{NUMBER[-4:]}"
    assert rows["钱一"]["手机号"] == "139****5678"
    assert "王群众" not in rows  # 党员 only

    url = reverse("branches:roster_export")
    assertContains(client.post(url, {"organisation": north, "whole": "1"}), "请写清用途")
    rows = exported(client, organisation=north, whole="1", reason="上报年度党员信息")

    row = next(row for row in rows if row["姓名"] == "钱一")
    assert (row["公民身份号码"], row["手机号"]) == (NUMBER, PHONE)
    detail = AuditEvent.objects.order_by("-number").first().detail
    assert detail == {
        "rows": 7, "organisation": "第一支部", "whole": True, "reason": "上报年度党员信息",
    }  # fmt: skip


def test_a_roster_with_whole_numbers_says_on_every_page_who_took_it_and_why(
    world, as_person, member
):
    response = as_person(world.secretary).post(
        reverse("branches:roster_export"),
        {"organisation": world.north.pk, "whole": "1", "reason": "上报年度党员信息"},
    )

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    for part in ("含完整号码", "周书记", "上报年度党员信息"):
        assert part in sheet.oddHeader.right.text


def test_a_leader_gets_the_roster_masked_whatever_he_asks(world, as_person, member):
    rows = exported(
        as_person(world.leader), organisation=world.north.pk, whole="1", reason="想看完整号码"
    )

    row = next(row for row in rows if row["姓名"] == "钱一")
    assert PHONE not in row.values()
    assert NUMBER not in row.values()


def test_another_branch_is_no_choice(world, as_person, member):
    response = as_person(world.secretary2).post(
        reverse("branches:roster_export"), {"organisation": world.north.pk}
    )

    assertContains(response, "请从所列的选项里选")


def test_editing_shows_the_phone_masked_and_keeps_it(world, as_person, member):
    client, url = as_person(world.secretary), reverse("branches:person_edit", args=[member.pk])
    response = client.get(url)
    assertNotContains(response, PHONE)
    assertContains(response, "139****5678")
    data = {"name": "钱一", "political_status": "member"}

    client.post(url, data | {"education": "大学本科"})
    assert Person.objects.get(pk=member.pk).phone == PHONE
    client.post(url, data | {"phone": "13800001111"})
    assert Person.objects.get(pk=member.pk).phone == "13800001111"
    client.post(url, data | {"phone": "无"})
    assert Person.objects.get(pk=member.pk).phone == ""


def test_oneself_sees_the_own_phone(world, as_person, member):
    assertContains(as_person(member).get(reverse("branches:me")), PHONE)


def test_the_roster_costs_the_same_for_every_number_of_people(
    world, as_person, member, django_assert_max_num_queries
):
    client = as_person(world.secretary)
    with django_assert_max_num_queries(40) as first:
        exported(client, organisation=world.north.pk)
    Person.objects.filter(pk__in=[world.member2.pk, world.member3.pk]).update(
        political_status="masses"
    )
    world.member4.affiliations.update(status="staff")
    world.member5.affiliations.update(status="staff")
    with django_assert_max_num_queries(len(first)):
        exported(client, organisation=world.north.pk)
