"""Walks the policy table of tests/policy.py (reliability T1, T3). Run with -s to see the cells."""

import re
from collections import Counter
from copy import copy
from inspect import signature

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from branches.models import Person
from tests.dump import changed_tables, dump, junk_fields, kept_sequences
from tests.policies import ROWS
from tests.policy import POSITIONS, PRINCIPALS

RARE_METHODS = ("PUT", "PATCH", "DELETE")  # one of them in each sampled cell, in turn
SAMPLED = {"public", "member", "secretary", "committee", "stranger"}
WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
BOOKKEEPING = re.compile(r'"(django_session|axes_\w+)"')
MISSING_PK, MISSING_TEXT = 99_999_999, "ZZZZZZ"
MISSING_UUID = "00000000-0000-4000-8000-000000000000"
VARYING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
cells = Counter()


def url_names(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from url_names(pattern.url_patterns, prefix + inner)


def test_every_url_name_has_exactly_one_row():
    counted = Counter(row.name for row in ROWS)

    assert {name for name, times in counted.items() if times > 1} == set()
    assert set(url_names()) - set(counted) == set(), "add rows in tests/policies/<app>.py"
    assert set(counted) - set(url_names()) == set(), "rows without a URL"


def missing_kwargs(kwargs):
    def made_up(value):
        if isinstance(value, int):
            return MISSING_PK
        return MISSING_UUID if re.fullmatch(r"[0-9a-f-]{36}", str(value)) else MISSING_TEXT

    return {key: made_up(value) for key, value in kwargs.items()}


def addresses(row, world):
    """Position -> URL, with one that names no object."""
    if row.objects is None:
        return {"own": reverse(row.name) + row.query}
    objects = row.objects(world)
    if not objects:
        return {"missing": reverse(row.name) + row.query}
    assert set(objects) <= set(POSITIONS)
    objects = {**objects, "missing": missing_kwargs(next(iter(objects.values())))}
    return {
        position: reverse(row.name, kwargs=kwargs) + row.query
        for position, kwargs in objects.items()
    }


def clients_of(world):
    """One signed-in client for each principal."""
    clients = {who: Client() for who in PRINCIPALS}
    for who, name in PRINCIPALS.items():
        if name:
            sign_in(clients[who], world, who)
    return clients


def sign_in(client, world, who):
    person = Person.objects.get(pk=world.people[PRINCIPALS[who]].pk)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def data_of(row, world, position):
    if row.data is None:
        return {}
    takes_position = len(signature(row.data).parameters) == 2
    return row.data(world, position) if takes_position else row.data(world)


class Writes:
    """Write statements other than sessions' own, as the database got them."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        if WRITE.match(sql) and not BOOKKEEPING.search(sql):
            self.statements.append(sql[:120])
        return execute(sql, params, many, context)


def ask(client, method, url, data):
    """One attempt that is undone afterwards; what it wrote is returned."""
    writes, cookies = Writes(), copy(client.cookies)
    with transaction.atomic(), connection.execute_wrapper(writes):
        response = client.post(url, data) if method == "POST" else client.generic(method, url)
        if hasattr(response, "streaming_content"):
            response.body = b"".join(response.streaming_content)
        else:
            response.body = response.content
        transaction.set_rollback(True)
    client.cookies = cookies  # a new session of the attempt is undone with it
    return response, writes.statements


def methods_to_try(row, who, position):
    """What the page is made for, by everybody; other methods, which must do nothing, by a few."""
    methods = row.methods.split()
    if who in SAMPLED:
        rare = RARE_METHODS[(len(row.name) + len(position)) % len(RARE_METHODS)]
        return [*methods, *({"GET", "POST", rare} - set(methods))]
    return methods


def walked(row, who, urls):
    """Every position on SQLite. On PostgreSQL what is open to the person, and for five people the rest as well.

    Who may do what is decided in Python and by the same queries on both: the whole table twice would be a third
    of the time that CI takes.
    """
    for position, url in urls.items():
        is_open = row.may(who, position, "GET") or row.may(who, position, "POST")
        named = who in row.forbidden.get(position, ())
        if connection.vendor != "postgresql" or who in SAMPLED or is_open or named:
            yield position, url


def expected(row, who, position, method):
    """Statuses that the table allows for a cell."""
    if who == "public" and not row.is_public:
        return {302}
    methods = row.methods.split()
    if method not in methods:
        return {405} | (expected(row, who, position, "GET") if "GET" in methods else {403, 404})
    if row.may(who, position, method):
        return {row.post_status} if method == "POST" else {302 if row.redirects else 200}
    visible = row.sees(who, position) or row.may(who, position, "GET")
    return {403 if visible else 404}


WALKED = [row for row in ROWS if not row.exempt]


@pytest.mark.parametrize("row", WALKED, ids=lambda row: row.name)
def test_row(row, world):
    if row.setup:
        row.setup(world)
    urls, clients = addresses(row, world), clients_of(world)
    before, wrong, allowed = dump(), [], 0
    for who, client in clients.items():
        not_found = {}
        for position, url in walked(row, who, urls):
            data = data_of(row, world, position) if position != "missing" else {}
            for method in methods_to_try(row, who, position):
                cell = f"{who} {method} {position} {url}"
                response, written = ask(client, method, url, data)
                cells[row.name] += 1
                if response.status_code not in expected(row, who, position, method):
                    wanted = expected(row, who, position, method)
                    wrong.append(f"{cell}: {response.status_code}, not {wanted}")
                wrong += [
                    f"{cell}: {fault}"
                    for fault in faults(row, who, position, method, response, written)
                ]
                allowed += response.status_code < 400
                if method == "GET" and response.status_code == 404:
                    not_found[position] = VARYING.sub(b"", response.body)
        if len(set(not_found.values())) > 1:
            wrong.append(f"{who}: 404 answers differ between {sorted(not_found)}")
    assert wrong == []
    assert changed_tables(before, dump()) == set()


def faults(row, who, position, method, response, written):
    """What else is wrong with an answer: a write that nobody was allowed, a missing marker."""
    may = row.may(who, position, method)
    if written and not (may and method in row.methods.split()):
        yield f"wrote {written[0]}"
    if may and method == "GET" and row.redirects:
        if not response.headers.get("Location", "").startswith(row.redirects):
            yield f"redirects to {response.headers.get('Location')}"
    elif may and method == "GET" and response.status_code == 200:
        yield from content_faults(row, response)


def content_faults(row, response):
    if not response.headers["Content-Type"].startswith(row.content_type):
        yield f"is {response.headers['Content-Type']}"
    if row.marker and row.marker.encode() not in response.body:
        yield f"lacks its marker {row.marker}"
    if row.marker is None and row.content_type == "text/html":
        yield "has no marker in the table"


def first_allowed(row, urls, method="POST"):
    for position in urls:
        for who in PRINCIPALS:
            if who != "public" and row.may(who, position, method):
                return who, position
    return None


POSTING = [row for row in WALKED if "POST" in row.methods.split()]


@pytest.mark.parametrize("row", POSTING, ids=lambda row: row.name)
def test_post_without_a_csrf_token_is_refused(row, world):
    if row.setup:
        row.setup(world)
    urls = addresses(row, world)
    who, position = first_allowed(row, urls)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, world, who)

    response = client.post(urls[position], data_of(row, world, position))

    assert response.status_code == 403


@pytest.mark.parametrize(
    "row", [row for row in POSTING if not row.skip_fuzz], ids=lambda row: row.name
)
def test_extra_form_fields_are_ignored(row, world, time_machine):
    """Every field name of every model is posted along; the rows written must be the same (A5)."""
    time_machine.move_to(timezone.now(), tick=False)  # both posts in the same moment
    if row.setup:
        row.setup(world)
    urls = addresses(row, world)
    who, position = first_allowed(row, urls)
    url, client = urls[position], Client()
    sign_in(client, world, who)
    own_fields = form_fields(client, url) if "GET" in row.methods.split() else set()
    data = data_of(row, world, position)
    extra = {key: value for key, value in junk_fields(world).items() if key not in own_fields}

    with kept_sequences():
        plain = after_post(client, url, data)
    junk = after_post(client, url, {**extra, **data})

    assert changed_tables(plain, junk) == set()


def form_fields(client, url):
    """Names that the page's own forms ask for."""
    context = client.get(url).context
    if context is None:
        return set()
    forms = [value for layer in context for value in getattr(layer, "dicts", [layer])]
    found = set()
    for layer in forms:
        for value in dict(layer).values() if hasattr(layer, "items") else []:
            if hasattr(value, "fields") and hasattr(value, "add_prefix"):
                found |= {value.add_prefix(name) for name in value.fields}
    return found


def after_post(client, url, data):
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = client.post(url, data)
        assert response.status_code < 400
        state = dump()
        transaction.set_rollback(True)
    client.cookies = cookies
    return state


def test_cells_walked(request):
    """Runs last: says how many cells the table has (T1 prints its N)."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    terminal.write_line(f"policy table: {len(ROWS)} rows, {sum(cells.values())} cells walked")
