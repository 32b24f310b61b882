"""S06, S07, S09: classes proposed with reasons, decided by people, answered by the branch, followed by a guide."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from campaigns.models import Period, SchemeVersion
from common.models import Notice
from supervision.actions import standings as actions
from supervision.models import GuideVisit, Standing
from supervision.queries.standings import gap_to_next, lines
from tests.factories import ClosingFactory, RollupFactory, ScorecardFactory

RULES = {
    "classes": [
        {
            "key": "advanced",
            "name": "先进",
            "treatment": "巩固提高",
            "conditions": [
                {"figure": "place", "at_most": 50},
                {"figure": "overdue", "at_most": 0},
            ],
        },
        {"key": "middle", "name": "中间", "treatment": "对照先进找差距"},
        {
            "key": "behind",
            "name": "后进",
            "treatment": "专人督促",
            "needs": "any",
            "conditions": [
                {"figure": "bad", "at_least": 5},
                {"figure": "overdue", "at_least": 2},
            ],
        },
    ]
}


@pytest.fixture
def settled(world):
    """The last quarter is settled: the north is first, the south second with an overdue item."""
    version = SchemeVersion.objects.get(pk=world.period.scheme_version_id)
    version.document = {**version.document, "classification": RULES}
    version.digest = "with classes"
    version.save()
    Period.objects.update(scheme_version=version)
    world.period = Period.objects.get(pk=world.period.pk)
    world.closed_period = Period.objects.get(pk=world.closed_period.pk)
    closing = ClosingFactory(period=world.closed_period)
    for rank, branch, overdue in [(1, world.north, 0), (2, world.south, 1)]:
        ScorecardFactory(
            closing=closing,
            subject="branch",
            person=None,
            organisation=branch,
            subject_id=branch.pk,
            rank=rank,
            score=f"{90 - rank}",
            group_size=2,
        )
        RollupFactory(
            period=world.closed_period, organisation=branch, people=8, ledger_overdue=overdue
        )
    return world


def propose(world):
    actions.propose_standings(world.closed_period, by=world.committee_member, at=timezone.now())
    return Standing.objects.order_by("organisation__path")


def decide(world, standing, decided="middle", **changes):
    parts = {"why": "", "plan": "", "plan_due_on": None, "guide": None}
    return actions.decide_standing(
        standing,
        decided=decided,
        **parts | changes,
        by=world.committee_member,
        at=timezone.now(),
    )


def test_classes_are_proposed_with_their_reasons(settled):
    north, south = propose(settled)

    assert (north.proposed, south.proposed) == ("advanced", "middle")
    assert north.reasons == ["同类排在前 50%（要求前 50%）", "超期整改 0 件（不多于 0 件）"]
    assert south.reasons == [
        "离“先进”还差：同类排在前 100%（要求前 50%）",
        "离“先进”还差：超期整改 1 件（不多于 0 件）",
    ]


def test_the_worst_class_goes_before_a_good_place(settled):
    settled.closed_period.rollups.filter(organisation=settled.north).update(ratings_bad=7)

    north, _ = propose(settled)

    assert (north.proposed, north.reasons) == ("behind", ["差评 7 件（不少于 5 件）"])


def test_another_class_than_the_proposed_needs_a_reason(settled):
    north, _ = propose(settled)

    with pytest.raises(actions.StandingRefused, match="请写明理由"):
        decide(settled, north, "behind")
    decide(settled, north, "behind", why="群众集中反映")

    north.refresh_from_db()
    assert (north.decided, north.why) == ("behind", "群众集中反映")
    assert Notice.objects.get(event=f"standing:{north.pk}:behind").recipient == settled.secretary


def test_what_is_decided_is_not_proposed_anew(settled):
    north, _ = propose(settled)
    decide(settled, north, "advanced")
    settled.closed_period.rollups.update(ratings_bad=9)

    north, south = propose(settled)

    assert (north.proposed, south.proposed) == ("advanced", "behind")


def test_the_committee_does_it_all_in_the_browser(settled, as_person):
    client = as_person(settled.committee_member)
    client.post(reverse("supervision:standing_propose"))
    assertContains(client.get(reverse("supervision:standing_list")), "其余 2 个按建议定")
    client.post(reverse("supervision:standing_accept"))

    assert list(Standing.objects.order_by("organisation__path").values_list("decided")) == [
        ("advanced",),
        ("middle",),
    ]
    page = client.get(reverse("supervision:standing_list"), {"export": "xlsx"})
    assert page["Content-Type"].endswith("sheet")
    page.close()


def test_each_sees_what_his_class_is_for(settled, as_person):
    north, south = propose(settled)
    decide(settled, north, "advanced")
    plan_due_on = timezone.localdate() + timedelta(days=30)
    decide(settled, south, plan="每周看一次台账", plan_due_on=plan_due_on)

    own = as_person(settled.secretary2).get(reverse("supervision:standing_detail", args=[south.pk]))
    assertContains(own, "离上一类还差什么")
    assertContains(own, "每周看一次台账")
    honours = as_person(settled.neighbour1).get(reverse("supervision:standing_honours"))
    assertContains(honours, str(settled.north))
    assertNotContains(honours, f"<h2>{settled.south}</h2>")
    assert gap_to_next(north) == []


def test_nobody_below_sees_a_proposal(settled, as_person):
    north, _ = propose(settled)
    page = reverse("supervision:standing_detail", args=[north.pk])

    assert as_person(settled.secretary).get(page).status_code == 404
    assert as_person(settled.leader).get(page).status_code == 200
    assertContains(
        as_person(settled.secretary).get(reverse("supervision:standing_list")), "类别还没有定"
    )


def test_the_branch_answers_once(settled, as_person):
    north, _ = propose(settled)
    decide(settled, north, "advanced")
    client = as_person(settled.secretary)
    address = reverse("supervision:standing_answer", args=[north.pk])

    client.post(address, {"answer": "我们把逐一点评坚持下来"})
    assert client.post(address, {"answer": "再改"}).status_code == 403

    north.refresh_from_db()
    assert (north.answer, north.answered_by) == ("我们把逐一点评坚持下来", settled.secretary)


def test_the_guide_keeps_a_log_of_visits(settled, as_person):
    _, south = propose(settled)
    decide(settled, south, guide=settled.leader)
    client = as_person(settled.leader)
    address = reverse("supervision:guide_visit_add", args=[south.pk])

    late = timezone.localdate() + timedelta(days=1)
    assertContains(client.post(address, {"visited_on": late, "found": "未来"}), "不能晚于今天")
    client.post(address, {"visited_on": timezone.localdate(), "found": "台账已补齐"})

    assert GuideVisit.objects.get().found == "台账已补齐"
    assert as_person(settled.secretary2).get(address).status_code == 403


def test_an_open_period_is_not_classed(settled):
    with pytest.raises(actions.StandingRefused, match="还没有结算"):
        actions.propose_standings(settled.period, by=settled.committee_member, at=timezone.now())


def test_movement_against_the_last_classes(settled):
    north, _ = propose(settled)
    decide(settled, north, "advanced")
    before = Standing(
        period=settled.period, organisation=settled.north, subject="branch", decided="middle",
        decided_at=timezone.now(), decided_by=settled.leader, proposed_at=timezone.now(),
    )  # fmt: skip
    settled.period.ends_on = settled.closed_period.starts_on - timedelta(days=1)
    settled.period.starts_on = settled.period.ends_on - timedelta(days=80)
    settled.period.save()
    before.save()

    line = lines(settled.closed_period, Standing.objects.filter(pk=north.pk))[0]

    assert line.movement == "up"


def test_decided_without_a_name_is_refused_by_the_database(settled):
    north, _ = propose(settled)

    with pytest.raises(IntegrityError):
        Standing.objects.filter(pk=north.pk).update(decided="advanced")


@pytest.mark.parametrize("who", ["member", "secretary", "inspector"])
def test_others_do_not_decide(settled, as_person, who):
    propose(settled)

    for name in ("standing_propose", "standing_accept"):
        response = as_person(getattr(settled, who)).post(reverse(f"supervision:{name}"))
        assert response.status_code == 403


@pytest.mark.parametrize("branches", [1, 2])
def test_the_list_asks_the_same_number_of_questions(
    settled, as_person, django_assert_max_num_queries, branches
):
    propose(settled)
    Standing.objects.filter(pk__gt=Standing.objects.order_by("pk")[branches - 1].pk).delete()
    client = as_person(settled.committee_member)
    client.get(reverse("supervision:standing_list"))

    with django_assert_max_num_queries(14):
        client.get(reverse("supervision:standing_list"))
