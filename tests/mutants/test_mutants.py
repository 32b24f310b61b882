"""Each promise has a mutant that breaks it; the named tests must go red on it (docs/promises.md).

One process for all of them (plugin.py): starting one for each would cost more than the tests.
`MUTANTS="no_quota key_kept" pytest tests/mutants` tries some only.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.table import MUTANTS, ONLY

BASE = Path(__file__).resolve().parents[2]
ASIDE = {
    "PORTAL_TEST_VAR", "PORTAL_VAR", "REDIS_URL", "DJANGO_SETTINGS_MODULE",
    "PORTAL_REQUIRE_ALL",  # a test that failed is not run a second time: it shall fail
}  # fmt: skip


def nodes():
    found = {node.split("[")[0] for name in MUTANTS for node in chosen(name)}
    return sorted(found)


def chosen(name):
    return MUTANTS[name].nodes if not ONLY or name in ONLY else ()


@pytest.mark.system
@pytest.mark.timeout(600)
def test_every_mutant_turns_its_tests_red(tmp_path):
    report = tmp_path / "report"
    environment = {name: value for name, value in os.environ.items() if name not in ASIDE}
    command = [sys.executable, "-m", "pytest", "-q", "--nomigrations", "--tb=line"]
    command += ["-p", "tests.mutants.plugin", *nodes()]

    done = subprocess.run(
        command,
        cwd=BASE,
        env={**environment, "MUTANT_REPORT": str(report)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert report.exists(), done.stdout[-3000:] + done.stderr[-2000:]
    told = json.loads(report.read_text(encoding="utf-8"))
    for key, seconds in sorted(told["took"].items(), key=lambda pair: -pair[1]):
        print(f"{seconds:6.1f} s  {told['found'][key]}  {key}")  # noqa: T201
    tried = {f"{name} → {node}" for name in MUTANTS for node in chosen(name)}
    assert set(told["found"]) == tried, done.stdout[-3000:]
    assert [key for key, came in told["found"].items() if came == "green"] == []
