"""P17, P23: a peer round belongs to a period, a stage and an occasion (民主生活会, 行风评议), and says so wherever it is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common import jobs
from common.models import AuditEvent, Job, Notice
from evaluations.actions.close import close_round
from evaluations.forms.peer import RoundOpenForm
from evaluations.models import Round
from evaluations.queries import bulletins, rolls, rounds
from tests.evaluations.ballots import opened, vote, voters
from tests.factories import OrganisationFactory, PersonFactory


def posting(*organisations, **changes):
    filled = {
        "closes_at": f"{timezone.localtime() + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "organisations": [one.pk for one in organisations],
        "occasion": "民主生活会",
    }
    return filled | changes


def text_of(client, name, *arguments):
    answer = client.get(reverse(f"evaluations:{name}", args=arguments))
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_who_opens_a_round_says_what_it_belongs_to(world, as_person):
    url = reverse("evaluations:round_open", args=[world.period.pk])
    client = as_person(world.committee_member)

    assert "结合哪项会议或评议" in client.get(url).content.decode()
    answer = client.post(url, posting(world.north))

    round = Round.objects.get()
    assert answer.status_code == 302
    assert round.occasion == "民主生活会"
    assert (
        Notice.objects.filter(event=f"round-opened:{round.pk}")
        .first()
        .body.startswith("结合民主生活会。")
    )
    assert AuditEvent.objects.get(verb="开启互评").detail["场合"] == "民主生活会"


def test_sheet_roll_result_and_list_show_it(world, as_person):
    round = opened(world, occasion="行风评议")
    client = as_person(voters(round)[0])

    for page in ("peer_ballot", "round_detail"):
        assert "结合行风评议" in text_of(client, page, round.pk)
    assert "结合行风评议" in text_of(client, "round_list")

    for person in voters(round):
        vote(round, person)
    close_round(round, by=None, at=timezone.now())

    assert "结合行风评议" in text_of(client, "peer_result", round.pk, voters(round)[0].pk)
    held, item = Round.objects.get(), rolls.peer_item(world.period.plan)
    assert bulletins._round(held, item, 1)["rater"].endswith("票，结合行风评议")


def test_a_round_without_occasion_says_nothing_of_one(world, as_person):
    round = opened(world)

    assert "结合" not in text_of(as_person(voters(round)[0]), "peer_ballot", round.pk)


def test_the_stage_of_the_day_is_frozen_with_it(world, as_person):
    day = timezone.localdate()
    world.campaign.stages.all().delete()
    for order, name in enumerate(["动员部署", "组织实施"]):
        world.campaign.stages.create(
            key=f"s{order}", name=name, order=order, ends_on=day + timedelta(days=40),
            starts_on=day - timedelta(days=30 - order),
        )  # fmt: skip
    round = opened(world)
    world.campaign.stages.update(name="改名以后")

    assert round.stage == "组织实施"
    assert "阶段：组织实施" in text_of(as_person(voters(round)[0]), "round_detail", round.pk)


@pytest.mark.parametrize("way", ["joint", "named", "paper"])
def test_the_other_ways_of_a_small_branch_take_it_too(world, as_person, way):
    small = []
    for name in ("东", "西"):
        small.append(OrganisationFactory(parent=world.root, name=name))
        for number in range(4):
            PersonFactory(organisation=small[-1], name=f"{name}{number}")
    url = reverse("evaluations:round_small", args=[world.period.pk])

    as_person(world.committee_member).post(url, posting(*small, way=way))

    assert set(Round.objects.values_list("occasion", flat=True)) == {"民主生活会"}


def test_rounds_opened_in_the_background_take_it_too(world, as_person):
    many = []
    for number in range(6):
        many.append(OrganisationFactory(parent=world.root, name=f"支部{number}"))
        for _ in range(7):
            PersonFactory(organisation=many[-1])
    url = reverse("evaluations:round_open", args=[world.period.pk])

    as_person(world.committee_member).post(url, posting(*many))
    jobs.run(Job.objects.get(kind="open_rounds").pk)

    assert list(Round.objects.values_list("occasion", flat=True)) == ["民主生活会"] * 6


NAMED = ("民主生活会", "行风评议")


@pytest.mark.parametrize(
    ("named", "chosen", "problem"),
    [
        (NAMED, "行风评议", None),
        (NAMED, "", None),
        (NAMED, "年终宴会", "从所列的选项里选"),
        ((), "年度考核", None),
        ((), "考" * 41, "最多 40 个字"),
    ],
)
def test_a_scheme_that_names_occasions_offers_these_only(world, named, chosen, problem):
    form = RoundOpenForm(
        posting(world.north, occasion=chosen),
        organisations=rolls.peer_organisations(world.period),
        occasions=named,
    )

    assert form.is_valid() is (problem is None)
    assert problem is None or problem in str(form.errors["occasion"])


def test_the_county_plan_names_its_occasions():
    from tests.campaigns.test_scheme_plans import plan  # noqa: PLC0415 (a module of tests)

    assert rounds.occasions(plan("county-service-centre")) == NAMED
