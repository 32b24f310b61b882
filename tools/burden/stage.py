"""The portal that is worked in: each shipped plan in a small tree, nothing done yet in the running period.

Run as a process of its own (`python -m tools.burden.stage SLUG …`) with PORTAL_VAR naming an empty folder.
"""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")

import django

SLUGS = ("guanyun-weather", "hengyang-bureau", "huanggang-hospital", "county-service-centre")
BRANCHES = 5  # "a leader of five branches"
MENDING = "落实整改"  # the title of a ledger item among one's duties begins with it
REST = ("update_card", "update_sign", "checklist", "write_branch_plan", "publish_results")
PEOPLE = 20  # "a secretary of twenty": people in each branch, the secretary among them


def main():
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (after setup)
    from django.utils import timezone  # noqa: PLC0415

    from campaign_portal.demo import build  # noqa: PLC0415
    from campaign_portal.demo.casts import CASTS  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    for cast in CASTS:
        if cast.slug not in sys.argv[1:]:
            continue
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
        if slug not in sys.argv[1:]:
            continue
        root = Campaign.objects.get(slug=slug).organisation
        window = Window.objects.filter(organisation__path__startswith=root.path).first()
        acts = {rule.name: rule.act for rule in plan.cadence} | {MENDING: "rectify"}
        found[slug] = {"acts": acts, "window": window.code if window else ""}
    folder = Path(os.environ["PORTAL_VAR"])
    (folder / "burden.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def standing_steps(build):
    """What others have done before: cards shown, pledges of the others, rounds open."""
    return (
        build.show_identity,
        build.make_pledges,
        build.count_ratings,
        build.hold_rounds,
        owe_the_rest,
        find_fault,
    )


def owe_the_rest(season):
    """What falls due in another quarter of the year is owed in the running one too."""
    from campaigns.models import Duty  # noqa: PLC0415

    if not season.is_running:
        return
    there = Duty.objects.filter(period=season.period).values_list("rule", flat=True)
    missing = {rule.key for rule in season.plan.cadence if rule.act in REST} - set(there)
    last = {}
    for duty in Duty.objects.filter(campaign=season.scene.campaign, rule__in=missing).order_by(
        "pk"
    ):
        last[duty.rule, duty.assignee_id, duty.subject_key] = duty
    for duty in last.values():
        duty.pk, duty.period = None, season.period
        duty.starts_on, duty.due_on = season.period.starts_on, season.period.ends_on
        duty.done_at = duty.done_by = duty.waived_at = None
        duty.is_late, duty.waived_reason = False, ""
        duty.save(force_insert=True)


def find_fault(season):
    """One problem of his branch is the member's to mend."""
    if not season.is_running or season.plan.rectification is None:
        return
    from supervision.actions import rectifications as ledger  # noqa: PLC0415
    from supervision.models import Rectification  # noqa: PLC0415

    troupe, at = season.scene.troupes[0], season.clock.now
    owner = next(one.person for one in troupe.players if one.seat.account == "member")
    rules = season.plan.rectification
    item = Rectification(
        campaign=season.scene.campaign, period=season.period, organisation=troupe.organisation,
        source=rules.sources[0].key, problem="公示栏有一张承诺过期",
        category=next((kind.key for kind in rules.categories), ""),
        due_on=season.period.ends_on,
    )  # fmt: skip
    ledger.add_rectification(item, by=season.scene.committee, at=at)
    item.refresh_from_db()
    ledger.plan_rectification(
        item, checked="看过，属实。", measure="当天换下，每周查一遍。", owner=owner,
        category=item.category, due_on=item.due_on, reason="", by=troupe.secretary, at=at,
    )  # fmt: skip


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
