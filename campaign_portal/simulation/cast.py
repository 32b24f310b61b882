"""The cast of the demonstration, enlarged by further branches of the same kind until there are enough people."""

from dataclasses import replace
from itertools import cycle

from campaign_portal.demo.casts import CASTS
from campaign_portal.demo.scene import UNTOUCHED

LEAST = 8  # fewer make no sealed round; they join the branch before


class CastRefused(Exception):
    """The text says which plans there are, or how many people are needed."""


def cast_of(slug, *, seed, members=None):
    """The people of a shipped plan under names of this simulation's own."""
    base = next((cast for cast in CASTS if cast.slug == slug), None)
    if base is None:
        names = "、".join(cast.slug for cast in CASTS)
        raise CastRefused(f"没有“{slug}”这个方案的模拟人员。可以模拟的有：{names}。")
    least = sum(len(branch.seats) for branch in base.branches) + len(base.outsiders)
    members = members or least
    if members < least:
        raise CastRefused(f"“{slug}”至少要 {least} 人：每个职务都要有人。")
    branches = [_without_visitors(branch) for branch in base.branches]
    _enlarge(branches, members - least)
    return replace(
        base,
        slug=f"sim-{slug}-{seed}",
        prefix=f"S{seed}{base.prefix}",
        root_name=f"{base.root_name}（模拟 {seed}）",
        branches=tuple(branches),
    )


def _without_visitors(branch):
    """Nobody signs in, so nobody's duties are left to him."""
    seats = tuple(
        replace(seat, account="") if seat.account in UNTOUCHED else seat for seat in branch.seats
    )
    return replace(branch, seats=seats)


def _enlarge(branches, left):
    """Copies of the branches in turn, without the offices that there is one of."""
    for number, model in enumerate(cycle(tuple(branches)), 2):
        if not left:
            return
        seats = tuple(replace(seat, account="", role="", role_title="") for seat in model.seats)
        seats = seats[:left]
        left -= len(seats)
        if len(seats) < LEAST:
            branches[-1] = replace(branches[-1], seats=branches[-1].seats + _behind(seats))
        else:
            name, short = f"{model.name}（{number}）", f"{model.short_name}{number}"
            branches.append(replace(model, name=name, short_name=short, seats=seats))


def _behind(seats):
    return tuple(replace(seat, window=0) for seat in seats)
