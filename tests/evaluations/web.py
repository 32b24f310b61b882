"""The portal as several real processes, and clients that all start at once."""

import http.client
import socket
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tools import servers

BASE = Path(__file__).resolve().parents[2]
SECRET = "a" * 32  # any CSRF cookie will do as long as the form says the same


@dataclass
class Web:
    process: object
    port: int
    log: Path

    def post(self, path, data, *, session):
        """(status, place it redirects to)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                "POST",
                path,
                urlencode({**data, "csrfmiddlewaretoken": SECRET}, doseq=True),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}",
                },
            )
            response = connection.getresponse()
            response.read()
            return response.status, response.headers.get("Location", "")
        finally:
            connection.close()


@contextmanager
def running(environment, *, workers=4):
    """gunicorn with `workers` processes on the test's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = settings.TEST_VAR / f"web-{port}.log"
    environment = {
        **environment,
        "PORT": str(port),
        "PORTAL_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": str(workers),
        "WEB_THREADS": "8",
    }
    module = "tests.mutants.wsgi" if "MUTANT" in environment else "campaign_portal.wsgi"
    command = [sys.executable, "-m", "gunicorn", module]
    with open(log, "wb") as output:
        process = servers.start(command, cwd=BASE, env=environment, stdout=output, stderr=output)
    try:
        servers.wait_until(
            lambda: answers(port), process=process, seconds=60, name="gunicorn", log=log
        )
        yield Web(process, port, log)
    finally:
        servers.stop(process)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status in {200, 503}
    except OSError:
        return False
    finally:
        connection.close()


def session_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def all_at_once(deeds):
    """Run functions in threads that start together; their answers, exceptions included."""
    barrier, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(at, deed):
        barrier.wait()
        try:
            answers[at] = deed()
        except Exception as error:
            answers[at] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
