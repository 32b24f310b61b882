"""Reads settings from the environment, refuses bad values and says in Chinese which and why."""

import os
import secrets
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Environment:
    """The process environment, plus the list of what was wrong or missing in it.

    Everything wrong is told at once (`refuse_problems`), so that nobody has to start ten times.
    """

    def __init__(self, values=os.environ):
        self.values = values
        self.problems = []

    def text(self, name, default="", *, required=False):
        value = self.values.get(name, "").strip()
        if not value and required:
            self.problems.append(f"缺少 {name}")
        return value or default

    def flag(self, name, default=False):
        value = self.text(name).lower()
        if value in {"", "0", "1", "true", "false", "yes", "no"}:
            return value in {"1", "true", "yes"} if value else default
        self.problems.append(f"{name} 应为 1 或 0，现在是“{value}”")
        return default

    def number(self, name, default, *, least=0, most=10**6):
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.problems.append(f"{name} 应为 {least}～{most} 的整数，现在是“{value}”")
        return default

    def choice(self, name, allowed):
        value = self.text(name, allowed[0])
        if value not in allowed:
            self.problems.append(f"{name} 应为 {'、'.join(allowed)} 之一，现在是“{value}”")
            return allowed[0]
        return value

    def listing(self, name, default=(), *, required=False):
        value = self.text(name, required=required)
        return [part.strip() for part in value.split(",") if part.strip()] or list(default)

    def url(self, name, default="", *, schemes, required=False):
        value = self.text(name, default, required=required)
        if value and urlsplit(value).scheme not in schemes:
            # The value itself may hold a password and is not repeated.
            self.problems.append(f"{name} 应以 {'、'.join(f'{s}://' for s in schemes)} 开头")
            return default
        return value

    def secret(self, name, *, folder, required):
        """A key of at least 50 characters; locally made once and kept beside the data."""
        value = self.text(name, required=required)
        if value and len(value) < 50:
            self.problems.append(f"{name} 太短：至少 50 个字符")
        if value or required:
            return value
        return kept_secret(folder / name.lower())

    def refuse_problems(self):
        if self.problems:
            lines = "\n".join(f"  · {problem}" for problem in self.problems)
            raise ImproperlyConfigured(
                f"门户的设置有问题，未启动：\n{lines}\n说明见 .env.example。"
            )


def bells(environment):
    """(seconds between two sweeps, seconds between two looks of each worker). Celery reads them before the settings."""
    return (
        environment.number("SWEEP_SECONDS", 60, least=1, most=60),
        environment.number("OWN_BELL_SECONDS", 20, least=1, most=30),
    )


def private_folder(path):
    """A folder that only this account may enter."""
    path = Path(path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def kept_secret(path):
    """Read the secret in `path`; the first start makes it. Two starts at once agree on one."""
    private_folder(path.parent)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        for _attempt in range(50):  # the other start may be between making and writing it
            if value := path.read_text().strip():
                return value
            time.sleep(0.02)
        raise ImproperlyConfigured(f"密钥文件是空的：{path}，请删除后重新启动。") from None
    value = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
    return value


def broker_url(redis_url):
    """Celery's spelling of a redis-py address: it names sockets in another way."""
    if not redis_url:
        return "memory://"
    if redis_url.startswith("unix://"):
        parts = urlsplit(redis_url)
        database = dict(parse_qsl(parts.query)).get("db", "0")
        return f"redis+socket://{parts.path}?virtual_host={database}"
    return redis_url


def mail_settings(url):
    """Django's mail settings from smtp://user:password@host:port or smtps://…; empty: to files."""
    if not url:
        return {}
    parts = urlsplit(url)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def kept_text(path):
    """The stripped content of a small file, or nothing."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""
