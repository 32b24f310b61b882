"""The portal that is worked in: each shipped plan in a small tree, nothing done yet in the running period.

Run as a process of its own (`python -m tools.burden.stage`) with PORTAL_VAR naming an empty folder.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")

import django

SLUGS = ("guanyun-weather", "hengyang-bureau", "huanggang-hospital", "county-service-centre")
BRANCHES = 5  # "a leader of five branches"
PEOPLE = 20  # "a secretary of twenty": people in each branch, the secretary among them


def main():
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (after setup)
    from django.utils import timezone  # noqa: PLC0415

    from campaign_portal.demo import build  # noqa: PLC0415
    from campaign_portal.demo.casts import CASTS  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    for cast in CASTS:
        build.build_demo(now=timezone.now(), casts=[widened(cast)], steps=standing_steps(build))
        print(f"  {cast.root_name}", flush=True)
    write_rules()


def plans():
    """(slug, plan) of the shipped schemes; Django is set up."""
    from campaign_portal.demo.build import SCHEMES  # noqa: PLC0415
    from campaigns.forms.scheme_yaml import read_scheme  # noqa: PLC0415

    for slug in SLUGS:
        yield slug, read_scheme((SCHEMES / f"{slug}.yaml").read_bytes())


def write_rules():
    """For the walker, who has no Django: which act a rule's name stands for, and a window's code."""
    from branches.models import Window  # noqa: PLC0415
    from campaigns.models import Campaign  # noqa: PLC0415

    found = {}
    for slug, plan in plans():
        root = Campaign.objects.get(slug=slug).organisation
        window = Window.objects.filter(organisation__path__startswith=root.path).first()
        acts = {rule.name: rule.act for rule in plan.cadence}
        found[slug] = {"acts": acts, "window": window.code if window else ""}
    folder = Path(os.environ["PORTAL_VAR"])
    (folder / "burden.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def standing_steps(build):
    """What others have done before: cards shown, pledges of the others, rounds open."""
    return (build.show_identity, build.make_pledges, build.count_ratings, build.hold_rounds)


def widened(cast):
    """Five branches of twenty; one leader over all of them, one secretary who works."""
    from campaign_portal.demo.casts.model import Branch, Seat  # noqa: PLC0415

    first = cast.branches[0]
    offices = [
        replace(seat, window=0) for branch in cast.branches for seat in branch.seats if seat.role
    ]
    others = [seat for seat in offices if seat.role != "leader" or seat.account]
    at_desk = [
        Seat("窗口岗", "受理与答复", window=1 + at % len(first.counters or (1,)))
        if first.counters
        else Seat("业务岗", "日常业务")
        for at in range(PEOPLE)
    ]
    branches = []
    for number in range(1, BRANCHES + 1):
        seats = [Seat("党支部书记", "支部工作", account="secretary" if number == 1 else "")]
        if number == 1:
            seats.append(Seat("业务岗", "日常业务", account="member"))
        if number == 2:
            seats += [seat for seat in others if seat.account not in {"secretary", "member"}]
        seats += at_desk[: PEOPLE - len(seats)]
        counters = first.counters[:2] if number == 1 else ()
        if number > 1 or len(counters) < 2:
            seats = [replace(seat, window=0) for seat in seats]
        else:
            seats = [replace(seat, window=min(seat.window, len(counters))) for seat in seats]
        branches.append(
            Branch(
                f"{cast.root_name}第{number}支部",
                f"第{number}支部",
                first.unit_type,
                tuple(seats),
                counters,
                first.diligence,
                first.motto,
            )
        )
    return replace(cast, branches=tuple(branches))


if __name__ == "__main__":
    main()
