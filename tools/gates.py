"""`make check`: every static gate, all of them even when one fails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]


def gates():
    templates = [str(path) for path in sorted((BASE / "templates").rglob("*.html"))]
    return [
        ("格式", [BIN / "ruff", "format", "--check", "--quiet", "."], {}),
        ("代码检查", [BIN / "ruff", "check", "--quiet", "."], {}),
        ("分层", [BIN / "lint-imports", "--no-cache"], {}),
        ("类型（scoring）", [BIN / "mypy"], {}),
        ("迁移齐全", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        (
            "正式运行的设置",
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            production_environment(),
        ),
        ("模板格式", [BIN / "djangofmt", "--check", *templates], {}),
        ("模板检查", [BIN / "djangofmt", "check", *templates], {}),
    ]


def production_environment():
    """A complete production environment, as .env.example asks for it."""
    folder = tempfile.gettempdir()
    return {
        "PORTAL_ENV": "production",
        "SECRET_KEY": "check-only-" + "k3y" * 20,
        "FIELD_KEY": "check-only-" + "f1e" * 20,
        "PORTAL_HOSTS": "portal.example.org",
        "PORTAL_URL": "https://portal.example.org",
        "DATABASE_URL": "postgres://portal@localhost/portal",
        "REDIS_URL": "redis://localhost:6379/0",
        "ROUND_KEYS_DIR": os.path.join(folder, f"portal-check-{os.getuid()}", "round_keys"),
        "PORTAL_VAR": os.path.join(folder, f"portal-check-{os.getuid()}"),
        "EMAIL_URL": "smtp+tls://mail.example.org:587",
        "MAIL_FROM": "portal@example.org",
        "TRUSTED_PROXIES": "1",
    }


def main():
    failed = []
    for name, command, environment in gates():
        begun = time.monotonic()
        done = subprocess.run(
            command, cwd=BASE, env={**os.environ, **environment}, capture_output=True, text=True
        )
        verdict = "不通过" if done.returncode else "通过"
        print(f"{name}：{verdict}（{time.monotonic() - begun:.1f} 秒）", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip()[-4000:], flush=True)
    if failed:
        print(f"未通过：{'、'.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
