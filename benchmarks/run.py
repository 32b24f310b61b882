"""`make bench`: floors and product measured in turn in one run, as ratios (see benchmarks/README.md).

Arguments: sizes of the close and dashboard, e.g. `python3 dev.py bench 1000 10000`; names of cases measure these
alone and leave the other figures as they are, e.g. `python3 dev.py bench 1000 "public rating" today`.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
SIZES = (1_000, 10_000)


def main():
    from tools import servers  # noqa: PLC0415 (settings are read below)

    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    only = [word for word in sys.argv[1:] if not word.isdigit()]
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        with servers.postgres() as postgres:
            results = _measure(sizes, only, folder, postgres)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    target = BASE / "benchmarks" / "results.json"
    if only:
        results = _merged(json.loads(target.read_text()), results)
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    print(f"\n{target.relative_to(BASE)}")


def _merged(before, results):
    """The cases that were measured now, each with its day, among those of earlier runs."""
    for name, figures in results["cases"].items():
        before["cases"][name] = figures | {"at": results["at"]}
    return before


def _measure(sizes, only, folder, postgres):
    from tools import servers  # noqa: PLC0415

    os.environ.update(
        DJANGO_SETTINGS_MODULE="benchmarks.settings",
        DATABASE_URL=postgres.url,
        PORTAL_VAR=str(folder),
        REDIS_URL=f"unix://{folder}/valkey.sock?db=0",
    )
    broker = servers.start_valkey(
        folder / "valkey.sock", folder, log=folder / "valkey.log", keep=False
    )
    try:
        import django  # noqa: PLC0415

        django.setup()
        from benchmarks import cases  # noqa: PLC0415

        return cases.run(sizes, postgres.process.pid, only)
    finally:
        servers.stop(broker)


if __name__ == "__main__":
    main()
