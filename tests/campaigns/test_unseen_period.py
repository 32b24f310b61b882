"""A plan nobody has seen, run through a whole half-year: pledges, a sealed round of figures, five panels, close, scorecards (issue 3)."""

from datetime import date, timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from campaigns.actions import make_duties
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Duty, Period
from common.dates import today
from evaluations.actions import polls
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.paper import Rating
from evaluations.models import Poll
from evaluations.queries.peer import paper_for
from evaluations.queries.polls import offers
from supervision.actions.closing import close_period
from supervision.models import Scorecard
from tests.evaluations.ballots import opened, past_deadline, voters
from tests.factories import CampaignFactory, PeriodFactory, PledgeFactory

PLAN = Path(__file__).parent / "schemes" / "four-races.yaml"
CLASSES = {"units": "a", "leaders": "b", "deputies": "a", "served": "c", "third": "b"}


def begun(world):
    version = load_scheme(read_scheme(PLAN.read_bytes()), by=None, at=timezone.now())
    half = (1, 6) if today().month < 7 else (7, 12)
    world.campaign = CampaignFactory(
        slug="four-races", name="四赛两评", organisation=world.root, scheme_version=version
    )
    world.period = PeriodFactory(
        campaign=world.campaign,
        starts_on=date(today().year, half[0], 1),
        ends_on=date(today().year, half[1], 30 if half[1] == 6 else 31),
    )
    world.period = Period.objects.get(pk=world.period.pk)
    return world


def vote_with_figures(world):
    """Everybody gives the first on his list 95, everybody else 80."""
    round = opened(world)
    question = round.sheet.scale_questions[0]
    for person in voters(round):
        paper = paper_for(person, round.pk)
        marks = dict.fromkeys(paper.positions, "80")
        marks[paper.positions[0]] = "95"
        ballot = {position: Rating((question.number_of(mark),)) for position, mark in marks.items()}
        cast_ballot(paper, ballot=ballot, by=person)
    close_round(past_deadline(round), by=None, at=timezone.now())
    return round


def hear_five_classes(world, client):
    (offer,) = [one for one in offers(world.period.plan) if one.kind == "panel"]
    poll = Poll(
        campaign=world.campaign, period=world.period, organisation=world.root,
        name="单位互评", opens_on=today(), closes_on=today() + timedelta(days=9),
    )  # fmt: skip
    how = {"by": world.officer, "at": timezone.now()}
    poll = polls.open_poll(poll, offer=offer, organisations=[world.north, world.south], **how)
    for name, level in CLASSES.items():
        codes = polls.issue_passes(poll, rater_class=name, count=5, **how)
        for number, code in enumerate(codes):
            url = reverse("evaluations:poll_answer", args=[code])
            sent = {"s1_overall": level, "s2_overall": "d"}
            place = f"10.{len(name)}.{number}.{ord(name[0])}"  # one address may try only so often
            assert client.post(url, sent, REMOTE_ADDR=place).status_code == 200
    polls.close_poll(poll, **how)


def test_a_half_year_of_four_races_and_two_reviews(world, client, as_person):
    begun(world)
    make_duties(world.period, today=today(), at=timezone.now())
    weekly = Duty.objects.filter(period=world.period, rule="show", assignee=world.secretary)
    assert 24 <= weekly.count() <= 27
    for person in world.members(world.north)[:4]:
        PledgeFactory(
            published=True, status="kept", period=world.period, organisation=world.north,
            owner_person=person,
        )  # fmt: skip
    vote_with_figures(world)
    hear_five_classes(world, client)

    close_period(world.period, by=world.committee_member, at=timezone.now())

    cards = Scorecard.objects.filter(period=world.period)
    north = cards.get(subject="branch", organisation=world.north)
    south = cards.get(subject="branch", organisation=world.south)
    # (100 + 85 + 100 + 70 + 85) ÷ 5
    first, other = sorted([north, south], key=lambda card: -card.score)
    assert (str(first.shown), first.band) == ("88.00", "先进单位")
    assert (str(other.shown), other.band) == ("50.00", "合格单位")
    people = cards.filter(subject="person", organisation=world.north).exclude(score=None)
    assert people.count() >= 7
    everybody = cards.filter(subject="person")
    assert 1 <= everybody.filter(band="优胜").count() <= everybody.count() // 3
    one = people.order_by("-score", "pk").first()
    page = as_person(one.person).get(reverse("supervision:scorecard_detail", args=[one.pk]))
    assert "同志评" in page.content.decode()
    assert (page.status_code, "95×" in page.content.decode()) == (200, False)
