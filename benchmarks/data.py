"""Invented offices in bulk: branches of twenty, a closed peer round each, duties, ratings."""

import random
from datetime import timedelta

from django.test import Client, override_settings
from django.utils import timezone

from branches.actions.organisations import add_organisation
from branches.models import Affiliation, Person, Post, Role, Window
from campaigns.actions.campaigns import start_campaign
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Duty, Period
from common.dates import quarter_dates, quarter_of
from common.models import Notice
from evaluations.models import PeerTally, RatingCount, Round
from pledges.models import Pledge, WindowText
from supervision.models import Closing, Scorecard

BRANCH = 20
DJANGOS_OWN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LEVELS = ("level_1", "level_2", "level_3", "level_4")


def office(people, *, scheme):
    """A campaign over so many people; returns its period of this quarter."""
    at, dice = timezone.now(), random.Random(people)
    root = add_organisation(
        parent=None, name=f"党委{people}", code=f"B{people}", kind="committee", by=None, at=at
    )
    branches = [
        add_organisation(
            parent=root, name=f"支部{n}", code=f"B{people}-{n}", kind="branch", by=None, at=at
        )
        for n in range(people // BRANCH)
    ]
    members = _people(people, branches)
    version = load_scheme(read_scheme(scheme), by=None, at=at)
    first, last = quarter_dates(*quarter_of(timezone.localdate()))
    campaign = start_campaign(
        version,
        slug=f"bench-{people}",
        name=f"测试{people}",
        organisation=root,
        starts_on=first,
        ends_on=last,
        by=None,
        at=at,
    )
    period = Period.objects.get(campaign=campaign)
    _work(period, branches, members, dice, at)
    return period


def _people(count, branches):
    people = Person.objects.bulk_create(
        [
            Person(
                username=f"bench{count}-{n}",
                name=f"人员{n}",
                political_status="member",
                password="!",
            )
            for n in range(count)
        ],
        batch_size=2000,
    )
    Affiliation.objects.bulk_create(
        [
            Affiliation(person=person, organisation=branches[n // BRANCH], starts_on="2020-01-01")
            for n, person in enumerate(people)
        ],
        batch_size=2000,
    )
    return people


def _work(period, branches, members, dice, at):
    Duty.objects.filter(period=period).delete()
    Duty.objects.bulk_create(
        [
            Duty(
                campaign=period.campaign, period=period, rule="bench", act="self_review",
                title="个人自评", assignee=person, organisation=branches[n // BRANCH],
                starts_on=period.starts_on, due_on=period.ends_on,
                done_at=at if n % 3 else None, done_by=person if n % 3 else None,
            )
            for n, person in enumerate(members)
        ],
        batch_size=2000,
    )  # fmt: skip
    _tallies(period, branches, members, dice, at)
    _ratings(period, branches, dice)


def _tallies(period, branches, members, dice, at):
    questionnaire = period.plan.questionnaire_for("peer_review")
    rounds = Round.objects.bulk_create(
        [
            Round(
                campaign=period.campaign, period=period, organisation=branch, questionnaire={},
                opens_at=at - timedelta(days=9), closes_at=at - timedelta(days=2), state="closed",
                public_key=b"", key_fingerprint=str(branch.pk), ballot_bytes=0, marks=b"\xff\xff\x0f",
                roll_size=BRANCH, ballots_counted=BRANCH, closed_at=at,
            )
            for branch in branches
        ]
    )  # fmt: skip
    rows = []
    for n, person in enumerate(members):
        for question in questionnaire.scale_questions:
            counts = [0, 0, 0, 0]
            for _ in range(BRANCH - 1):
                counts[min(3, int(dice.expovariate(1.2)))] += 1
            rows.append(
                PeerTally(
                    round=rounds[n // BRANCH], person=person, question=question.key,
                    shown="histogram", **dict(zip(LEVELS, counts, strict=True)),
                )
            )  # fmt: skip
    PeerTally.objects.bulk_create(rows, batch_size=2000)


def _ratings(period, branches, dice):
    windows = Window.objects.bulk_create(
        [Window(organisation=branch, name=f"窗口{branch.pk}") for branch in branches]
    )
    definition = period.plan.satisfaction
    levels = [*definition.satisfied, *definition.bad]
    RatingCount.objects.bulk_create(
        [
            RatingCount(
                campaign=period.campaign, window=window, day=period.starts_on, channel="ticket",
                question=definition.question, level=level, count=dice.randint(0, 40),
            )
            for window in windows
            for level in levels
        ],
        batch_size=2000,
    )  # fmt: skip


def watcher(period):
    """The committee member over the whole campaign."""
    person, is_new = Person.objects.get_or_create(
        username=f"watch-{period.pk}", defaults={"name": "委员"}
    )
    if is_new:
        Role.objects.create(
            person=person,
            kind="committee",
            organisation=period.campaign.organisation,
            starts_on="2020-01-01",
            granted_at=timezone.now(),
        )
    return person


def reopen(period):
    """Back to before the close, for the next round of measuring."""
    Scorecard.objects.filter(period=period).delete()
    Closing.objects.filter(period=period).delete()
    Period.objects.filter(pk=period.pk).update(state="open", closed_at=None, closed_by=None)
    Notice.objects.all().delete()


def window_with_everything(period):
    """A window with three people, ten pledges and texts."""
    branch = period.campaign.organisation.get_children().first()
    window = Window.objects.create(organisation=branch, name="综合窗口")
    people = list(Person.objects.in_organisation(branch, today=period.starts_on)[:3])
    for person in people:
        Post.objects.create(
            person=person, organisation=branch, window=window, title="受理岗",
            duties="受理和初审", starts_on=period.starts_on,
        )  # fmt: skip
    at = timezone.now()
    WindowText.objects.create(
        organisation=branch, window=window, code=window.code, state="live", written_at=at,
        services="结婚登记\n离婚登记\n补领证件", procedure="受理、审查、登记、发证", flow="取号\n受理\n领取",
        proposed_by=people[0], checked_by=people[1], published_at=at,
    )  # fmt: skip
    Pledge.objects.bulk_create(
        [
            Pledge(
                campaign=period.campaign, period=period, organisation=branch, owner_window=window,
                text=f"承诺事项{number}，材料齐全当场办结", baseline="五天", target="当场",
                starts_on=period.starts_on, due_on=period.ends_on, status="published",
                written_by=people[0], written_at=at, published_at=at, reviewed_by=people[1],
            )
            for number in range(10)
        ]
    )  # fmt: skip
    return window


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bare(client):
    """The same signed-in person behind Django's own middleware alone: session and one SELECT (the floor `authed`)."""
    twin = Client()
    twin.cookies = client.cookies
    with override_settings(MIDDLEWARE=DJANGOS_OWN):
        twin.handler.load_middleware()  # the chain stays with this client
    return twin


def first_question(period):
    """(question, a level that satisfies) of the public rating."""
    definition = period.plan.satisfaction
    return definition.question, definition.satisfied[0]
