"""Titles and rows without an error hang on boards, 光荣榜 and the hall's screen while they are held (B07, H01, L22, L24)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from competitions.actions.showing import show_honours
from competitions.models import Award, Milestone
from pledges.models import PublishedHonour
from tests.factories.branches import moment
from tests.factories.competitions import (
    MilestoneFactory,
    SelectionFactory,
    ShiftFactory,
    StreakFactory,
)


@pytest.fixture
def held(world):
    """A flag held by the window, a hundred shifts without an error of one who serves there."""
    selection = SelectionFactory(
        period=world.period, organisation=world.root, name="流动红旗窗口", subject="window",
        made_by=world.officer, made_at=moment(),
    )  # fmt: skip
    award = Award.objects.create(
        campaign=world.campaign, period=world.period, selection=selection, title="flag",
        name="流动红旗窗口", window=world.window, organisation=world.north,
        granted_on=world.period.starts_on,
    )  # fmt: skip
    streak = StreakFactory(
        campaign=world.campaign, organisation=world.north, person=world.member, count=125, best=125
    )
    MilestoneFactory(shift=ShiftFactory(streak=streak))
    return award


def pages(world):
    return [
        reverse("pledges:window_board", args=[world.window.code]) + "?fresh=1",
        reverse("pledges:organisation_board", args=[world.north.code]) + "?fresh=1",
        reverse("pledges:honour_roll", args=[world.root.code]),
        reverse("pledges:honour_poster", args=[world.north.code]),
        reverse("pledges:organisation_wall", args=[world.north.code]),
    ]


def test_what_is_held_is_on_every_surface(world, client, held):
    show_honours(at=timezone.now())

    for address in pages(world):
        page = client.get(address).content.decode()
        assert "流动红旗窗口" in page, address
        assert "百班无错" in page, address
    assert "最长连续 125" in client.get(pages(world)[0]).content.decode()


def test_what_is_handed_on_or_taken_back_leaves(world, client, held):
    show_honours(at=timezone.now())
    Award.objects.filter(pk=held.pk).update(
        ended_on=world.period.ends_on, revoked_reason="查实不符"
    )

    show_honours(at=timezone.now())

    for address in pages(world):
        assert "流动红旗窗口" not in client.get(address).content.decode()


def test_only_the_highest_threshold_hangs_and_nothing_is_written_twice(
    world, held, django_assert_num_queries
):
    first = Milestone.objects.get()
    MilestoneFactory(shift=first.shift, threshold=250, name="二百五十班无错")

    assert show_honours(at=timezone.now()) == 2
    names = set(PublishedHonour.objects.values_list("name", flat=True))
    assert names == {"流动红旗窗口", "二百五十班无错"}
    with django_assert_num_queries(5):  # three reads inside a savepoint
        assert show_honours(at=timezone.now()) == 0


def test_a_colleague_elsewhere_does_not_bring_it_to_another_window(world, client, held):
    show_honours(at=timezone.now())

    page = client.get(reverse("pledges:window_board", args=[world.window2.code]) + "?fresh=1")

    assert "百班无错" not in page.content.decode()
