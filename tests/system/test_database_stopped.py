"""E4, T5: PostgreSQL is stopped at once during a close and during votes; `python -m tests.system.stopped --stops 10`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]


@pytest.mark.system
@pytest.mark.timeout(300)
def test_a_database_stopped_during_a_close_and_votes_costs_nothing():
    aside = {"PORTAL_TEST_VAR", "PORTAL_VAR", "DATABASE_URL", "REDIS_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in aside}

    done = subprocess.run(
        [sys.executable, "-m", "tests.system.stopped"],
        cwd=BASE, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    print(told)  # noqa: T201
    assert told["closes"]["faults"] == told["votes"]["faults"] == []
    assert told["closes"]["stops"] == 4
    assert told["closes"]["inside"] >= 3
    assert done.returncode == 0
