"""Signing in, and the ways in which it must not help a stranger (T29, T30, H4 to H6)."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from common.models import AuditEvent
from tests.factories import PASSWORD, CampaignFactory, PersonFactory

LOGIN = "/login"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


@pytest.fixture
def person(db):
    return PersonFactory(username="zhangwei")


def test_right_password_leads_in_and_is_in_the_audit(client, person):
    response = sign_in(client, "zhangwei")

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert list(AuditEvent.objects.values_list("verb", "by")) == [("登录", person.pk)]


def test_session_gets_a_new_id(client, person):
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    before = client.cookies["session"].value if "session" in client.cookies else session.session_key

    sign_in(client, "zhangwei")

    assert client.cookies["session"].value != before


def answer(client, username):
    response = sign_in(client, username, "wrong-password")
    body = response.content.replace(username.encode(), b"NAME")
    return response.status_code, len(body)


def test_wrong_password_unknown_account_and_closed_account_get_one_answer(client, person):
    PersonFactory(username="closedxx", is_active=False)

    answers = {answer(client, name) for name in ("zhangwei", "nobodyxx", "closedxx")}

    assert len(answers) == 1
    assertContains(sign_in(client, "zhangwei", "wrong"), "账号或密码不对，请再试一次。")


@pytest.mark.parametrize(
    "target", ["//evil.example", "https:evil", "/\\evil", "javascript:alert(1)"]
)
def test_next_never_leads_out_of_the_portal(client, person, target):
    response = client.post(f"{LOGIN}?next={target}", {"username": "zhangwei", "password": PASSWORD})

    assert response.headers["Location"] == "/"


@pytest.fixture
def axes(settings):
    settings.AXES_ENABLED = True


def test_wrong_passwords_from_one_place_pause_only_that_place(client, person, axes):
    for _ in range(5):
        sign_in(client, "zhangwei", "wrong", REMOTE_ADDR="10.0.0.66")

    paused = sign_in(client, "zhangwei", REMOTE_ADDR="10.0.0.66")
    at_home = sign_in(client, "zhangwei", REMOTE_ADDR="10.0.0.1")

    assertContains(paused, "已暂停登录", status_code=429)
    assertRedirects(at_home, "/", fetch_redirect_response=False)


def test_the_pause_ends_by_itself(client, person, axes, time_machine):
    time_machine.move_to("2026-09-28 10:00 +0800")
    for _ in range(6):
        sign_in(client, "zhangwei", "wrong")
    time_machine.move_to("2026-09-28 10:11 +0800")

    assertRedirects(sign_in(client, "zhangwei"), "/", fetch_redirect_response=False)


def test_an_account_closed_meanwhile_is_out_with_the_next_request(client, person):
    sign_in(client, "zhangwei")
    person.is_active = False
    person.save()

    response = client.get(reverse("branches:me"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(LOGIN)


def test_signing_out_takes_a_post(client, person):
    sign_in(client, "zhangwei")

    assert client.get("/logout").status_code == 405
    client.post("/logout")
    assert client.get(reverse("branches:me")).status_code == 302


def test_demo_accounts_are_listed_only_where_demo_is_allowed(client, db, settings):
    PersonFactory(username="secretary.guanyun-weather")
    CampaignFactory(slug="guanyun-weather")

    settings.DEMO_ALLOWED = True
    assertContains(client.get(LOGIN), "secretary.guanyun-weather")
    settings.DEMO_ALLOWED = False
    assert b"secretary.guanyun-weather" not in client.get(LOGIN).content
