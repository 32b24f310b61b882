import pytest
from django.db import DatabaseError, connection


def test_healthz_is_green_when_database_and_broker_answer(client, db):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"ok": True, "database": "ok", "broker": "ok"}


def test_healthz_names_the_broker_that_does_not_answer(client, db, settings):
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {
        "ok": False,
        "database": "ok",
        "broker": "消息队列没有应答（ConnectionError）",
    }


def test_healthz_says_when_no_broker_is_set(client, db, settings):
    settings.REDIS_URL = ""

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["broker"] == "没有设置 REDIS_URL，后台任务不会执行"


def test_healthz_names_the_database_that_does_not_answer(client, db, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DatabaseError("secret detail")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "数据库没有应答（DatabaseError）"


def test_metrics_do_not_exist_without_the_token(client, db, settings):
    settings.METRICS_TOKEN = "token"

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404


def test_metrics_answer_the_token(client, db, settings):
    settings.METRICS_TOKEN = "token"

    response = client.get("/metrics", headers={"Authorization": "Bearer token"})

    assert response.status_code == 200
    assert 'portal_part_up{part="database"} 1.0' in response.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_healthz_is_read_only(client, db, method):
    assert getattr(client, method)("/healthz").status_code == 405


def test_headers_are_on_every_answer(client, db):
    response = client.get("/healthz")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
