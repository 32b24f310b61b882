#!/usr/bin/env python3
"""`python3 dev.py run|test|check|bench|burden`: makes .venv, installs what is pinned, starts the tool.

Only the standard library: this is what runs on a machine that has Python 3.11 and git.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
COMMANDS = {
    "run": ("requirements.txt", ["-m", "tools.up"]),
    "test": ("requirements-dev.txt", ["-m", "tools.check"]),
    "check": ("requirements-dev.txt", ["-m", "tools.gates"]),
    "bench": ("requirements-dev.txt", ["benchmarks/run.py"]),
    "burden": ("requirements-dev.txt", ["-m", "tools.burden"]),
}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"用法：python3 dev.py {'|'.join(COMMANDS)}")
    if sys.version_info < (3, 11):
        sys.exit(f"需要 Python 3.11 或更高版本，现在是 {sys.version.split()[0]}。")
    requirements, command = COMMANDS[sys.argv[1]]
    ensure_environment(BASE / requirements)
    os.chdir(BASE)
    os.execv(PYTHON, [str(PYTHON), *command, *sys.argv[2:]])


def ensure_environment(requirements):
    stamp = VENV / f".installed-{requirements.stem}"
    wanted = fingerprint()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    make_environment()
    install(requirements)
    stamp.write_text(wanted)


def fingerprint():
    """Changes with the pinned versions, the interpreter and the place of the checkout."""
    digest = hashlib.sha256(f"{sys.version}{VENV}".encode())
    for path in sorted(BASE.glob("requirements*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment():
    if PYTHON.exists() and works([PYTHON, "-m", "pip", "--version"]):
        return
    print("第一次运行：正在建立 Python 环境（.venv）……", flush=True)
    if not works([sys.executable, "-c", "import ensurepip, venv"]):
        add_venv_package()
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV])
    if done.returncode:
        sys.exit("没能建立 .venv：请确认本目录可写、磁盘有空间。")


def works(command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def add_venv_package():
    """Debian and Ubuntu ship Python without ensurepip."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("正在从系统软件源安装 python3-venv……", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=environment, stdout=subprocess.DEVNULL)
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        subprocess.run(
            ["apt-get", "install", "-qy", package], env=environment, stdout=subprocess.DEVNULL
        )
        if works([sys.executable, "-c", "import ensurepip"]):
            return
    sys.exit("缺少 python3-venv：请让管理员执行 apt-get install python3-venv 后再试。")


def install(requirements):
    """pip, with one moving line instead of hundreds."""
    print(f"正在安装依赖（{requirements.name}，首次约一分钟）……", flush=True)
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "-r", requirements]
    seen, lines = 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout:
            lines.append(line)
            if line.startswith(("Collecting", "Requirement already", "Installing collected")):
                seen += 1
                show(f"  {seen}：{line.split('(')[0].strip()[:60]}")
    show("")
    if pip.returncode:
        sys.exit("".join(lines[-15:]) + "\n依赖没有装好：请检查网络（PyPI 是否可达）后再次执行。")


def show(text):
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="", flush=True)
    elif text:
        print(text, flush=True)


if __name__ == "__main__":
    main()
