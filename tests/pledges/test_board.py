from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pledges.models import Plaque, PublishedHonour, Whereabouts
from tests.factories import (
    CampaignFactory,
    PeriodFactory,
    PledgeFactory,
    PledgeVersionFactory,
    PostFactory,
)


def hang(world, count):
    for _ in range(count):
        PledgeFactory(
            published=True, period=world.period, organisation=world.north, owner_person=world.member
        )
        PostFactory(organisation=world.north, window=world.window)


@pytest.mark.parametrize("count", [1, 3])
def test_window_board_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    hang(world, count)
    with django_assert_num_queries(8):
        response = client.get(reverse("pledges:window_board", args=["NORTH2"]))

    assert response.status_code == 200
    assert world.member.name in response.content.decode()
    assert len(response.content) < 50_000


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_board_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    hang(world, count)
    with django_assert_num_queries(7):
        client.get(reverse("pledges:organisation_board", args=["NORTH"]))


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    hang(world, count)
    client = as_person(world.secretary)
    client.get(reverse("pledges:pledge_list"))
    with django_assert_max_num_queries(14) as counted:
        client.get(reverse("pledges:pledge_list"))
    world.queries = len(counted)


def test_drafts_never_hang_on_a_board(world, client):
    PledgeFactory(
        period=world.period,
        organisation=world.north,
        owner_person=world.member,
        text="还没审核的话",
    )

    for page in (
        reverse("pledges:window_board", args=["NORTH2"]),
        reverse("pledges:organisation_board", args=["NORTH"]),
    ):
        assert "还没审核的话" not in client.get(page).content.decode()


def test_typed_code_opens_the_board_and_a_wrong_one_says_so(world, client):
    found = client.get(reverse("pledges:window_board_list"), {"code": "north2"})
    missed = client.get(reverse("pledges:window_board_list"), {"code": "NOPE99"})

    assert world.window.name in found.content.decode()
    assert "没有短码是 NOPE99 的窗口" in missed.content.decode()


def test_photo_is_shown_only_with_consent(world, client):
    page = client.get(reverse("pledges:window_board", args=["NORTH2"])).content.decode()

    assert "的照片" not in page


def test_qr_code_leads_to_rating(world, client):
    response = client.get(reverse("pledges:window_qr", args=["NORTH2"]))

    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content


def test_own_then_windows_then_leaders_then_everybody(world, client):
    """R10, on both databases: NULLs must not rise to the top. (L14)"""
    owners = [
        {"owner_person": world.member, "text": "党员的承诺"},
        {"owner_person": world.secretary, "text": "书记的承诺"},
        {"owner_person": None, "owner_window": world.window, "text": "窗口的承诺"},
        {"owner_person": None, "owner_organisation": world.north, "text": "支部的承诺"},
    ]
    for owner in owners:
        PledgeFactory(
            published=True, period=world.period, organisation=world.north,
            written_by=world.secretary, **owner,
        )  # fmt: skip

    page = client.get(reverse("pledges:organisation_board", args=["NORTH"])).content.decode()

    order = sorted(("支部的承诺", "窗口的承诺", "书记的承诺", "党员的承诺"), key=page.index)
    assert order == ["支部的承诺", "窗口的承诺", "书记的承诺", "党员的承诺"]


def test_a_changed_pledge_shows_the_approved_wording(world, client):
    pledge = PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=world.member,
        text="新的话", status="submitted",
    )  # fmt: skip
    PledgeVersionFactory(pledge=pledge, text="审过的话")

    for page in ("pledges:organisation_board", "pledges:window_board"):
        code = "NORTH" if "organisation" in page else "NORTH2"
        words = client.get(reverse(page, args=[code])).content.decode()
        assert "审过的话" in words
        assert "新的话" not in words


def test_a_board_is_kept_for_a_moment_for_visitors_only(
    world, as_person, settings, django_assert_num_queries
):
    settings.PUBLIC_PAGE_SECONDS = 30
    caches["moment"].clear()
    board, visitor = reverse("pledges:window_board", args=["NORTH2"]), Client()
    visitor.get(board)
    hang(world, 1)

    with django_assert_num_queries(0):
        kept = visitor.get(board)

    assert "承诺事项" not in kept.content.decode()
    assert "承诺事项" in visitor.get(f"{board}?fresh=1").content.decode()
    assert "承诺事项" in as_person(world.member).get(board).content.decode()
    visitor.cookies["type"] = "large"
    assert 'class="large"' in visitor.get(board).content.decode()
    caches["moment"].clear()
    assert "承诺事项" in Client().get(board).content.decode()


def test_two_campaigns_over_one_branch_share_its_boards(world, client):
    """L17, R11: whoever reads the board sees what was pledged in each of them."""
    other = PeriodFactory(campaign=CampaignFactory(slug="beside", organisation=world.root))
    for period, text in ((world.period, "一号承诺"), (other, "二号承诺")):
        PledgeFactory(
            published=True, period=period, organisation=world.north, owner_person=world.member,
            text=text,
        )  # fmt: skip

    for page in ("organisation_board", "window_board"):
        code = "NORTH" if page == "organisation_board" else "NORTH2"
        shown = client.get(reverse(f"pledges:{page}", args=[code])).content.decode()
        assert "一号承诺" in shown
        assert "二号承诺" in shown


def test_who_left_two_notes_stands_once_with_the_later(world, client):
    """G05: notes come with the staff in one statement, and nobody doubles."""
    now = timezone.now()
    for minutes, text in ((30, "早的去向"), (5, "晚的去向")):
        Whereabouts.objects.create(
            person=world.member, organisation=world.north, text=text, ask=world.member2,
            away_at=now - timedelta(minutes=minutes), back_at=now + timedelta(hours=1),
        )  # fmt: skip

    page = client.get(reverse("pledges:window_board", args=["NORTH2"]) + "?fresh=1")

    assert [post.person for post in page.context["staff"]] == [world.member]
    assert "晚的去向" in page.content.decode()
    assert "早的去向" not in page.content.decode()
    assert world.member2.name in page.content.decode()


def test_plaques_and_titles_of_window_and_staff_hang_in_order(world, client):
    """L21, L22: the window's and its people's, nobody else's."""
    day = timezone.localdate()
    for name, holder in (
        ("示范岗", {"holder_person": world.member}),
        ("示范窗口", {"holder_window": world.window}),
        ("别人的牌", {"holder_person": world.member2}),
    ):
        Plaque.objects.create(
            organisation=world.north, name=name, criteria="零差评", starts_on=day, state="live",
            proposed_by=world.secretary, checked_by=world.officer, published_at=timezone.now(),
            written_at=timezone.now(), **holder,
        )  # fmt: skip
    for number, since in enumerate((day - timedelta(days=9), day)):
        PublishedHonour.objects.create(
            key=f"award:{number}", name=f"称号{number}", organisation=world.north,
            window=world.window, since_on=since, criteria="群众零投诉",
        )  # fmt: skip

    page = client.get(reverse("pledges:window_board", args=["NORTH2"]) + "?fresh=1")

    assert sorted(one.name for one in page.context["plaques"]) == ["示范岗", "示范窗口"]
    assert [one.name for one in page.context["honours"]] == ["称号1", "称号0"]
    assert page.context["honours"][0].holder == world.window.name
    assert "群众零投诉" in page.content.decode()
    assert "/x/plaque/" in page.content.decode()
