"""The settings file: local without any environment, and no defaults in production."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from campaign_portal.environment import Environment, broker_url, kept_secret, mail_settings
from tools.gates import production_environment

BASE = Path(__file__).resolve().parent.parent.parent
REQUIRED = [
    "SECRET_KEY",
    "FIELD_KEY",
    "PORTAL_URL",
    "PORTAL_HOSTS",
    "DATABASE_URL",
    "REDIS_URL",
    "ROUND_KEYS_DIR",
    "EMAIL_URL",
    "MAIL_FROM",
]


def manage(*arguments, folder, **environment):
    """manage.py as an administrator runs it, with nothing of the test run's environment."""
    return python("manage.py", *arguments, folder=folder, **environment)


def python(*arguments, folder, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE,
        env={**kept, "PORTAL_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
    )


def production(folder, **changes):
    values = {**production_environment(), "PORTAL_VAR": str(folder), **changes}
    values["ROUND_KEYS_DIR"] = changes.get("ROUND_KEYS_DIR", str(folder / "round_keys"))
    return {name: value for name, value in values.items() if value is not None}


def in_production(*arguments, folder, run=manage, **changes):
    values = production(folder, **changes)
    values.pop("PORTAL_VAR")
    return run(*arguments, folder=folder, **values)


def test_nothing_set_is_local(tmp_path):
    done = manage("check", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "keys" / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "round_keys").stat().st_mode) == 0o700


def test_production_names_everything_that_is_missing(tmp_path):
    done = manage("check", folder=tmp_path, PORTAL_ENV="production")

    assert done.returncode != 0
    assert [name for name in REQUIRED if f"缺少 {name}" not in done.stderr] == []
    assert not (tmp_path / "keys").exists()


def test_complete_production_passes_the_deploy_check(tmp_path):
    done = in_production("check", "--deploy", "--fail-level", "WARNING", folder=tmp_path)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY 太短"),
        ("FIELD_KEY", "short", "FIELD_KEY 太短"),
        ("PORTAL_HOSTS", "*", "PORTAL_HOSTS 应写真实域名"),
        ("PORTAL_HOSTS", "localhost", "PORTAL_HOSTS 应写真实域名"),
        ("PORTAL_URL", "http://portal.example.org", "PORTAL_URL 应以 https://"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3", "DATABASE_URL 应以 postgres://"),
        ("REDIS_URL", "memory://", "REDIS_URL 应以 redis://"),
        ("EMAIL_URL", "console://", "EMAIL_URL 应以 smtp://"),
        ("PORTAL_DEBUG", "1", "正式运行不得设 PORTAL_DEBUG"),
        ("PORTAL_DEBUG", "maybe", "PORTAL_DEBUG 应为 1 或 0"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES 应为 0～5 的整数"),
        ("SESSION_IDLE_MINUTES", "600", "SESSION_IDLE_MINUTES 应为 5～120 的整数"),
    ],
)
def test_production_refuses(tmp_path, name, value, told):
    load = ["-c", "import campaign_portal.settings"]

    done = in_production(*load, folder=tmp_path, run=python, **{name: value})

    assert done.returncode != 0
    assert told in done.stderr


def test_an_unknown_mode_is_refused(tmp_path):
    done = manage("check", folder=tmp_path, PORTAL_ENV="staging")

    assert done.returncode != 0
    assert "PORTAL_ENV 应为 local、production 之一" in done.stderr


def test_a_refused_address_is_not_repeated(tmp_path):
    done = manage("check", folder=tmp_path, DATABASE_URL="mysql://portal:canary@db/portal")

    assert done.returncode != 0
    assert "canary" not in done.stderr


def test_round_keys_are_closed_to_others_at_start(tmp_path):
    folder = tmp_path / "round_keys"
    folder.mkdir(mode=0o755)

    assert manage("check", folder=tmp_path).returncode == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_cookies_in_production_are_bound_to_host_and_https(tmp_path):
    script = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.DEMO_ALLOWED, s.DEBUG)"
    )

    done = in_production("shell", "--no-imports", "-c", script, folder=tmp_path)

    assert done.stdout.split() == [
        "__Host-session",
        "__Host-csrf",
        "True",
        "True",
        "False",
        "False",
    ]


def test_a_kept_secret_stays_the_same(tmp_path):
    first = kept_secret(tmp_path / "keys" / "a")

    assert kept_secret(tmp_path / "keys" / "a") == first
    assert kept_secret(tmp_path / "keys" / "b") != first


def test_the_environment_collects_all_problems():
    env = Environment({"A": "x", "B": "maybe"})

    env.number("A", 1)
    env.flag("B")
    env.text("C", required=True)

    assert env.problems == [
        "A 应为 0～1000000 的整数，现在是“x”",
        "B 应为 1 或 0，现在是“maybe”",
        "缺少 C",
    ]


@pytest.mark.parametrize(
    ("redis_url", "expected"),
    [
        ("", "memory://"),
        ("redis://:p@host:6379/1", "redis://:p@host:6379/1"),
        ("unix:///run/v.sock?db=3", "redis+socket:///run/v.sock?virtual_host=3"),
        ("unix:///run/v.sock", "redis+socket:///run/v.sock?virtual_host=0"),
    ],
)
def test_celery_spells_the_broker_its_own_way(redis_url, expected):
    assert broker_url(redis_url) == expected


def test_mail_settings_come_from_one_address():
    assert mail_settings("smtp+tls://u%40x:p@mail.example.org:587") == {
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "u@x",
        "EMAIL_HOST_PASSWORD": "p",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }
