import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import Notice
from pledges import actions
from pledges.actions.pledges import PledgeMoved
from pledges.models import Pledge
from tests.factories import DutyFactory, PledgeFactory


@pytest.fixture
def submitted(world):
    return PledgeFactory(
        period=world.period,
        organisation=world.north,
        owner_person=world.member,
        written_by=world.member,
        status="submitted",
    )


def url(pledge, page="pledge_review"):
    return reverse(f"pledges:{page}", args=[pledge.pk])


def test_secretary_publishes_and_anybody_reads_it(world, as_person, client, submitted):
    duty = DutyFactory(
        period=world.period,
        organisation=world.north,
        assignee=world.secretary,
        act="review_pledges",
    )

    as_person(world.secretary).post(url(submitted), {"verdict": "publish", "note": ""})
    client.logout()
    board = client.get(reverse("pledges:organisation_board", args=["NORTH"]))

    submitted.refresh_from_db()
    duty.refresh_from_db()
    assert submitted.status == Pledge.Status.PUBLISHED
    assert submitted.reviewed_by == world.secretary
    assert submitted.text in board.content.decode()
    assert duty.done_by == world.secretary


def test_a_return_needs_a_reason_and_tells_the_writer(world, as_person, submitted):
    client = as_person(world.secretary)

    bare = client.post(url(submitted), {"verdict": "return", "note": ""})
    client.post(url(submitted), {"verdict": "return", "note": "请写明目标天数"})

    submitted.refresh_from_db()
    assert "退回时请写明" in bare.content.decode()
    assert submitted.status == Pledge.Status.RETURNED
    assert Notice.objects.get().recipient == world.member


def test_nobody_reviews_his_own(world, as_person):
    own = PledgeFactory(
        period=world.period,
        organisation=world.north,
        owner_person=world.secretary,
        written_by=world.secretary,
        status="submitted",
    )

    assert as_person(world.secretary).get(url(own)).status_code == 403
    assert as_person(world.committee_member).get(url(own)).status_code == 200


def test_own_pledge_before_the_superior_keeps_no_duty_open(world, as_person, submitted):
    """What somebody else has to review is not what the secretary is late with."""
    PledgeFactory(
        period=world.period,
        organisation=world.north,
        owner_person=world.secretary,
        written_by=world.secretary,
        status="submitted",
    )
    duty = DutyFactory(
        period=world.period,
        organisation=world.north,
        assignee=world.secretary,
        act="review_pledges",
    )

    as_person(world.secretary).post(url(submitted), {"verdict": "publish", "note": ""})

    duty.refresh_from_db()
    assert duty.done_by == world.secretary


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member", 403),
        ("member2", 404),
        ("secretary2", 404),
        ("far_secretary", 404),
        ("inspector", 403),
        ("leader", 403),
    ],
)
def test_who_is_refused(world, as_person, submitted, who, status):
    response = as_person(getattr(world, who)).post(
        url(submitted), {"verdict": "publish", "note": ""}
    )

    submitted.refresh_from_db()
    assert response.status_code == status
    assert submitted.status == Pledge.Status.SUBMITTED


def test_two_reviewers_at_once_decide_once(world, submitted):
    first = Pledge.objects.get(pk=submitted.pk)
    second = Pledge.objects.get(pk=submitted.pk)
    actions.publish_pledge(first, by=world.secretary, at=timezone.now())

    with pytest.raises(PledgeMoved, match="已公示"):
        actions.return_pledge(second, by=world.committee_member, at=timezone.now(), note="晚了")

    assert Pledge.objects.get(pk=submitted.pk).status == Pledge.Status.PUBLISHED


def test_pressing_submit_twice_is_submitted_once(world, as_person, submitted):
    response = as_person(world.member).post(url(submitted, "pledge_submit"), follow=True)

    assert "已提交" in response.content.decode()
