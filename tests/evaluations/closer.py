"""A process that closes rounds and dies: reads "<round id> <milliseconds>" a line, forks, kills the fork.

Run by test_round_kill.py. Answers one line each: how the fork ended.
"""

import os
import signal
import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402

from evaluations.actions.close import close_round  # noqa: E402
from evaluations.models import Round  # noqa: E402


def close(round_id):
    close_round(Round.objects.get(pk=round_id), by=None, at=timezone.now())


def close_and_be_killed(round_id, after):
    child = os.fork()
    if child == 0:
        close(round_id)
        os._exit(0)
    time.sleep(after / 1000)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "finished"


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        number, after = line.split()
        print(close_and_be_killed(int(number), float(after)), flush=True)  # noqa: T201
