"""What every test may ask for: a broker, a real worker process, a real browser."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tools import browser as browsers
from tools import servers

pytest_plugins = ["tests.world"]

BASE = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("PORTAL_REQUIRE_ALL") == "1"
# Machines are shared: a slow draw says nothing about the code. CI asks the same questions each time.
hypothesis_settings.register_profile(
    "shared",
    deadline=None,
    max_examples=60,
    derandomize=REQUIRE_ALL,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("shared")


# Other processes and a browser depend on what else the machine does at that moment.
REAL_PROCESSES = {"browser", "worker", "live_server", "child_environment"}


def pytest_collection_modifyitems(items):
    """In CI a test with real processes may fail once; the second run counts and the report says R."""
    for item in items:
        real = REAL_PROCESSES & set(getattr(item, "fixturenames", ()))
        if REQUIRE_ALL and (real or item.get_closest_marker("system")):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=2))


def pytest_unconfigure():
    shutil.rmtree(settings.TEST_VAR, ignore_errors=True)


def missing(reason):
    """Skips by hand; with PORTAL_REQUIRE_ALL=1 (make test in CI) a missing part is a failure."""
    if REQUIRE_ALL:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def broker():
    """A Valkey of this run's own, on a socket in the run's folder."""
    folder = settings.TEST_VAR
    process = servers.start_valkey(
        folder / "valkey.sock", folder, log=folder / "valkey.log", keep=False
    )
    yield redis.Redis.from_url(settings.REDIS_URL)
    servers.stop(process)


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another left in the cache."""
    cache.clear()


@pytest.fixture
def live_server_url(live_server):
    return live_server.url


def database_url(values):
    """The address of the *test* database, for child processes."""
    if values["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{values['NAME']}"
    host = quote(values["HOST"], safe="")
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{host}/{values['NAME']}"


@pytest.fixture
def child_environment(transactional_db):
    """Environment of a child process that works on this test's database and broker."""
    from django.db import connection  # noqa: PLC0415  (only now does it name the test database)

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(connection.settings_dict),
        "REDIS_URL": settings.REDIS_URL,
    }


@pytest.fixture
def worker(child_environment, broker):
    """A real Celery worker process on the test's database. Yields its Popen."""
    broker.flushdb()
    log = settings.TEST_VAR / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "campaign_portal", "worker"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    with open(log, "wb") as output:
        process = servers.start(
            command, cwd=BASE, env=child_environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(lambda: b" ready" in log.read_bytes(), seconds=30, what="worker", log=log)
        yield process
    finally:
        servers.stop(process, by=signal.SIGQUIT)


def wait_for(answers, *, seconds=60, what="condition", log=None):
    """Poll until `answers()` is true; for what happens in another process."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := answers():
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} not reached in {seconds} s\n{servers.tail(log) if log else ''}")


@pytest.fixture(name="wait_for")
def wait_for_fixture():
    return wait_for


@pytest.fixture(scope="session")
def browser():
    """A real headless Chromium."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  (slow to import)

    found = browsers.find()
    if found is None:
        missing("没有浏览器：执行 python -m tools.browser")
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**found.launch_options)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server):
    """Opens further pages, each with cookies of its own; fails when a page logged an error."""
    contexts, errors = [], []

    def open_page(*, width=1440, height=900, **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            **options,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: note_violation(line, errors))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def note_violation(line, errors):
    if line.type == "error" and "Content Security Policy" in line.text:
        errors.append(line.text)


@pytest.fixture
def page(new_page):
    """One wide page; `new_page(width=390, height=844)` for a phone."""
    return new_page()
