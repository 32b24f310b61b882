"""Who may take an account over for a moment: never one that may do more than oneself."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from branches.permissions import can_issue_code
from tests.factories import PersonFactory, RoleFactory


@pytest.mark.parametrize(
    ("by", "whose", "may"),
    [
        ("secretary", "member", True),
        ("secretary", "secretary", False),
        ("secretary", "neighbour1", False),
        ("secretary", "leader", False),
        ("officer", "secretary", True),
        ("officer", "leader", True),
        ("officer", "system_admin", False),
        ("officer", "audit_admin", False),
        ("system_admin", "member", True),
        ("system_admin", "leader", True),
        ("system_admin", "audit_admin", False),
        ("system_admin", "security_admin", False),
        ("security_admin", "member", False),
        ("audit_admin", "member", False),
        ("inspector", "member", False),
        ("leader", "member", False),
        ("member", "member2", False),
        ("far_secretary", "member", False),
    ],
)
def test_who_may_issue_a_code_for_whom(world, by, whose, may):
    assert can_issue_code(getattr(world, by), getattr(world, whose)) is may


@pytest.mark.parametrize(
    ("kind", "where"),
    [("committee", "root"), ("audit_admin", "north"), ("leader", "root"), ("secretary", "north")],
)
def test_a_secretary_never_resets_a_member_with_a_higher_role(world, kind, where):
    RoleFactory(person=world.member, kind=kind, organisation=getattr(world, where))

    assert not can_issue_code(world.secretary, world.member)


def test_the_slip_shows_a_code_once(world, as_person):
    url = reverse("branches:account_issue", args=[world.member.pk])
    client = as_person(world.secretary)

    assertContains(client.get(url), "现在的密码立即作废")
    assertContains(client.post(url), "账号激活单")
    assert b"receipt" not in client.get(url).content


def test_a_closed_account_is_out_and_may_come_back(world, as_person, client):
    keeper = as_person(world.secretary)

    keeper.post(reverse("branches:account_disable", args=[world.member.pk]))
    assert not world.member.is_active
    keeper.post(reverse("branches:account_enable", args=[world.member.pk]))
    assert world.member.is_active


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    world, as_person, item_count, django_assert_num_queries
):
    PersonFactory.create_batch(item_count, organisation=world.north)
    client = as_person(world.system_admin)
    client.get("/healthz")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("branches:account_list"))


LIST_QUERIES = 9
