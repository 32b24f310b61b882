from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories import PASSWORD, PersonFactory

URL = reverse("branches:password_change")
DATA = {"old_password": PASSWORD, "new_password": "Fresh-start-77", "again": "Fresh-start-77"}


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(as_person, db):
    person, elsewhere = PersonFactory(), Client()
    elsewhere.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client = as_person(person)

    assertRedirects(client.post(URL, DATA), reverse("branches:me"))

    assert elsewhere.get(reverse("branches:me")).status_code == 302


def test_the_present_password_is_asked_for(as_person, db):
    response = as_person(PersonFactory()).post(URL, {**DATA, "old_password": "wrong"})

    assertContains(response, "现在的密码不对。")


def test_two_different_entries_are_refused(as_person, db):
    response = as_person(PersonFactory()).post(URL, {**DATA, "again": "Other-start-77"})

    assertContains(response, "两次输入的不一样。")


@pytest.mark.parametrize(
    "state",
    [{"must_change_password": True}, {"password_changed_at": timezone.now() - timedelta(days=91)}],
)
def test_whoever_must_change_sees_no_other_page(as_person, db, state):
    client = as_person(PersonFactory(**state))

    assertRedirects(client.get(reverse("branches:me")), URL)
    client.post(URL, DATA)
    assert client.get(reverse("branches:me")).status_code == 200


def test_no_expiry_where_the_site_follows_asvs(as_person, db, settings):
    settings.PASSWORD_MOST_DAYS = 0
    person = PersonFactory(password_changed_at=timezone.now() - timedelta(days=900))

    assert as_person(person).get(reverse("branches:me")).status_code == 200
