"""D10, P24: a closed period is opened again only with a reason; everything published stays until the next version."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from common.models import AuditEvent, Notice
from supervision.actions.closing import close_period
from supervision.actions.reopening import ReopeningRefused, reopen_period
from supervision.models import Closing, Scorecard
from supervision.queries.readiness import due_for_closing

REASON = "漏录了一份领导点评"
CLOSE = "supervision:period_close"


@pytest.fixture
def closed(world):
    """The world's running quarter, closed once."""
    close_period(world.period, by=world.officer, at=timezone.now())
    world.period.refresh_from_db()
    return world


def address(world):
    return reverse("supervision:period_reopen", args=[world.period.pk])


def test_the_committee_reopens_with_a_reason_and_closes_as_a_second_version(closed, as_person):
    client = as_person(closed.committee_member)
    page = client.get(reverse(CLOSE))
    assertContains(page, address(closed))

    response = client.post(address(closed), {"reason": REASON})

    assertRedirects(response, reverse(CLOSE))
    closed.period.refresh_from_db()
    assert (closed.period.is_open, closed.period.reopen_reason) == (True, REASON)
    assertContains(client.get(reverse(CLOSE)), f"原因：{REASON}")
    close_period(closed.period, by=closed.committee_member, at=timezone.now())
    second = Closing.objects.get(period=closed.period, version=2)
    assert second.reason == REASON
    assertContains(client.get(reverse(CLOSE)), REASON)


@pytest.mark.parametrize("reason", ["", "   ", "改一下"])
def test_without_a_reason_it_stays_closed(closed, as_person, reason):
    response = as_person(closed.committee_member).post(address(closed), {"reason": reason})

    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    closed.period.refresh_from_db()
    assert not closed.period.is_open
    with pytest.raises(ReopeningRefused, match="写明原因"):
        reopen_period(closed.period, reason=" ", by=closed.officer, at=timezone.now())


def test_twice_is_told_and_changes_nothing(closed, as_person):
    client = as_person(closed.committee_member)
    client.post(address(closed), {"reason": REASON})

    response = client.post(address(closed), {"reason": "另一个人同时也按了"}, follow=True)

    assertContains(response, "现在没有结算，不用重新打开。")
    closed.period.refresh_from_db()
    assert closed.period.reopen_reason == REASON
    assert AuditEvent.objects.filter(verb="重新打开周期").count() == 1


def test_published_cards_stay_and_say_that_they_are_being_corrected(closed, as_person):
    reopen_period(closed.period, reason=REASON, by=closed.officer, at=timezone.now())
    card = Scorecard.objects.latest().get(subject="branch", organisation=closed.north)
    client = as_person(closed.secretary)
    detail = reverse("supervision:scorecard_detail", args=[card.pk])

    assertContains(client.get(detail), REASON)
    listed = client.get(reverse("supervision:scorecard_list", query={"period": closed.period.key}))
    assertContains(listed, REASON)
    close_period(closed.period, by=closed.officer, at=timezone.now())
    old = client.get(detail)
    assertContains(old, "已由新的一次代替")
    assertContains(old, "本期历次结算")
    again = client.get(reverse("supervision:scorecard_list", query={"period": closed.period.key}))
    assertNotContains(again, "已重新打开")


def test_those_who_close_with_him_are_told_once(closed):
    reopen_period(closed.period, reason=REASON, by=closed.officer, at=timezone.now())

    told = Notice.objects.filter(event=f"reopened:{closed.period.pk}:1")
    assert [one.recipient for one in told] == [closed.committee_member]


def test_the_portal_does_not_close_a_reopened_period_by_itself(closed):
    later = timezone.now() + timedelta(days=200)
    assert due_for_closing(at=later) == []
    reopen_period(closed.period, reason=REASON, by=closed.officer, at=timezone.now())

    assert due_for_closing(at=later) == []


def test_a_concluded_round_stays_as_it_is(closed):
    closed.campaign.lessons = "抓早抓小"
    closed.campaign.concluded_at, closed.campaign.concluded_by = timezone.now(), closed.officer
    closed.campaign.save()

    with pytest.raises(ReopeningRefused, match="已经总结结束"):
        reopen_period(closed.period, reason=REASON, by=closed.officer, at=timezone.now())


def test_the_page_of_closings_asks_as_often_for_one_as_for_three(
    closed, as_person, django_assert_max_num_queries
):
    client = as_person(closed.committee_member)
    client.get(reverse(CLOSE))
    with django_assert_max_num_queries(40) as once:
        client.get(reverse(CLOSE))
    for version in (2, 3):
        Closing.objects.create(
            period=closed.period,
            version=version,
            closed_at=timezone.now(),
            reason=REASON,
            digest="",
        )

    with django_assert_max_num_queries(len(once)):
        client.get(reverse(CLOSE))
