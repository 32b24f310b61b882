import time

import pytest
from django.http import HttpResponse

from common.middleware import client_address, response_headers
from tests.factories.branches import PersonFactory


def address_seen(rf, settings, *, proxies, forwarded):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    client_address(lambda r: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "1.2.3.4", "10.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, seen):
    assert address_seen(rf, settings, proxies=proxies, forwarded=forwarded) == seen


def test_a_view_may_say_that_its_page_can_be_kept(rf):
    def view(_request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=2"})

    response = response_headers(view)(rf.get("/"))

    assert response.headers["Cache-Control"] == "public, max-age=2"


@pytest.fixture
def signed_in(client, db):
    client.force_login(PersonFactory())
    return client


def test_a_session_ends_some_hours_after_sign_in(signed_in, settings):
    signed_in.get("/")
    session = signed_in.session
    session["since"] = int(time.time()) - settings.SESSION_MOST_HOURS * 3600 - 1
    session.save()

    response = signed_in.get("/")

    assert response.status_code == 302
    assert response.url.startswith("/login")


def test_a_used_session_is_renewed_now_and_then(signed_in):
    first = signed_in.get("/")
    second = signed_in.get("/")

    assert "session" in first.cookies
    assert "session" not in second.cookies


@pytest.mark.parametrize(
    "address", ["/search?q=%00", "/duties?org=%00%27", "/w/%00NORTH2/", "/r/NORTH2/?a=b%00"]
)
def test_an_address_with_a_nul_is_a_bad_request_whatever_the_database(world, as_person, address):
    response = as_person(world.secretary).get(address)

    assert response.status_code == 400
    assert "default-src" in response.headers["Content-Security-Policy"]
