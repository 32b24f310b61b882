"""Refresh static/vendor from npm: `python tools/vendor.py` (needs npm and the network).

The files are committed, so nobody needs this to run the portal. `--check` only compares
the committed files with VENDOR.json.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
PACKAGES = [
    {
        "package": "bootstrap",
        "version": "5.3.9",
        "licence": "MIT",
        "folder": "bootstrap",
        "files": ["dist/css/bootstrap.min.css", "LICENSE"],
    },
    {
        "package": "echarts",
        "version": "6.1.0",
        "licence": "Apache-2.0",
        "folder": "echarts",
        "files": ["dist/echarts.min.js", "LICENSE", "NOTICE"],
    },
    {
        "package": "@fontsource-variable/noto-sans-sc",
        "version": "5.3.1",
        "licence": "OFL-1.1",
        "folder": "noto-sans-sc",
        "files": ["index.css", "files/*-wght-normal.woff2", "LICENSE"],
    },
]
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n]*")


def unpack(package, folder):
    """Download one package with npm and return the folder it was unpacked to."""
    spec = f"{package['package']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), spec]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    target = folder / package["folder"]
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    next(folder.glob("*.tgz")).unlink()
    return target / "package"


def copy(source, package):
    """Copy the wanted files; only fonts keep their subfolder, which their CSS names."""
    target = VENDOR / package["folder"]
    for pattern in package["files"]:
        for path in sorted(source.glob(pattern)):
            name = path.relative_to(source) if path.suffix == ".woff2" else Path(path.name)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            body = path.read_bytes()
            if path.suffix in {".css", ".js"}:
                body = SOURCE_MAP.sub(
                    b"", body
                )  # the map is not shipped; collectstatic asks for it
            (target / name).write_bytes(body)


def sums(package):
    folder = VENDOR / package["folder"]
    return {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest():
    keys = ("package", "version", "licence")
    return [{**{key: p[key] for key in keys}, "sha256": sums(p)} for p in PACKAGES]


def refresh():
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            copy(unpack(package, Path(folder)), package)
    text = json.dumps(manifest(), ensure_ascii=False, indent=1)
    (VENDOR / "VENDOR.json").write_text(text + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        stored = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
        sys.exit(0 if stored == manifest() else "static/vendor differs from VENDOR.json")
    refresh()


if __name__ == "__main__":
    main()
