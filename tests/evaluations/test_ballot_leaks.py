"""No word of a ballot anywhere but in its box (T15): logs, Redis, mail, sessions, audit, files, pages of the database."""

import logging
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from branches.models import Person
from evaluations.actions import ballots, close
from evaluations.actions.close import close_round
from evaluations.queries.peer import paper_for
from tests.attacker.snapshots import raw_pages, rows_of, table_names
from tests.dump import read_apart
from tests.evaluations.ballots import opened, past_deadline, posted, vote, voters
from tests.evaluations.web import running, session_of
from tests.world import build_world

CANARY = "canary-7f3a9c-留言"
TRACES = [
    CANARY.encode(),
    CANARY.encode("unicode_escape"),
    CANARY.encode("utf-16-le"),
    b"canary-7f3a9c",
]


@pytest.fixture
def world(transactional_db):
    return build_world()


def filled(round, person):
    paper = paper_for(person, round.pk)
    comments = {f"c{position}": CANARY for position in paper.positions}
    return reverse("evaluations:peer_ballot", args=[round.pk]), posted(paper) | comments


def places(broker, *, tables=True):
    """(what, bytes) of everything that outlives a request."""
    for key in broker.scan_iter("*"):
        yield f"redis {key}", key + (broker.dump(key) or b"")
    for path in Path(settings.TEST_VAR).rglob("*"):
        if path.is_file():
            yield f"file {path}", read_apart(path)
    yield "mail", repr([message.message().as_bytes() for message in mail.outbox]).encode()
    if tables:
        yield "pages of the database", raw_pages()
        for name in table_names():
            yield f"table {name}", repr(rows_of(name)).encode()


def traces(found):
    return [what for what, content in found if any(trace in content for trace in TRACES)]


def test_the_search_would_find_it(world, broker):
    Person.objects.filter(pk=world.member.pk).update(motto=CANARY)
    broker.set("probe", CANARY)

    found = traces(places(broker))

    assert {"table branches_person", "redis b'probe'"} <= set(found)


def test_a_vote_leaves_no_word_anywhere(world, broker):
    """B7, B8: not in the cache, in no job, session, message or trail."""
    round = opened(world)
    broker.flushdb()
    client = Client()
    client.force_login(world.member, backend="django.contrib.auth.backends.ModelBackend")
    path, data = filled(round, world.member)

    assert client.post(path, data).status_code == 302
    assert "已提交" in client.get(path).content.decode()
    assert traces(places(broker)) == []


@pytest.mark.system
def test_vote_through_a_real_process_leaves_no_word(world, broker, child_environment):
    round = opened(world)
    broker.flushdb()
    path, data = filled(round, world.member)

    with running(child_environment, workers=1) as web:
        accepted = web.post(path, data, session=session_of(world.member))
        refused = web.post(path, data | {"p99-duty": CANARY}, session=session_of(world.member2))

    assert (accepted[0], refused[0]) == (302, 400)
    assert traces(places(broker)) == []
    assert web.log.exists()


def test_failure_in_the_middle_of_a_vote_leaves_no_word(world, broker, monkeypatch, caplog, capfd):
    """B6: an error report carries neither body nor parameters nor variables."""
    round = opened(world)

    def fails(*args, **kwargs):
        raise RuntimeError("test hook")

    monkeypatch.setattr(ballots, "_store", fails)
    client = Client(raise_request_exception=False)
    client.force_login(world.member, backend="django.contrib.auth.backends.ModelBackend")
    path, data = filled(round, world.member)

    with caplog.at_level(logging.DEBUG):
        response = client.post(path, data)

    out, err = capfd.readouterr()
    assert response.status_code == 500
    assert traces([*places(broker), ("answer", response.content)]) == []
    assert (
        traces([("log", caplog.text.encode()), ("stdout", out.encode()), ("stderr", err.encode())])
        == []
    )


def test_debug_report_hides_every_field_and_variable(world, monkeypatch):
    """What a mail to the administrators would hold."""
    round = opened(world)
    path, data = filled(round, world.member)
    seen = {}

    def fails(*args, **kwargs):
        raise RuntimeError("test hook")

    monkeypatch.setattr(ballots, "_store", fails)
    client = Client()
    client.force_login(world.member, backend="django.contrib.auth.backends.ModelBackend")

    def report(sender, request, **kwargs):
        seen["html"] = ExceptionReporter(request, *sys.exc_info()).get_traceback_html()

    got_request_exception.connect(report)
    try:
        with pytest.raises(RuntimeError):
            client.post(path, data)
    finally:
        got_request_exception.disconnect(report)

    assert "RuntimeError" in seen["html"]
    assert "canary-7f3a9c" not in seen["html"]


def test_failure_in_the_middle_of_a_count_leaves_no_word(world, broker, monkeypatch, caplog):
    round = opened(world)
    for person in voters(round):
        vote(round, person, comment=CANARY)
    past_deadline(round)

    def fails(*args, **kwargs):
        raise RuntimeError("test hook")

    monkeypatch.setattr(close, "_write_results", fails)
    with caplog.at_level(logging.DEBUG), pytest.raises(RuntimeError):
        close_round(round, by=None, at=round.closes_at)

    assert traces([*places(broker), ("log", caplog.text.encode())]) == []


def test_ballots_have_no_history_no_admin_and_no_time():
    names = {model.__name__ for model in apps.get_models()}
    ballot = apps.get_model("evaluations.Ballot")

    assert not any("Ballot" in name and name != "Ballot" for name in names)
    assert [field.name for field in ballot._meta.fields] == ["id", "round", "box"]
    assert not apps.is_installed("django.contrib.admin")
