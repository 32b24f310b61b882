"""Reads a file as the portal does and prints what it cost: `python -m tests.excel.measure FILE`.

A process of its own, because a peak begins with the size of the process that started it.
"""

import json
import resource
import sys
import time
from pathlib import Path

from common.excel.reading import read_workbook
from common.excel.workbook import UnreadableWorkbook


def own_peak():
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


if __name__ == "__main__":
    started = time.monotonic()
    try:
        refusal = read_workbook(sys.argv[1]).kind and ""
    except UnreadableWorkbook as error:
        refusal = str(error)
    cost = {
        "refusal": refusal,
        "seconds": time.monotonic() - started,
        "child_megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "own_megabytes": own_peak() // 1024,
    }
    print(json.dumps(cost, ensure_ascii=False))  # noqa: T201
