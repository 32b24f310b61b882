from datetime import date

import pytest
from django.urls import reverse

from branches import actions
from tests.factories import PersonFactory, PostFactory
from tests.factories.branches import moment

AT = moment()


def test_a_window_has_a_short_code_that_is_easy_to_type(world):
    window = actions.add_window(organisation=world.north, by=world.secretary, at=AT, name="新窗口")

    assert len(window.code) == 6
    assert not set(window.code) & set("0O1I")


def test_two_windows_of_one_name_are_refused(world):
    with pytest.raises(actions.WindowRefused, match="同名窗口"):
        actions.add_window(
            organisation=world.north, by=world.secretary, at=AT, name=world.window.name
        )


def test_closing_a_window_ends_its_posts(world):
    actions.close_window(world.window, on=date(2026, 9, 1), by=world.secretary, at=AT)

    assert world.window.posts.get().ends_on == date(2026, 9, 1)
    closed = actions.update_window(world.window, by=world.secretary, at=AT, name="x")
    with pytest.raises(actions.WindowRefused, match="已撤销"):
        actions.add_post(
            person=world.member2,
            window=closed,
            by=world.secretary,
            at=AT,
            title="岗",
            starts_on=date(2026, 9, 2),
        )


def test_one_person_is_at_a_window_once(world):
    with pytest.raises(actions.WindowRefused, match="已经在这个窗口"):
        actions.add_post(
            person=world.member,
            window=world.window,
            by=world.secretary,
            at=AT,
            title="岗",
            starts_on=date(2026, 9, 2),
        )


def test_people_of_another_branch_are_not_offered_for_a_post(world, as_person):
    response = as_person(world.secretary).post(
        reverse("branches:post_add", args=[world.window.pk]),
        {"person": world.neighbour1.pk, "title": "岗", "starts_on": "2026-09-01"},
    )

    assert response.status_code == 200
    assert world.window.posts.count() == 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_database_equally_often(
    world, as_person, item_count, django_assert_num_queries
):
    for person in PersonFactory.create_batch(item_count, organisation=world.north):
        PostFactory(person=person, organisation=world.north, window=world.window)
    client = as_person(world.secretary)
    client.get("/healthz")

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(reverse("branches:window_detail", args=[world.window.pk]))


PAGE_QUERIES = 19  # twelve of them: what there is about the window
