"""Closing a period: once, whole, the same bytes whenever it is run."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import scoring
from branches.models import Affiliation, Person
from campaigns.models import Period
from common import jobs
from common.models import Job, Notice
from evaluations.models import Round
from supervision.actions.closing import ClosingRefused, close_period
from supervision.models import Closing, Rollup, Scorecard
from supervision.queries.scorecards import digest_of, explain
from tests.factories import (
    DutyFactory,
    PeriodFactory,
    PledgeFactory,
    RatingCountFactory,
    ReviewFactory,
    RoundFactory,
    SelfReviewFactory,
)


@pytest.fixture
def worked(world):
    """A quarter with a little of everything done in the first branch."""
    for person in world.members(world.north)[:4]:
        SelfReviewFactory(period=world.period, organisation=world.north, person=person)
        ReviewFactory(
            period=world.period,
            organisation=world.north,
            person=person,
            author=world.leader,
            levels={"overall": "excellent"},
        )
        PledgeFactory(
            published=True,
            status="kept",
            period=world.period,
            organisation=world.north,
            owner_person=person,
        )
        DutyFactory(
            period=world.period, organisation=world.north, assignee=person, act="self_review"
        )
    for level, count in [("very_satisfied", 30), ("satisfied", 10), ("unsatisfied", 2)]:
        RatingCountFactory(
            campaign=world.campaign,
            window=world.window,
            day=world.period.starts_on + timedelta(days=3),
            channel="ticket",
            question="overall",
            level=level,
            count=count,
        )
    return world


def close(world, **changes):
    return close_period(world.period, by=world.committee_member, at=timezone.now(), **changes)


def test_every_participant_window_and_branch_gets_one_card(worked):
    closing = close(worked)

    people = Affiliation.objects.filter(
        organisation__path__startswith=worked.root.path, ends_on=None
    ).count()
    cards = Scorecard.objects.filter(closing=closing)
    assert cards.filter(subject="person").count() == people
    assert cards.filter(subject="window").count() == 2
    assert cards.filter(subject="branch").count() == 2
    worked.period.refresh_from_db()
    assert worked.period.state == Period.State.CLOSED


def test_the_duty_to_close_counts_as_done_in_the_rollup(worked):
    DutyFactory(
        period=worked.period,
        organisation=worked.root,
        assignee=worked.committee_member,
        act="close_period",
    )

    close(worked)

    row = Rollup.objects.get(period=worked.period, organisation=worked.root)
    assert (row.duties, row.duties_done) == (1, 1)


def test_closing_twice_is_closing_once(worked):
    first = close(worked)

    again = close(worked)

    assert again == first
    assert Closing.objects.count() == 1
    assert Notice.objects.filter(event__startswith="closing:").count() == len(
        set(Notice.objects.values_list("recipient", flat=True))
    )


def test_the_same_inputs_give_the_same_bytes(worked):
    digests = []
    for _ in range(2):
        closing = close(worked)
        digests.append(closing.digest)
        Notice.objects.all().delete()
        closing.delete()
        Period.objects.filter(pk=worked.period.pk).update(
            state="open", closed_at=None, closed_by=None
        )

    assert digests[0] == digests[1]
    assert len(digests[0]) == 64


def test_the_explanation_agrees_with_the_card(worked):
    close(worked)

    for card in Scorecard.objects.exclude(shown=""):
        assert explain(card)["rounded"] == card.shown


def test_cards_come_out_as_the_explaining_way_has_them(worked):
    """The close computes in integers, in bulk and each set of inputs once; `scoring.score` is the judge."""
    close(worked)

    for kind in ("person", "window", "branch"):
        cards = list(Scorecard.objects.filter(subject=kind).order_by("subject_id"))
        recipe = worked.period.plan.scoring_recipes[kind]
        results = {
            str(card.pk): scoring.score(recipe, card.inputs, unit_type=card.unit_type or None)
            for card in cards
        }
        groups = {str(card.pk): card.group for card in cards}
        places = scoring.rank(results, recipe.rank, groups=groups)
        bands = scoring.apply_quota(results, recipe, groups=groups)
        told = [(card.shown, card.band, card.rank) for card in cards]
        expected = [
            (str(result.rounded or ""), bands[key]["band"] or result.band or "", places[key])
            for key, result in results.items()
        ]
        assert told == expected


def test_the_digest_is_made_again_from_the_stored_cards(worked):
    closing = close(worked)

    assert digest_of(closing) == closing.digest
    Scorecard.objects.filter(pk=Scorecard.objects.exclude(shown="").first().pk).update(shown="99.9")
    assert digest_of(closing) != closing.digest


def test_names_with_tabs_and_backslashes_are_stored_as_they_are(worked):
    worked.window.name = "一\t号\\窗\n口"
    worked.window.save()

    close(worked)

    card = Scorecard.objects.get(subject="window", window=worked.window)
    assert card.subject_name == "一\t号\\窗\n口"


def test_whoever_has_an_address_gets_a_mail_too(worked):
    Person.objects.filter(pk=worked.member.pk).update(email="m@example.org")

    close(worked)

    waiting = Notice.objects.filter(event__startswith="closing:").exclude(mail_after=None)
    assert list(waiting.values_list("recipient", flat=True)) == [worked.member.pk]


def test_an_uncounted_round_stands_in_the_way(worked):
    RoundFactory(period=worked.period, organisation=worked.north)

    with pytest.raises(ClosingRefused, match="1 个支部的互评"):
        close(worked)

    assert not Scorecard.objects.exists()
    assert Round.objects.get().is_open


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_the_close_belongs_to_its_period_whatever_the_clock_says(worked, time_machine, days):
    """D9: the worker's clock jumps; the job names the period and the moment it was asked for."""
    asked = timezone.now()
    job = jobs.request(
        "close_period", key="1", label="结算", by=None, at=asked,
        arguments={"period": worked.period.pk, "by": None},
    )  # fmt: skip
    PeriodFactory(
        campaign=worked.campaign, starts_on=worked.period.ends_on + timedelta(days=1),
        ends_on=worked.period.ends_on + timedelta(days=90),
    )  # fmt: skip
    time_machine.move_to(asked + timedelta(days=days))

    jobs.run(job.pk)
    jobs.run(job.pk)

    closing = Closing.objects.get()
    assert (closing.period, closing.closed_at) == (worked.period, asked)
    assert set(Scorecard.objects.values_list("period", flat=True)) == {worked.period.pk}


def test_a_kill_in_the_middle_leaves_nothing(worked, monkeypatch):
    def die(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("supervision.actions.closing._seal", die)
        with pytest.raises(KeyboardInterrupt):
            close(worked)
    assert not Scorecard.objects.exists()

    assert close(worked).digest


def test_reopened_period_is_closed_as_a_new_version(worked):
    close(worked)
    Period.objects.filter(pk=worked.period.pk).update(
        state="open", closed_at=None, closed_by=None, reopen_reason="漏录一份点评"
    )

    second = close(worked)

    assert (second.version, second.reason) == (2, "漏录一份点评")
    assert Scorecard.objects.latest().filter(closing=second).count() == second.scorecards.count()
    assert not Scorecard.objects.latest().exclude(closing=second).filter(period=worked.period)


def test_ranks_are_given_among_like_units_only(worked):
    close(worked)

    for kind in ("person", "window", "branch"):
        cards = list(Scorecard.objects.filter(subject=kind).exclude(rank=None).order_by("rank"))
        scores = [card.score for card in cards]
        assert scores == sorted(scores, reverse=True)


def test_the_button_makes_one_job_and_the_job_closes(worked, as_person):
    client = as_person(worked.committee_member)
    page = reverse("supervision:period_close")

    client.post(page)
    client.post(page)
    job = Job.objects.get()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert Closing.objects.get().closed_by == worked.committee_member


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "inspector"])
def test_others_do_not_close(worked, as_person, who):
    response = as_person(getattr(worked, who)).post(reverse("supervision:period_close"))

    assert response.status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("who", ["member", "secretary"])
def test_people_cards_are_seen_by_oneself_and_from_above(worked, as_person, who):
    close(worked)
    own = Scorecard.objects.get(subject="person", subject_id=worked.member.pk)
    page = reverse("supervision:scorecard_detail", args=[own.pk])

    assert as_person(getattr(worked, who)).get(page).status_code == 200
    assert as_person(worked.member2).get(page).status_code == 404
    assert as_person(worked.secretary2).get(page).status_code == 404
