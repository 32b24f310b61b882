"""`manage.py demo`: what a visitor finds."""

import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum
from django.urls import reverse

from branches.models import Affiliation, Organisation, Person, Window
from campaigns.models import Campaign, Duty, Period
from common import audit
from common.dates import today
from common.models import AuditEvent
from competitions.models import Award, Contest, Streak
from evaluations.models import (
    Ballot,
    Feedback,
    NamedRating,
    PaperSheet,
    PeerTally,
    RatingCount,
    Review,
    Round,
    SelfReview,
)
from pledges.models import Pledge
from supervision.models import Draw, Inspection, RecheckDraw, Rectification, Rollup, Scorecard, Urge
from supervision.queries.lit import lights
from supervision.queries.subjects import subjects
from supervision.queries.today import today_of
from supervision.views.duty_links import link_of
from tests.policies import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

SLUGS = ("guanyun-weather", "hengyang-bureau", "huanggang-hospital", "county-service-centre")
ROLES = {
    "member": "member",
    "member2": "colleague",
    "secretary": "secretary",
    "leader": "leader",
    "committee": "committee",
    "inspector": "inspector",
}
WHO = {"member": {"members", "participants"}, "member2": {"members", "participants"}}
# SHA-256 of the people named in the plans (simplified characters), so that they need not stand here.
NAMES_OF_THE_PLANS = {
    "8aaa8c187b5da73c9df86f943d230b1d73d22dc752ff7f5de8a6f1759f5b08a1",
    "b5f08756ecce89ebee0f3d8ce2ca7263944928ca522d3beda1f2ccaa764237a9",
    "b291a186c4ec7490b13b3052f2a996390b72be18ffb202515843dc1fa40d9a5c",
    "303e25558a54d9da4afdc6b3ac3a628e90bf0d52783ba6bdf2c4965c197daa8d",
    "5e8c1ca3de2829c37a5b16b6ef5967f25a8d762c57d9de46bc15a6e9fd5e8f90",
    "1b9befa8b005ac1fdb63c8a4239ae933b89e0db5f06569e62c5300bf7e69ef07",
    "1df986b144fe3703c151609efb1d579853b7aab55378522c2b6b817b2febe6bc",
    "89722343d52687a9b89ef8249e8f3e13c7ce8f0b6a9df970f81ee9932597d529",
    "d0b9c73ec6d4dbf15ce160655470e353e247c3c0181a1b2383d90e84976efe46",
    "a4ba4ee047a6baeb2571c98c8ec8fff3237846775b1d9fc5a63ab8cfa1f7d4eb",
}

SMALL = [(True, "sealed"), (False, "named"), (False, "paper")]  # joint, by name, on paper

every_campaign = pytest.mark.parametrize("slug", SLUGS)
every_role = pytest.mark.parametrize("role", ROLES)


def account(role, slug):
    return Person.objects.get(username=f"{role}.{slug}")


def running(slug):
    return Period.objects.select_related("campaign", "scheme_version").get(
        campaign__slug=slug, state=Period.State.OPEN
    )


@pytest.fixture
def signed_in(client):
    def sign_in(role, slug):
        client.force_login(account(role, slug), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@every_campaign
def test_each_campaign_has_two_closed_quarters_and_a_running_one(slug):
    campaign = Campaign.objects.get(slug=slug)

    states = list(campaign.periods.order_by("starts_on").values_list("state", flat=True))

    assert states == ["closed", "closed", "open"]
    assert running(slug).starts_on <= today() <= running(slug).ends_on
    people = Person.objects.in_organisation(campaign.organisation, today=today()).count()
    assert 20 <= people <= 52


def test_the_organisations_are_those_of_the_plans():
    def branches(slug):
        root = Campaign.objects.get(slug=slug).organisation
        return Organisation.objects.below(root).branches()

    assert [branches(slug).count() for slug in SLUGS] == [1, 10, 3, 1]
    assert {one.unit_type_id for one in branches("hengyang-bureau")} == {
        "approval",
        "window_service",
        "enforcement",
    }
    names = branches("huanggang-hospital").values_list("short_name", flat=True)
    assert set(names) == {"行政支部", "门诊支部", "住院支部"}
    centre = Campaign.objects.get(slug="county-service-centre").organisation
    assert Window.objects.filter(organisation__path__startswith=centre.path).count() >= 6
    statuses = Affiliation.objects.filter(organisation__path__startswith=centre.path)
    assert set(statuses.values_list("status", flat=True)) == {"member", "probationary", "staff"}


@every_campaign
def test_a_closed_quarter_has_a_scorecard_for_everybody(slug):
    for period in Period.objects.filter(campaign__slug=slug, state="closed"):
        for recipe in period.plan.recipes:
            kind = recipe.subject
            expected = {subject.pk for subject in subjects(period, kind)}
            cards = Scorecard.objects.filter(period=period, subject=kind)

            assert set(cards.values_list("subject_id", flat=True)) == expected
            assert cards.exclude(shown="").count() == len(expected)


def test_rounds_are_really_sealed_and_counted():
    closed = Round.objects.filter(state="closed")

    assert closed.count() == 22 + 2 * len(SMALL)
    assert not Round.objects.key_not_destroyed().filter(state="closed").exists()
    assert not Ballot.objects.filter(round__in=closed).exists()
    assert PeerTally.objects.filter(shown="histogram").exists()
    for round in Round.objects.open().filter(form="sealed"):
        assert round.ballots.count() == round.turnout
        assert 0 < round.turnout < round.voter_count


def test_small_branches_vote_jointly_by_name_and_on_paper():
    """P10, B12, P17, P23: each way can be seen, open and counted, with stage and occasion."""
    held = Round.objects.filter(campaign__slug="hengyang-bureau")

    for is_joint, form in SMALL:
        rounds = held.filter(is_joint=is_joint, form=form)
        assert sorted(rounds.values_list("state", flat=True)) == ["closed", "closed", "open"]
        assert not rounds.filter(occasion="").exists()
        assert not rounds.filter(stage="").exists()
        assert PeerTally.objects.filter(round__in=rounds).exists()
    assert NamedRating.objects.filter(round__state="open").exists()
    assert PaperSheet.objects.get(round__state="open").entries.count() == 1


@every_campaign
def test_the_running_quarter_is_half_done(slug):
    period = running(slug)
    duties = Duty.objects.filter(period=period)
    done = duties.filter(done_at__isnull=False).count()

    assert 0.15 < done / duties.count() < 0.85
    states = set(Pledge.objects.filter(period=period).values_list("status", flat=True))
    assert {"submitted", "published"} <= states
    assert Review.objects.filter(period=period).exists()
    assert Inspection.objects.filter(period=period, draw__isnull=False).exists()
    assert Feedback.objects.filter(campaign=period.campaign, state="received").exists()
    assert not RatingCount.objects.filter(campaign=period.campaign, day__gte=today()).exists()


@every_campaign
@every_role
def test_each_role_finds_a_duty_of_each_kind(slug, role):
    person, period = account(role, slug), running(slug)
    whose = WHO.get(role, {role})
    rules = {rule.key: rule for rule in period.plan.cadence if whose & set(rule.who)}
    owed = set(
        Duty.objects.filter(assignee=person, period=period, rule__in=rules).values_list(
            "act", flat=True
        )
    )

    page = today_of(person, period.campaign, today=today())

    assert owed
    assert owed <= {line.act for line in page.waiting + page.not_begun}  # closing comes later
    for line in page.waiting:
        assert line.act == "peer_ballot" or link_of(line)[0]


@every_campaign
@pytest.mark.parametrize("role", ["member", "member2", "secretary"])
def test_the_visitors_ballots_are_not_cast(slug, role):
    person, period = account(role, slug), running(slug)
    entry = person.roll_entries.select_related("round").get(period=period)

    assert entry.round.is_open
    assert not entry.round.has_mark(entry.position)


def test_the_secretary_has_something_to_judge_and_to_answer():
    for slug in SLUGS:
        branch = account("secretary", slug).affiliations.get().organisation
        waiting = Pledge.objects.filter(organisation=branch, status="submitted")

        assert waiting.exclude(written_by=account("secretary", slug)).exists()
        assert Feedback.objects.filter(window__organisation=branch, state="received").exists()


def test_somebody_unkept_explains_and_one_leader_is_late():
    assert Pledge.objects.filter(status="unkept").exclude(explanation="").exists()
    late = Duty.objects.overdue(today=today()).filter(act="leader_review", period__state="open")
    assert late.exists() or today() == running(SLUGS[0]).starts_on


def test_figures_are_varied():
    rates = {
        row.organisation_id: row.ratings_satisfied / row.ratings
        for row in Rollup.objects.filter(ratings__gt=100, period__state="closed")
    }
    assert 0.93 < sum(rates.values()) / len(rates) < 0.98
    assert max(rates.values()) - min(rates.values()) > 0.04
    assert RatingCount.objects.aggregate(n=Sum("count"))["n"] > 10_000
    assert Scorecard.objects.values("band").annotate(n=Count("pk")).count() >= 5
    assert SelfReview.objects.values("texts").distinct().count() > 40
    assert Draw.objects.count() == 12
    assert Person.objects.exclude(motto="").values("motto").distinct().count() >= 20


def test_the_audit_chain_holds():
    assert AuditEvent.objects.count() > 1000
    assert audit.verify() == []


def test_nobody_has_a_name_of_the_plans():
    for name in Person.objects.values_list("name", flat=True):
        assert hashlib.sha256(name.encode()).hexdigest() not in NAMES_OF_THE_PLANS


def test_a_second_run_changes_nothing():
    def counts():
        models = (Person, Organisation, Window, Duty, Pledge, Review, RatingCount, AuditEvent)
        return [model.objects.count() for model in models]

    before, output = counts(), StringIO()

    call_command("demo", stdout=output)

    assert counts() == before
    assert output.getvalue().count("已有，跳过") == len(SLUGS)


def test_production_refuses(settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError, match="正式环境"):
        call_command("demo")


@pytest.mark.parametrize("role", ROLES)
def test_one_signs_in_with_the_published_password(client, role):
    answer = client.post(
        reverse("login"), {"username": f"{role}.guanyun-weather", "password": "Demo-2026"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_sign_in_page_lists_the_accounts_by_campaign(client):
    answer = client.get(reverse("login"))
    groups = answer.context["demo_accounts"]

    assert [group["campaign"] for group in groups] == [
        Campaign.objects.get(slug=slug).name for slug in SLUGS
    ]
    assert all(len(group["accounts"]) == len(ROLES) for group in groups)
    assert "secretary.county-service-centre" in answer.content.decode()


def test_the_sign_in_page_is_silent_where_no_demo_is_allowed(client, settings):
    settings.DEMO_ALLOWED = False

    assert client.get(reverse("login")).context["demo_accounts"] == []


def plain_rows():
    return [
        row
        for row in ROWS
        if row.objects is None and not row.exempt and "GET" in row.methods.split()
    ]


@every_campaign
@every_role
def test_every_plain_page_opens_for_those_who_may(slug, role, signed_in):
    client = signed_in(role, slug)
    for row in plain_rows():
        if row.may(ROLES[role], "own", "GET"):
            answer = client.get(reverse(row.name) + row.query, follow=True)
            if answer.streaming:
                b"".join(answer)  # reads a file to its end, which closes it

            assert answer.status_code == 200, row.name


@every_campaign
@pytest.mark.parametrize("role", ["committee", "secretary", "leader", "inspector"])
def test_the_dashboard_has_figures(slug, role, signed_in):
    page = signed_in(role, slug).get(reverse("supervision:dashboard"))

    assert page.status_code == 200
    assert "%" in page.content.decode()


def test_all_windows_but_one_are_lit_where_the_plan_counts_them():
    """G10: the last one lacks a photo and says so."""
    campaign = Campaign.objects.get(slug="guanyun-weather")

    found = lights(campaign, today=today())

    dark = [one for one in found if not one.is_lit]
    assert [part.key for one in dark for part in one.parts if not part.is_there] == ["badge"]
    assert len(found) > len(dark) == 1


def test_a_closing_in_time_is_not_late():
    for duty in Duty.objects.filter(act="close_period", done_at__isnull=False):
        assert duty.done_at.date() <= duty.due_on


def test_window_boards_are_open_to_all(client):
    for window in Window.objects.all():
        board = client.get(reverse("pledges:window_board", args=[window.code]))

        assert board.status_code == 200
        assert window.name in board.content.decode()
        assert client.get(reverse("evaluations:window_rate", args=[window.code])).status_code == 200


def test_the_ledger_has_items_in_several_states_and_a_recheck():
    states = set(Rectification.objects.values_list("state", flat=True))

    assert states == {"found", "mending", "reported", "signed_off"}
    assert Rectification.objects.filter(steps__kind="called_back").exists()
    assert RecheckDraw.objects.filter(items__steps__kind="rechecked").exists()


@every_campaign
def test_badges_were_printed_and_one_is_stale(signed_in, slug):
    page = signed_in("secretary", slug).get(reverse("pledges:print_list"), {"kind": "badge"})

    assert page.context["stale"] == 1
    assert page.context["batches"]


def test_somebody_was_called_on_and_answered():
    """Nobody is late on the first days of a quarter: then there is nobody to call on."""
    if (today() - running("hengyang-bureau").starts_on).days > 40:
        assert Urge.objects.exclude(answered_at=None).exists()
    assert not Urge.objects.filter(person__username__startswith="member").exists()


def test_there_is_something_to_compare_and_to_honour(client):
    contest = Contest.objects.get(campaign__slug="guanyun-weather")
    flags = Award.objects.filter(campaign__slug="county-service-centre").order_by(
        "granted_on", "pk"
    )
    streak = Streak.objects.get(campaign__slug="guanyun-weather", count=125)

    assert contest.state == "published"
    assert contest.entrants.filter(prize="一等奖").count() == 1
    assert [one.name for one in streak.milestones.all()] == ["百班无错"]
    assert [one.ended_on is None for one in flags] == [False, True]
    assert "流动红旗窗口" in client.get("/honours/county-service-centre/").content.decode()
