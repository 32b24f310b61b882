"""今天要办 for those who hold a role (T04, Z03, Z08, S06): what waits and is nobody's duty, by day, one tap to the form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from evaluations.models import FeedbackAppeal
from supervision.actions.reopening import reopen_period
from supervision.models import Checking, Rectification, Standing
from tests.factories import FeedbackFactory, PledgeFactory


def item(world, **fields):
    fields = {"due_on": today() + timedelta(days=40), "state": "found"} | fields
    if fields["state"] != "found":
        fields |= {"measure": "排班到人", "owner": world.member}
    return Rectification.objects.create(
        campaign=world.campaign,
        period=world.period,
        organisation=world.north,
        source="inspection",
        problem="午间窗口无人",
        first_due_on=fields["due_on"],
        found_by=world.inspector,
        found_at=timezone.now(),
        **fields,
    )


def shown(as_person, who):
    """{title: (group, address)} of the page."""
    response = as_person(who).get("/")
    return {
        line.title: (key, line.url)
        for _, key, lines in response.context["groups"]
        for line in lines
        if line.url
    }


def test_an_overdue_item_stands_among_the_late_for_those_above(world, as_person):
    one = item(world, state="mending", due_on=today() - timedelta(days=3))

    for who in (world.committee_member, world.officer, world.inspector):
        place = shown(as_person, who)["整改超期没有完成 1 件"]
        assert place == ("late", reverse("supervision:ledger_detail", args=[one.pk]))
    assert "整改超期没有完成 1 件" not in shown(as_person, world.member2)


def test_several_lead_to_the_list_filtered_by_them(world, as_person):
    for days in (2, 5):
        item(world, state="mending", due_on=today() - timedelta(days=days))

    place = shown(as_person, world.officer)["整改超期没有完成 2 件"]

    assert place == ("late", reverse("supervision:ledger_list") + "?late=1")


def test_a_reported_item_waits_for_anybody_but_who_mended_it(world, as_person):
    one = item(world, state="reported", reported_by=world.secretary, reported_at=timezone.now())
    title, address = "整改已报告，等待销号 1 件", ["supervision:ledger_sign_off", one.pk]

    assert shown(as_person, world.officer)[title] == (
        "waits",
        reverse(address[0], args=address[1:]),
    )
    assert title not in shown(as_person, world.secretary)
    assert as_person(world.officer).get(reverse(address[0], args=address[1:])).status_code == 200


def test_a_found_item_asks_its_secretary_for_a_measure_by_its_day(world, as_person):
    one = item(world, due_on=today())

    place = shown(as_person, world.secretary)["整改事项要定措施和责任人 1 件"]

    assert place == ("today", reverse("supervision:ledger_plan", args=[one.pk]))
    assert "整改事项要定措施和责任人 1 件" not in shown(as_person, world.secretary2)


def test_what_went_up_waits_for_an_outcome(world, as_person):
    one = item(world, state="mending", escalated_at=timezone.now())

    place = shown(as_person, world.committee_member)["上报的整改要写处理结果 1 件"]

    assert place == ("waits", reverse("supervision:ledger_outcome", args=[one.pk]))


def test_an_appeal_waits_for_those_above_not_for_who_asked(world, as_person):
    bad = FeedbackFactory(campaign=world.campaign, window=world.window, is_bad=True)
    FeedbackAppeal.objects.create(
        feedback=bad, reason="不是本窗口办的", asked_by=world.secretary, asked_on=today()
    )
    address = reverse("evaluations:feedback_list") + "?appeal=1"

    assert shown(as_person, world.officer)["差评申诉等待复核 1 件"] == ("waits", address)
    assert "差评申诉等待复核 1 件" not in shown(as_person, world.secretary)
    listed = as_person(world.officer).get(address)
    assert [one.pk for one in listed.context["page"].object_list] == [bad.pk]


def test_opinions_stand_by_the_day_they_must_be_answered(world, as_person):
    day = today() - timedelta(days=1)
    FeedbackFactory(campaign=world.campaign, window=world.window, due_on=day)

    assert shown(as_person, world.secretary)["群众意见等您答复 1 件"][0] == "late"
    assert shown(as_person, world.officer)["群众意见超期没有答复 1 件"][0] == "late"
    assert not shown(as_person, world.secretary2)


def test_a_secretarys_own_pledge_waits_above(world, as_person):
    PledgeFactory(
        period=world.period,
        campaign=world.campaign,
        organisation=world.north,
        owner_person=world.secretary,
        written_by=world.secretary,
        status="submitted",
        submitted_at=timezone.now(),
    )

    place = shown(as_person, world.officer)["支部书记的承诺等待审核 1 项"]

    assert place == ("waits", reverse("pledges:pledge_review_list"))


def test_an_undecided_class_a_reopened_period_and_a_begun_check_wait(world, as_person):
    now = timezone.now()
    one = Standing.objects.create(
        period=world.closed_period,
        subject="branch",
        organisation=world.north,
        proposed="middle",
        proposed_at=now,
    )
    reopen_period(world.closed_period, reason="漏录一份点评", by=world.officer, at=now)
    check = Checking.objects.create(
        campaign=world.campaign,
        period=world.period,
        organisation=world.north,
        method="visit",
        begun_at=now,
        begun_by=world.committee_member,
    )

    found = shown(as_person, world.committee_member)

    decide = reverse("supervision:standing_decide", args=[one.pk])
    assert found["分类建议要定级 1 个"] == ("waits", decide)
    assert found["重新打开的周期要再结算 1 个"] == ("waits", reverse("supervision:period_close"))
    edit = reverse("supervision:checking_edit", args=[check.pk])
    assert found["现场检查还没有记完 1 次"] == ("waits", edit)


@pytest.mark.parametrize("who", ["officer", "secretary"])
def test_pointers_cost_the_same_for_one_and_three(
    world, as_person, django_assert_max_num_queries, who
):
    client = as_person(getattr(world, who))
    item(world, state="mending", due_on=today() - timedelta(days=3))
    client.get("/")
    with django_assert_max_num_queries(40) as once:
        client.get("/")
    for _ in range(2):
        item(world, state="mending", due_on=today() - timedelta(days=3))

    with django_assert_max_num_queries(len(once)):
        client.get("/")
