"""Grants (A4, A8): nobody his own, the three administrators apart, gone with the next request."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from branches import actions
from branches.models import Role
from common.dates import today
from tests.factories import RoleFactory
from tests.factories.branches import moment

AT = moment()
TERM = {"starts_on": date(2026, 1, 1)}


def grant(person, by, kind, organisation, **term):
    return actions.grant_role(
        person, by=by, at=AT, kind=kind, organisation=organisation, **{**TERM, **term}
    )


def test_nobody_grants_himself(world):
    with pytest.raises(actions.RoleRefused, match="不能给自己"):
        grant(world.security_admin, world.security_admin, "leader", world.root)


@pytest.mark.parametrize("second", ["system_admin", "audit_admin"])
def test_the_three_administrators_exclude_each_other(world, second):
    grant(world.member, world.committee_member, "security_admin", world.root)

    with pytest.raises(actions.RoleRefused, match="不得由同一人兼任"):
        grant(world.member, world.committee_member, second, world.north)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(person=world.member, kind=second, organisation=world.north)


def test_an_administrator_with_a_term_excludes_the_others_within_it(world):
    grant(world.member, world.officer, "audit_admin", world.root, ends_on=date(2026, 6, 30))

    with pytest.raises(actions.RoleRefused):
        grant(world.member, world.officer, "system_admin", world.root, starts_on=date(2026, 6, 30))
    grant(world.member, world.officer, "system_admin", world.root, starts_on=date(2026, 7, 1))


def test_the_committee_cannot_name_administrators(world, as_person):
    url = reverse("branches:role_grant", args=[world.member.pk])

    response = as_person(world.officer).post(
        url, {"kind": "audit_admin", "organisation": world.root.pk, "starts_on": "2026-01-01"}
    )

    assert response.status_code == 200
    assertContains(response, "请")
    assert not world.member.roles.exists()


def test_a_grant_outside_ones_own_tree_is_refused(world, as_person):
    url = reverse("branches:role_grant", args=[world.member.pk])

    as_person(world.officer).post(
        url, {"kind": "leader", "organisation": world.far.pk, "starts_on": "2026-01-01"}
    )

    assert not world.member.roles.exists()


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(world, as_person):
    client = as_person(world.leader)
    url = reverse("branches:organisation_detail", args=[world.north.pk])
    assert client.get(url).status_code == 200

    actions.end_role(world.leader.roles.get(), today=today(), by=world.officer, at=AT)

    assert client.get(url).status_code == 404


def test_a_role_granted_today_and_taken_away_today_gives_nothing(world):
    role = grant(world.member, world.officer, "leader", world.root, starts_on=today())

    actions.end_role(role, today=today(), by=world.officer, at=AT)

    assert not Role.objects.filter(person=world.member).exists()


def test_nobody_ends_his_own_role(world, as_person):
    role = world.officer.roles.get()

    response = as_person(world.officer).post(
        reverse("branches:role_end", args=[role.pk]), {"reason": "x"}
    )

    assert response.status_code == 403
    with pytest.raises(actions.RoleRefused, match="不能改动自己的角色"):
        actions.end_role(role, today=today(), by=world.officer, at=AT)


def test_a_term_that_is_over_gives_nothing(world, as_person):
    world.leader.roles.update(ends_on=today() - timedelta(days=1))

    response = as_person(world.leader).get(
        reverse("branches:organisation_detail", args=[world.north.pk])
    )

    assert response.status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    world, as_person, item_count, django_assert_num_queries
):
    for person in world.members(world.north)[:item_count]:
        RoleFactory(person=person, kind="inspector", organisation=world.north)
    client = as_person(world.security_admin)
    client.get("/healthz")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("branches:role_list"))


LIST_QUERIES = 7
