"""Four quarters of plan A with a thousand people, through the actions; every invariant must hold."""

import time

from django.utils import timezone

from campaign_portal.simulation.play import simulate

MEMBERS = 1_000


def run(members=MEMBERS):
    begun = time.process_time(), time.monotonic()
    _, digest, broken = simulate(
        "guanyun-weather", periods=4, seed=1, members=members, now=timezone.now()
    )
    assert not broken, broken
    cpu, wall = time.process_time() - begun[0], time.monotonic() - begun[1]
    return {
        "cpu_s": round(cpu, 1),
        "wall_s": round(wall, 1),
        "digest": digest,
        "invariants": "hold",
    }
