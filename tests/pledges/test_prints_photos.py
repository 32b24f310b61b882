"""Whose photo will be missing on what is about to be printed (L04, L09)."""

from django.urls import reverse

from tests.pledges.test_prints import LIST, allow, order, with_photo


def test_who_has_no_photo_is_told_before_printing(world, as_person):
    """L04: named with a link; it may be printed all the same."""
    allow(world, "badge", "board", fields=["name", "photo"])
    with_photo(world.member)

    page = as_person(world.secretary).get(LIST, {"kind": "badge"})
    boards = as_person(world.secretary).get(LIST, {"kind": "member_board"})
    unseen = dict(page.context["unseen"])
    response = order(as_person(world.secretary))

    assert world.member2.pk in unseen
    assert world.member.pk not in unseen
    assert f"{len(unseen)} 人没有可以公开的照片" in page.content.decode()
    assert reverse("branches:person_detail", args=[world.member2.pk]) in page.content.decode()
    assert world.member2.pk in dict(boards.context["unseen"])
    assert response.status_code == 302


def test_a_card_without_photo_asks_for_none(world, as_person):
    allow(world, "badge", fields=["name", "unit"])

    assert not as_person(world.secretary).get(LIST, {"kind": "badge"}).context["unseen"]
