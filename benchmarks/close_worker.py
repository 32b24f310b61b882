"""`python -m benchmarks.close_worker PERIOD`: close a period in a process that has made none of the data.

Says what it took: memory before and at its peak, CPU, wall time. Begins when a line comes in, so that whoever
measures others meanwhile knows when.
"""

import json
import sys
import time
from pathlib import Path


def main():
    import django  # noqa: PLC0415 (settings come from the environment)

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from campaigns.models import Period  # noqa: PLC0415
    from supervision.actions.closing import close_period  # noqa: PLC0415

    period = Period.objects.select_related("campaign", "scheme_version").get(pk=sys.argv[1])
    period.plan  # noqa: B018 (the scheme is read and kept by a worker long before)
    print("ready", flush=True)
    sys.stdin.readline()
    before, begun, used = megabytes("VmRSS"), time.perf_counter(), time.process_time()
    close_period(period, by=None, at=timezone.now())
    print(
        json.dumps(
            {
                "started_mb": before,
                "grew_mb": megabytes("VmHWM") - before,
                "python_cpu_s": round(time.process_time() - used, 2),
                "wall_s": round(time.perf_counter() - begun, 2),
            }
        )
    )


def megabytes(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) // 1024


if __name__ == "__main__":
    main()
