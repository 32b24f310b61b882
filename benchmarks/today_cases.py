"""今天要办, the most opened page: with 10 and with 1,000 duties, against a signed-in page that says nothing.

`bare` is performance.md's floor (session, one SELECT, Django's middleware); `authed` pays for the product's own too.
"""

from datetime import timedelta

from django.utils import timezone

from benchmarks import data
from benchmarks.measure import in_turn
from branches.models import Person
from campaigns.models import Duty

RULES = ("self_review", "checklist", "publish_pledge", "update_card", "leader_review")


def today(period, postmaster):
    """Two secretaries: one with ten duties, one with a thousand in two hundred lines."""
    few, many = _people(period)
    bare = data.bare(few)
    works = {
        "bare": lambda: bare.get("/floor/authed"),
        "authed": lambda: few.get("/floor/authed"),
        "ten": lambda: few.get("/"),
        "thousand": lambda: many.get("/"),
    }
    for work in works.values():
        assert work().status_code == 200
    samples = in_turn(works, postmaster=postmaster, rounds=7, times=20)
    lines = {name: sample.line() for name, sample in samples.items()}
    for name in ("ten", "thousand"):
        lines[f"ratio_{name}"] = round(lines[name]["cpu_ms"] / lines["authed"]["cpu_ms"], 2)
        lines[f"ratio_{name}_to_bare"] = round(lines[name]["cpu_ms"] / lines["bare"]["cpu_ms"], 2)
    lines["bytes"] = [len(client.get("/").content) for client in (few, many)]
    return lines


def _people(period):
    branch = period.campaign.organisation.get_children().last()
    people = list(Person.objects.in_organisation(branch, today=period.starts_on).order_by("pk"))
    first, second, *others = people
    Duty.objects.filter(assignee__in=[first, second]).delete()
    for person, number in ((first, 10), (second, 1000)):
        _owe(period, branch, person, others, number)
    return data.signed_in(first), data.signed_in(second)


def _owe(period, branch, person, others, number):
    """Rules take turns, five duties about five people make a line; every other one is done."""
    at, day = timezone.now(), timezone.localdate()
    Duty.objects.bulk_create(
        Duty(
            campaign=period.campaign, period=period, rule=f"bench{n // 5}", act=RULES[n // 5 % len(RULES)],
            title=f"要办的事 {n // 5}", assignee=person, organisation=branch, about_person=others[n % 5], subject_key=str(n),
            starts_on=period.starts_on, due_on=day + timedelta(days=n // 5 % 40 - 10),
            done_at=at if n % 2 else None, done_by=person if n % 2 else None,
        )
        for n in range(number)
    )  # fmt: skip
