"""Screens for halls: public, no scrolling, a log of what was shown (L03, L17)."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from branches.models import Person, Window
from pledges.models import Appearance
from tests.factories import PledgeFactory, PostFactory


@pytest.fixture(autouse=True)
def _forget():
    cache.clear()


def pledges_of(world, count, **owner):
    owner = owner or {"owner_person": world.member}
    return [
        PledgeFactory(published=True, period=world.period, organisation=world.north, **owner)
        for _ in range(count)
    ]


def walls(world):
    return {
        "window": reverse("pledges:window_wall", args=[world.window.code]),
        "branch": reverse("pledges:organisation_wall", args=[world.north.code]),
        "campaign": reverse("pledges:campaign_wall", args=[world.campaign.slug]),
    }


@pytest.mark.parametrize("place", ["window", "branch", "campaign"])
def test_everybody_may_open_a_screen(world, client, place):
    response = client.get(walls(world)[place])

    assert response.status_code == 200
    assert "wall-page" in response.content.decode()


def test_pledges_are_cut_into_pages_and_only_the_first_is_open(world, client):
    pledges_of(world, 9)

    page = client.get(walls(world)["window"])

    slides = [slide for slide in page.context["slides"] if slide.kind == "pledges"]
    assert [len(slide.rows) for slide in slides] == [3, 3, 3]
    assert (
        page.content.decode().count('class="wall-page" hidden') == len(page.context["slides"]) - 1
    )


def test_a_draft_and_a_photo_without_consent_are_never_on_a_screen(world, client):
    PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.member, text="草稿里的话"
    )
    world.member.photo = "photos/x.jpg"
    world.member.save()

    for address in walls(world).values():
        page = client.get(address).content.decode()
        assert "草稿里的话" not in page
        assert f"/people/{world.member.pk}/photo" not in page


def test_what_a_screen_shows_is_logged_once_with_first_and_last(world, client):
    pledge = pledges_of(world, 1)[0]

    client.get(walls(world)["window"])
    client.get(walls(world)["window"])
    cache.clear()
    client.get(walls(world)["window"])

    shown = Appearance.objects.get()
    assert (shown.pledge, shown.channel, shown.place) == (pledge, "screen", "婚姻登记窗口大屏")
    assert shown.last_at >= shown.first_at


def test_the_log_is_on_the_pledge(world, as_person):
    pledge = pledges_of(world, 1)[0]
    client = as_person(world.secretary)
    client.get(walls(world)["branch"])

    page = client.get(reverse("pledges:pledge_detail", args=[pledge.pk])).content.decode()

    assert "在哪里公开过" in page
    assert "第一支部大屏" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("place", "asked"), [("window", 5), ("branch", 11), ("campaign", 6)])
def test_a_screen_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, place, asked, count
):
    pledges_of(world, count)
    pledges_of(world, count, owner_person=None, owner_window=world.window)
    for _ in range(count):
        PostFactory(organisation=world.north, window=world.window)
        Window.objects.create(organisation=world.north, name=f"窗口{Window.objects.count()}")
    client.get(walls(world)[place])

    with django_assert_num_queries(asked):
        client.get(walls(world)[place])


def test_a_long_name_is_written_smaller_on_a_screen(world, client):
    """L03: forty characters of a window and a person of twenty stay within their boxes."""
    Window.objects.filter(pk=world.window.pk).update(
        name="不动产统一登记与抵押预告登记综合受理窗口（含农村宅基地）"
    )
    Person.objects.filter(posts__window=world.window).update(name="阿卜杜热合曼·买买提明·玉素甫江")

    page = client.get(walls(world)["window"]).content.decode()

    assert re.search(r'<h1\s+class="wall-long"\s*>\s*不动产', page)
    assert re.search(r'<strong\s+class="wall-long"\s*>\s*阿卜杜热合曼', page)
