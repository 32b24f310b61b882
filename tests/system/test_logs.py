import json
import logging
import sys

from campaign_portal.logs import JsonFormatter

CANARY = "谁也不许看见的话"


def formatted(record, **options):
    return json.loads(JsonFormatter(**options).format(record))


def raised():
    try:
        raise ValueError(CANARY)
    except ValueError:
        return sys.exc_info()


def test_an_exceptions_text_never_reaches_the_log():
    record = logging.LogRecord("app", logging.ERROR, "f", 1, "failed", None, raised())

    line = formatted(record)

    assert CANARY not in json.dumps(line, ensure_ascii=False)
    assert line["error"] == "ValueError"
    assert line["frames"][0].endswith("raised")


def test_a_failed_tasks_arguments_never_reach_the_log():
    record = logging.LogRecord(
        "celery.app.trace", logging.ERROR, "f", 1, "Task raised: %s", (CANARY,), raised()
    )
    record.data = {"name": "common.run_job", "id": "1", "args": CANARY}

    line = formatted(record)

    assert line["message"] == "task failed: common.run_job 1"
    assert CANARY not in json.dumps(line, ensure_ascii=False)


def test_a_request_is_named_by_its_route(rf):
    request = rf.get("/t/secret-ticket?canary=1")
    record = logging.LogRecord(
        "django.request", logging.WARNING, "f", 1, "%s: %s", ("Not Found", request.path), None
    )
    record.request = request

    line = formatted(record)

    assert line["request"] == "GET ?"
    assert line["message"] == "Not Found: ?"


def test_developers_see_everything():
    record = logging.LogRecord("app", logging.ERROR, "f", 1, "failed", None, raised())

    assert CANARY in formatted(record, with_messages=True)["message"]
