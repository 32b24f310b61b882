"""`make run`: broker, web, worker and beat on this machine, until Ctrl-C.

The order is: refuse what cannot work → broker → tables and demo data → web, worker, beat → wait
until /healthz is green → say where it is. Children die with this process, even by kill -9.
"""

import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools import servers

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR", BASE / "var"))
RUN, LOGS = VAR / "run", VAR / "log"
CELERY = [sys.executable, "-m", "celery", "-A", "campaign_portal"]
NAMES = {"broker": "消息队列", "web": "网站", "worker": "后台任务", "beat": "定时器"}
ROLES = {
    "member": "党员",
    "member2": "党员（另一位）",
    "secretary": "支部书记",
    "leader": "领导",
    "committee": "党委（办）",
    "inspector": "督查组",
}
LOG_LIMIT = 10 * 1024 * 1024


class Refused(Exception):
    """The portal cannot start; the text says why and what to do."""


def main():
    # Set even where a shell starts us in the background, with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))
    try:
        port = wanted_port()
        lock = only_one()
        run(port)
        lock.close()
    except (Refused, servers.Unavailable) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def wanted_port():
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refused(f"PORT 应为 1～65535 的整数，现在是“{text}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise Refused(
                f"没有权限使用端口 {text}，请换一个 1024 以上的：PORT=8001 make run"
            ) from None
        except OSError:
            raise Refused(
                f"端口 {text} 已被占用，门户没有启动。"
                f"请先关闭占用它的程序，或换一个端口：PORT={int(text) % 65535 + 1} make run"
            ) from None
    return int(text)


def only_one():
    """Two portals on one database folder would fight over the broker."""
    RUN.mkdir(mode=0o700, parents=True, exist_ok=True)
    VAR.chmod(0o700)
    lock = open(RUN / "up.lock", "w")  # noqa: SIM115  (held as long as the portal runs)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refused("这个目录里的门户已经在运行，请先停止它（Ctrl-C）。") from None
    return lock


def run(port):
    LOGS.mkdir(mode=0o700, exist_ok=True)
    house = Household(port)
    try:
        begun = time.monotonic()
        print("正在准备门户：", flush=True)
        house.open_up()
        print(welcome(port, time.monotonic() - begun), flush=True)
        house.keep_running()
    finally:
        print("\n正在停止……", flush=True)
        house.close_down()
        print("已全部停止，数据保留在", VAR, flush=True)


class Household:
    """The child processes, restarted when one falls over."""

    def __init__(self, port):
        self.port = port
        self.children = {}
        self.socket = servers.short_socket_folder(RUN) / "valkey.sock"
        self.environment = {
            **os.environ,
            "PORT": str(port),
            "PORTAL_VAR": str(VAR),
            "REDIS_URL": f"unix://{self.socket}?db=0",
            "PYTHONUNBUFFERED": "1",
            # Checked once, by tools.prepare; checking again would load every view into each.
            "CELERY_SKIP_CHECKS": "1",
        }

    def open_up(self):
        self.start_broker()
        (RUN / "redis.url").write_text(self.environment["REDIS_URL"])
        self.prepare()
        for name in ("web", "worker", "beat"):
            self.start(name)
        self.wait_until_healthy()

    def start_broker(self):
        data = VAR / "redis"
        data.mkdir(mode=0o700, exist_ok=True)
        log = fresh_log("broker")
        self.children["broker"] = servers.start_valkey(self.socket, data, log=log, keep=True)

    def prepare(self):
        command = [sys.executable, "-m", "tools.prepare"]
        self.children["prepare"] = process = servers.start(command, cwd=BASE, env=self.environment)
        if process.wait():
            raise Refused("准备没有完成，原因见上。改正后再次执行即可，已完成的部分会保留。")
        del self.children["prepare"]

    def commands(self, name):
        """Arguments, and the signal when this process died: a cut-off task is done again later."""
        return {
            "web": ([sys.executable, "-m", "gunicorn", "campaign_portal.wsgi"], signal.SIGTERM),
            "worker": (
                [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
                signal.SIGKILL,
            ),
            "beat": ([*CELERY, "beat", "--pidfile="], signal.SIGKILL),
        }[name]

    def start(self, name):
        command, dies_by = self.commands(name)
        with open(fresh_log(name), "ab") as log:
            self.children[name] = servers.start(
                command, dies_by=dies_by, cwd=BASE, env=self.environment, stdout=log, stderr=log
            )

    def wait_until_healthy(self):
        print("  启动网站……", end="", flush=True)
        deadline = time.monotonic() + 60
        state = {}
        while time.monotonic() < deadline:
            state = health(self.port)
            if state.get("ok"):
                print(" 完成", flush=True)
                return
            self.refuse_if_one_fell()
            time.sleep(0.1)
        told = f"{json.dumps(state, ensure_ascii=False)}\n{servers.tail(LOGS / 'web.log')}"
        raise Refused(f"网站在 60 秒内没有就绪：{told}")

    def refuse_if_one_fell(self):
        for name, process in self.children.items():
            if process.poll() is not None:
                told = servers.tail(LOGS / f"{name}.log")
                raise Refused(f"{NAMES[name]}没有启动（{process.returncode}）：\n{told}")

    def keep_running(self):
        while True:
            time.sleep(1)
            for name, process in list(self.children.items()):
                if process.poll() is not None:
                    print(
                        f"{NAMES[name]}意外停止（{process.returncode}），正在重新启动……", flush=True
                    )
                    self.restart(name)

    def restart(self, name):
        servers.stop(self.children[name])
        time.sleep(1)
        if name == "broker":
            self.start_broker()
        else:
            self.start(name)

    def close_down(self):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave any behind
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        broker = self.children.pop("broker", None)
        for process in self.children.values():  # all at once, they need no one but the broker
            process.terminate()
        for process in self.children.values():
            servers.stop(process)
        if broker:
            servers.stop(broker)
        (RUN / "redis.url").unlink(missing_ok=True)


def fresh_log(name):
    path = LOGS / f"{name}.log"
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return path


def health(port):
    address = f"http://127.0.0.1:{port}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as answer:
        text = answer.read().decode(errors="replace")
        return json.loads(text) if text.startswith("{") else {"http": answer.code}
    except (OSError, ValueError):
        return {}


def welcome(port, seconds):
    slugs = sorted(path.stem for path in (BASE / "campaigns" / "schemes").glob("*.yaml"))
    lines = [f"\n门户已启动（{seconds:.1f} 秒）：http://127.0.0.1:{port}/\n"]
    lines.append("演示账号（密码都是 Demo-2026）：")
    lines += [f"  {role + '.<活动>':<22}{label}" for role, label in ROLES.items()]
    lines.append(f"  活动：{'、'.join(slugs) or '（尚无）'}")
    lines.append(f"  例如：secretary.{slugs[0] if slugs else 'guanyun-weather'}")
    lines.append(f"\n日志在 {LOGS}；按 Ctrl-C 停止。")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
