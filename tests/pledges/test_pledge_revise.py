"""D6: a published wording is never silently replaced."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pledges import actions
from pledges.models import Pledge
from tests.factories import PledgeFactory


@pytest.fixture
def published(world):
    return PledgeFactory(
        published=True,
        period=world.period,
        organisation=world.north,
        owner_person=world.member,
        written_by=world.member,
        text="三日办结",
        target="3 个工作日",
    )


def revise(as_person, world, pledge):
    return as_person(world.member).post(
        reverse("pledges:pledge_revise", args=[pledge.pk]),
        {
            "text": "一日办结",
            "baseline": pledge.baseline,
            "target": "1 个工作日",
            "due_on": pledge.due_on.isoformat(),
            "reason": "流程已优化",
        },
    )


def test_public_reads_the_old_wording_until_the_new_one_is_approved(
    world, as_person, client, published
):
    page = reverse("pledges:pledge_public", args=[published.pk])

    revise(as_person, world, published)
    client.logout()
    before = client.get(page).content.decode()
    actions.publish_pledge(
        Pledge.objects.get(pk=published.pk), by=world.secretary, at=timezone.now()
    )
    after = client.get(page).content.decode()

    assert "三日办结" in before
    assert "一日办结" not in before
    assert "修改待审核" in before
    assert "一日办结" in after
    assert "原为：三日办结" in after
    assert "流程已优化" in after


def test_a_draft_has_no_public_page(world, client):
    draft = PledgeFactory(period=world.period, organisation=world.north)

    assert client.get(reverse("pledges:pledge_public", args=[draft.pk])).status_code == 404


def test_others_cannot_change_it(world, as_person, published):
    page = reverse("pledges:pledge_revise", args=[published.pk])

    assert as_person(world.member2).get(page).status_code == 403
    assert as_person(world.neighbour1).get(page).status_code == 404
