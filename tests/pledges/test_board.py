import pytest
from django.urls import reverse

from tests.factories import PledgeFactory, PostFactory


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
    with django_assert_num_queries(9):
        response = client.get(reverse("pledges:window_board", args=["NORTH2"]))

    assert response.status_code == 200
    assert world.member.name in response.content.decode()
    assert len(response.content) < 50_000


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_board_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    hang(world, count)
    with django_assert_num_queries(6):
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
