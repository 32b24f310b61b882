from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from branches import actions
from branches.models import ActivationCode
from tests.dump import dump
from tests.factories import PersonFactory

URL = reverse("branches:activate")
NEW = "Fresh-start-77"


@pytest.fixture
def person(db):
    return PersonFactory(username="zhangwei")


def post(client, code, username="zhangwei", password=NEW):
    return client.post(
        URL, {"username": username, "code": code, "new_password": password, "again": password}
    )


def test_the_code_opens_the_account_once(client, person):
    code = actions.issue_code(person, by=person, at=timezone.now())

    assertRedirects(post(client, code.lower().replace("-", " ")), "/login")
    assertContains(post(client, code), "账号或激活码不对")

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_issuing_ends_the_old_password_and_the_old_code(client, person):
    first = actions.issue_code(person, by=person, at=timezone.now())
    actions.issue_code(person, by=person, at=timezone.now())

    person.refresh_from_db()
    assert not person.has_usable_password()
    assertContains(post(client, first), "账号或激活码不对")


def test_an_old_code_is_refused(client, person):
    code = actions.issue_code(person, by=person, at=timezone.now() - timedelta(days=7, seconds=1))

    assertContains(post(client, code), "账号或激活码不对")


def test_the_code_of_another_account_is_refused(client, person):
    code = actions.issue_code(PersonFactory(), by=person, at=timezone.now())

    assertContains(post(client, code), "账号或激活码不对")


def test_looking_at_the_page_burns_nothing(client, person):
    code = actions.issue_code(person, by=person, at=timezone.now())

    for _ in range(3):
        client.get(f"{URL}?code={code}")
        client.head(f"{URL}?code={code}")

    assertRedirects(post(client, code), "/login")


def test_the_database_holds_no_usable_code(person):
    code = actions.issue_code(person, by=person, at=timezone.now())

    text = str(dump()) + ActivationCode.objects.get().code_hash

    assert code not in text
    assert code.replace("-", "") not in text


def test_guessing_is_slowed_down(client, person):
    statuses = [post(client, f"WRONG{n}").status_code for n in range(25)]

    assert statuses == [200] * 20 + [429] * 5


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314",
        "Aa123456",
        "12345678",
        "Demo-2026",
        "abcdefghijk",
        "Zhangwei2026",
        "Qq123456789",
        "P@ssw0rd123",
    ],
)
def test_common_and_plain_passwords_are_refused(client, person, password):
    code = actions.issue_code(person, by=person, at=timezone.now())

    assert post(client, code, password=password).status_code == 200
    person.refresh_from_db()
    assert not person.has_usable_password()
