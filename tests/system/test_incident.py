"""A page that breaks names a number that stands in the log; what was typed stands in neither."""

import json
import logging
import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from campaign_portal import views
from campaign_portal.logs import JsonFormatter
from supervision.views import today


@pytest.fixture
def broken(monkeypatch):
    def breaks(*_args, **_kwargs):
        raise ValueError("canary-of-what-was-typed")

    monkeypatch.setattr(today, "today_of", breaks)


def test_the_number_on_the_page_is_in_the_log(world, as_person, broken, caplog):
    client = as_person(world.member)
    client.raise_request_exception = False

    response = client.get(reverse("supervision:today"))

    page = response.content.decode()
    number = re.search(r"[0-9A-F]{4}-[0-9]{8}", page).group()
    record = next(one for one in caplog.records if one.name == "campaign_portal.views")
    line = json.loads(JsonFormatter().format(record))
    assert response.status_code == 500
    assert record.levelno == logging.ERROR
    assert line["message"] == f"incident {number}"
    assert line["error"] == "ValueError"
    assert any("today.py" in frame for frame in line["frames"])
    assert "canary" not in page
    assert "canary" not in json.dumps(line)


@pytest.mark.parametrize(("state", "status"), [("数据库没有应答", 503), ("ok", 500)])
def test_a_database_that_is_away_is_said_to_be_away(
    world, as_person, monkeypatch, caplog, state, status
):
    """E4: the stop of a database is no fault of the portal; an error of a database that answers is one."""

    def breaks(*_args, **_kwargs):
        raise OperationalError("server closed the connection")

    client = as_person(world.member)
    client.raise_request_exception = False
    monkeypatch.setattr(today, "today_of", breaks)
    monkeypatch.setattr(views, "database_state", lambda: state)

    response = client.get(reverse("supervision:today"))

    assert response.status_code == status
    assert response.headers.get("Retry-After") == ("30" if status == 503 else None)
    assert any(one.name == "campaign_portal.views" for one in caplog.records)


def test_two_incidents_have_two_numbers(world, as_person, broken):
    client = as_person(world.member)
    client.raise_request_exception = False

    pages = [client.get("/").content.decode() for _ in range(2)]

    numbers = {re.search(r"[0-9A-F]{4}-[0-9]{8}", page).group() for page in pages}
    assert len(numbers) == 2
