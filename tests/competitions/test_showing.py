"""Titles and rows without an error hang on boards, 光荣榜 and the hall's screen while they are held (B07, H01, L22, L24)."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation
from campaigns.models.document.oversight import Title
from competitions.actions.showing import show_honours
from competitions.forms.selections import SelectionForm
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


def test_what_a_title_asks_stands_beside_it(world, client, held):
    """L22: the roll and the poster say by which standard; a streak says its own."""
    version = world.period.scheme_version
    version.document = deepcopy(version.document)
    version.document["criteria"] = [
        {"key": "flagged", "name": "红旗标准", "subject": "window",
         "entries": [{"text": "群众零投诉"}, {"text": "待定", "placeholder": True}]}
    ]  # fmt: skip
    version.document["titles"] = [
        {"key": "flag", "name": "流动红旗窗口", "subject": "window", "cycle": "quarterly",
         "criteria": ["flagged"]}
    ]  # fmt: skip
    version.digest = "with-criteria"
    version.save(update_fields=["document", "digest"])

    show_honours(at=timezone.now())

    for name in ("honour_roll", "honour_poster"):
        page = client.get(reverse(f"pledges:{name}", args=[world.root.code])).content.decode()
        assert "群众零投诉" in page
        assert "待定" not in page
        assert "连续满 100" in page


def test_a_title_without_standard_is_asked_for():
    titles = [Title(key="flag", name="流动红旗", subject="window", cycle="quarterly")]
    form = SelectionForm(
        titles=titles, organisations=Organisation.objects.none(), today=moment().date()
    )

    assert form.fields["title"].choices == [("flag", "流动红旗")]
    assert "标准未填：流动红旗" in form.fields["title"].help_text
    assert "先在方案的这个称号里选上标准" in form.fields["title"].help_text
