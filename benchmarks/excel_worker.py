"""One piece of spreadsheet work in a process of its own; prints what it cost as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

COLUMNS = [f"列{n}" for n in range(12)]
ROWS = 100_000


def main():
    name, *arguments = sys.argv[1:]
    work = globals()[name](*arguments)
    started, cpu, begun = _megabytes("VmRSS"), _cpu(), time.perf_counter()
    counts = work() or {}
    cost = {
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - begun,
        "peak_mb": _megabytes("VmHWM"),
        "started_mb": started,
    }
    print(json.dumps(cost | counts))


def read_floor(path):
    """openpyxl in the mode the parser needs: merged areas and hidden rows exist in normal mode only."""
    import openpyxl  # noqa: PLC0415 (each worker loads what it needs and no more)

    def work():
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass

    return work


def import_people(path):
    """Dry run and apply, as `manage.py import_people FILE --apply`; taken back afterwards."""
    _set_up()
    from django.db import connection, transaction  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.excel_cases import BRANCHES, PEOPLE  # noqa: PLC0415
    from branches.actions.organisations import add_organisation  # noqa: PLC0415
    from branches.excel.importing import apply_roster, preview_roster  # noqa: PLC0415

    transaction.set_autocommit(False)
    at = timezone.now()
    for n in range(BRANCHES):
        name = f"导入第{n}党支部"
        add_organisation(parent=None, name=name, code=f"IMPORT-{n}", kind="branch", by=None, at=at)

    def work():
        with CaptureQueriesContext(connection) as queries:
            roster = preview_roster(path, scope=None, today=timezone.localdate(at))
            written = apply_roster(roster, scope=None, by=None, at=at)
        assert written.counts["added"] == PEOPLE, written.counts
        transaction.rollback()
        return {"sql": len(queries)}

    return work


def write_floor(folder):
    """openpyxl's write-only mode by itself."""
    import openpyxl  # noqa: PLC0415

    def work():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(COLUMNS)
        for row in _rows():
            sheet.append(row)
        book.save(Path(folder) / "floor.xlsx")

    return work


def export_rows(folder):
    from common.excel.writing import write_workbook  # noqa: PLC0415

    def work():
        with open(Path(folder) / "export.xlsx", "wb") as out:
            write_workbook(out, COLUMNS, _rows(), title="得分汇总")

    return work


def _rows():
    return ([f"第{n}行的第{k}列" if k % 3 else n * k for k in range(12)] for n in range(ROWS))


def _set_up():
    import django  # noqa: PLC0415

    django.setup()


def _cpu():
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _megabytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) // 1024


if __name__ == "__main__":
    main()
