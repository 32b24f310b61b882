"""亮起来的窗口: card, board, badge photo and pledge, all four (G10)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Person
from tests.factories import WindowFactory, WindowTextFactory
from tests.factories.pledges import PledgeFactory, ask_owners


def lit(client, world):
    context = client.get(reverse("supervision:lit_windows", args=[world.campaign.slug])).context
    return context["lit"], context["total"], context["lights"]


@pytest.fixture
def complete(world):
    """婚姻登记窗口 with everything."""
    WindowTextFactory(window=world.window)
    Person.objects.filter(pk=world.member.pk).update(
        photo="photos/one.jpg", photo_consented_at=timezone.now()
    )
    PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.member, published=True
    )


def test_all_four_make_a_window_lit(world, as_person, complete):
    lit_now, total, lights = lit(as_person(world.committee_member), world)

    assert (lit_now, total) == (1, 2)
    assert [one.is_lit for one in lights] == [True, False]


@pytest.mark.parametrize("missing", ["board", "badge", "pledge"])
def test_one_missing_and_it_is_not_lit(missing, world, as_person, complete):
    if missing == "board":
        world.window.shown_texts.update(procedure=" ")
    elif missing == "badge":
        Person.objects.filter(pk=world.member.pk).update(photo_consented_at=None)
    else:
        world.campaign.pledges.update(status="draft")

    lit_now, _, lights = lit(as_person(world.committee_member), world)

    assert lit_now == 0
    (first,) = (one for one in lights if one.window == world.window)
    (part,) = (one for one in first.parts if not one.is_there)
    assert part.key == missing
    assert part.missing
    assert part.url


def test_a_plan_without_pledges_of_windows_is_lit_by_who_works_there(world, as_person, complete):
    """G10, L14: the link never leads to an owner whom the plan does not ask."""
    world.campaign.pledges.update(status="draft")
    ask_owners(world.period, "person", "branch")
    client = as_person(world.secretary)

    _, _, lights = lit(client, world)

    (first,) = (one for one in lights if one.window == world.window)
    (part,) = (one for one in first.parts if not one.is_there)
    assert part.url.endswith(f"?for=person:{world.member.pk}")
    form = client.get(part.url).context["form"]
    assert f"person:{world.member.pk}" in dict(form.fields["owner"].choices)


def test_a_member_reads_the_count_and_only_the_windows_of_the_branch(world, as_person, complete):
    lit_now, total, lights = lit(as_person(world.member), world)

    assert (lit_now, total) == (1, 2)
    assert [one.window for one in lights] == [world.window]


def test_queries_do_not_grow_with_windows(world, as_person, django_assert_num_queries):
    client = as_person(world.committee_member)
    url = reverse("supervision:lit_windows", args=[world.campaign.slug])
    client.get(url)
    for count in (1, 3):
        for _ in range(count):
            WindowFactory(organisation=world.north)
        with django_assert_num_queries(10):
            client.get(url)
