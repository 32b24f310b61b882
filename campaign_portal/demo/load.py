"""People in bulk for load tests: one committee, a branch for every twenty, one campaign `load`."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from branches.actions import add_organisation, grant_role
from branches.models import Affiliation, Organisation, Person, Role, UnitType, Window
from campaign_portal.checks import DEMO_PASSWORD
from campaign_portal.demo.build import SCHEMES
from campaign_portal.demo.clock import midnight
from campaign_portal.demo.dice import dice
from campaign_portal.demo.words import names
from campaigns.actions import make_duties, start_campaign
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Campaign
from common.dates import ONE_DAY, add_months, range_of

SLUG = "load"
SCHEME = "hengyang-bureau"
IN_BRANCH = 20
BATCH = 2000
SINCE = timedelta(days=400)
ABOVE = ("leader", "committee", "inspector")
DIGITS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@transaction.atomic
def build_load(count, *, now):
    """The campaign, or None when it is there already."""
    if Campaign.objects.filter(slug=SLUG).exists():
        return None
    today = timezone.localdate(now)
    version = load_scheme(read_scheme((SCHEMES / f"{SCHEME}.yaml").read_bytes()), by=None, at=now)
    root = add_organisation(
        parent=None, name="压力测试党委", code="LOAD", kind="committee", by=None, at=now
    )
    branches = _branches(root, version.plan, -(-count // IN_BRANCH))
    people = _people(count, branches, since=today - SINCE)
    _roles(people, branches, root, since=today - SINCE, at=now)
    campaign = start_campaign(
        version,
        slug=SLUG,
        name=f"压力测试（{count} 人）",
        organisation=root,
        starts_on=range_of("quarter", today)[0],
        ends_on=add_months(range_of("quarter", today)[0], 12) - ONE_DAY,
        by=None,
        at=now,
    )
    period = campaign.periods.get()
    make_duties(period, today=today, at=midnight(period.starts_on))
    return campaign


def _branches(root, plan, count):
    """Straight into the tree: treebeard's own way costs four statements a branch."""
    types = [
        UnitType.objects.get_or_create(key=part.key, defaults={"name": part.name})[0]
        for part in plan.unit_types
    ]
    made = Organisation.objects.bulk_create(
        [
            Organisation(
                path=Organisation._get_path(root.path, 2, number),
                depth=2,
                name=f"第{number}党支部",
                code=f"LOAD-{number}",
                kind="branch",
                unit_type=types[number % len(types)],
            )
            for number in range(1, count + 1)
        ],
        batch_size=BATCH,
    )
    Organisation.objects.filter(pk=root.pk).update(numchild=count)
    Window.objects.bulk_create(
        [
            Window(
                organisation=branch, name=f"{number}号窗口", number=str(number), code=_code(number)
            )
            for number, branch in enumerate(made, 1)
        ],
        batch_size=BATCH,
    )
    return made


def _code(number):
    signs = ""
    for _ in range(5):
        number, rest = divmod(number, len(DIGITS))
        signs = DIGITS[rest] + signs
    return f"L{signs}"


def _people(count, branches, *, since):
    rng = dice("load")
    password = make_password(DEMO_PASSWORD)
    given = names.WOMEN + names.MEN
    people = Person.objects.bulk_create(
        [
            Person(
                username=_username(number, count),
                name=rng.choice(names.SURNAMES) + rng.choice(given),
                name_pinyin=f"load {number:06}",
                political_status=Person.Political.MEMBER,
                password=password,
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    Affiliation.objects.bulk_create(
        [
            Affiliation(person=person, organisation=branches[number // IN_BRANCH], starts_on=since)
            for number, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    return people


def _username(number, count):
    """The first branch holds the accounts to sign in with; everybody else has a number."""
    chosen = ("secretary", "member", "member2", *ABOVE)
    return f"{chosen[number]}.{SLUG}" if number < min(len(chosen), count) else f"load{number:06}"


def _roles(people, branches, root, *, since, at):
    Role.objects.bulk_create(
        [
            Role(
                person=people[number * IN_BRANCH],
                kind=Role.Kind.SECRETARY,
                organisation=branch,
                starts_on=since,
                granted_at=at,
            )
            for number, branch in enumerate(branches)
        ],
        batch_size=BATCH,
    )
    for number, kind in enumerate(ABOVE, 3):
        if number < len(people):
            grant_role(
                people[number], kind=kind, organisation=root, starts_on=since, by=None, at=at
            )
