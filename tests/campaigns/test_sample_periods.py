"""The two sample plans of this project's sources, each run through a period of its own (issue 3)."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
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
from evaluations.actions.paper import BallotRefused, Rating
from evaluations.models import Poll
from evaluations.queries.peer import paper_for
from evaluations.queries.polls import offers
from supervision.actions.closing import close_period
from supervision.models import Scorecard
from tests.evaluations.ballots import opened, past_deadline, voters
from tests.factories import CampaignFactory, PeriodFactory, PledgeFactory

PLANS = Path(__file__).parent / "schemes"
CENT = Decimal("0.01")
# As in /work/shared/samples/scoring W20: 92, 88.5, 95, 90 and 81 make 89.30.
MARKS = {
    "dispatching_unit": "92", "township": "88.5", "village": "95", "delegates": "90",
    "third_party": "81",
}  # fmt: skip


def begun(world, slug, *, starts_on, ends_on):
    document = read_scheme((PLANS / f"{slug}.yaml").read_bytes())
    world.campaign = CampaignFactory(
        slug=slug,
        name=document.short_name,
        organisation=world.root,
        scheme_version=load_scheme(document, by=None, at=timezone.now()),
    )
    period = PeriodFactory(campaign=world.campaign, starts_on=starts_on, ends_on=ends_on)
    world.period = Period.objects.get(pk=period.pk)
    assert document.not_built() == ()
    return world


def half_year(world):
    year, first = today().year, today().month < 7
    days = (
        (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))
    )
    return begun(world, "puxian-first-secretary", starts_on=days[0], ends_on=days[1])


@pytest.fixture
def five(world):
    """What the five classes do with their codes: {class: Poll}."""
    half_year(world)
    found = {}
    for offer in offers(world.period.plan):
        if offer.kind != "panel":
            continue
        ((key, name),) = offer.classes
        poll = Poll(
            campaign=world.campaign, period=world.period, organisation=world.root, name=name,
            opens_on=today(), closes_on=today() + timedelta(days=9),
        )  # fmt: skip
        how = {"by": world.officer, "at": timezone.now()}
        found[key] = polls.open_poll(poll, offer=offer, organisations=[world.north], **how)
    return found


def codes(world, poll, rater_class, count=5):
    how = {"by": world.officer, "at": timezone.now()}
    return polls.issue_passes(poll, rater_class=rater_class, count=count, **how)


def write(client, code, poll, mark, address="10.0.0.1"):
    sent = {f"s{one.position}_overall": mark for one in poll.subjects.order_by("position")}
    url = reverse("evaluations:poll_answer", args=[code])
    return client.post(url, sent, REMOTE_ADDR=address)


def hear(world, client, five, *, without=()):
    for place, (key, poll) in enumerate(five.items(), 1):
        if key in without:
            continue
        for number, code in enumerate(codes(world, poll, key), 1):
            answer = write(client, code, poll, MARKS[key], address=f"10.1.{place}.{number}")
            assert answer.status_code == 200
        polls.close_poll(poll, by=world.officer, at=timezone.now())


def card_of(world, person):
    close_period(world.period, by=world.committee_member, at=timezone.now())
    return Scorecard.objects.get(period=world.period, subject="person", person=person)


def test_five_classes_of_a_fifth_each_give_a_first_secretary_his_score(
    world, client, as_person, five
):
    """P08, P19: figures by code, one class without an account, close, scorecards: 89.30."""
    make_duties(world.period, today=today(), at=timezone.now())
    assert Duty.objects.filter(period=world.period, rule="write_pledge").exists()
    PledgeFactory(
        published=True, status="kept", period=world.period, organisation=world.north,
        owner_person=world.member,
    )  # fmt: skip
    hear(world, client, five)

    card = card_of(world, world.member)

    assert str(card.shown) == "89.30"
    page = as_person(world.member).get(reverse("supervision:scorecard_detail", args=[card.pk]))
    body = page.content.decode()
    assert (page.status_code, "乡镇党委" in body, "88.5×" in body) == (200, True, False)


def test_a_class_that_gave_nothing_shares_its_weight_among_the_rest(world, client, five):
    hear(world, client, five, without=["third_party"])

    assert str(card_of(world, world.member).shown) == "91.38"


def test_a_written_figure_is_checked_and_burns_no_code(world, client, five):
    poll = five["township"]
    code = codes(world, poll, "township", 1)[0]

    shown = client.get(reverse("evaluations:poll_answer", args=[code])).content.decode()
    high = write(client, code, poll, "101").content.decode()
    between = write(client, code, poll, "88.3").content.decode()

    assert "总体评分（0 到 100 分）" in shown
    assert 'type="number"' in shown
    assert ("不能高于 100 分" in high, "每 0.5 分一档" in between) == (True, True)
    assert 'value="88.3"' in between
    assert not poll.counts.exists()
    assert write(client, code, poll, "88.5").status_code == 200
    assert set(poll.counts.exclude(question="").values_list("level", flat=True)) == {"88.5"}


def test_of_five_figures_the_office_sees_a_mean_and_no_single_one(world, client, as_person, five):
    poll = five["township"]
    for number, code in enumerate(codes(world, poll, "township"), 1):
        write(client, code, poll, str(70 + 5 * number), address=f"10.2.0.{number}")
    polls.close_poll(poll, by=world.officer, at=timezone.now())
    office = as_person(world.officer)
    url = reverse("evaluations:poll_detail", args=[poll.pk])

    page = office.get(url)

    body = page.content.decode()
    assert (page.status_code, "均值 85" in body, "80 到 90" in body) == (200, True, False)
    assert office.get(url, {"export": 1}).status_code == 200


def test_slips_of_paper_are_refused_where_figures_are_written(world, as_person, five):
    url = reverse("evaluations:paper_poll", args=[five["township"].pk])

    answer = as_person(world.officer).get(url, follow=True)

    assert "请发评议码" in answer.content.decode()


def test_a_year_of_sealed_figures_with_a_quota_in_each_ballot(world, as_person):
    """At most three from 90 on, at least two below 70, not all alike; one extreme each way is cut above five."""
    year = today().year
    begun(world, "ballot-quota-review", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    make_duties(world.period, today=today(), at=timezone.now())
    round = opened(world)
    everybody = voters(round)
    good = {}
    for person in everybody:
        paper = paper_for(person, round.pk)
        refused = [
            dict.fromkeys(paper.positions, "80"),
            dict(zip(paper.positions, ["95"] * 4 + ["60"] * 9, strict=False)),
            dict(zip(paper.positions, ["95", "60"] + ["80"] * 9, strict=False)),
        ]
        for marks in refused:
            with pytest.raises(BallotRefused):
                cast(paper, marks, person)
        good[person] = dict(zip(paper.positions, ["90", "60", "69.9"] + ["80.5"] * 9, strict=False))
        cast(paper, good[person], person)
    close_round(past_deadline(round), by=None, at=timezone.now())

    close_period(world.period, by=world.committee_member, at=timezone.now())

    cards = Scorecard.objects.filter(period=world.period, subject="person")
    scored = list(cards.exclude(score=None).order_by("-score", "pk"))
    assert len(scored) == len(everybody)
    assert {card.band for card in scored} <= {"优秀", "称职", "基本称职", "不称职"}
    received = {}
    for marks in good.values():
        for position, mark in marks.items():
            received.setdefault(position, []).append(Decimal(mark))
    kept = [sorted(marks)[1:-1] for marks in received.values()]
    means = [(sum(marks) / len(marks)).quantize(CENT, ROUND_HALF_UP) for marks in kept]
    assert sorted(Decimal(card.shown) for card in scored) == sorted(means)
    mine = scored[0]
    page = as_person(mine.person).get(reverse("supervision:scorecard_detail", args=[mine.pk]))
    assert page.status_code == 200


def cast(paper, marks, person):
    question = paper.round.sheet.scale_questions[0]
    ballot = {position: Rating((question.number_of(mark),)) for position, mark in marks.items()}
    return cast_ballot(paper, ballot=ballot, by=person)
