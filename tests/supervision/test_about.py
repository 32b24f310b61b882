"""The pages of people, windows and branches lead to everything about them that one may see (issue 9, joins)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from supervision.models import Rectification
from supervision.queries.about import about
from tests.factories import FeedbackFactory, InspectionFactory, PledgeFactory
from tests.supervision.test_ledger import found, office

__all__ = ["office"]


def names(viewer, thing):
    return {name: [line.label for line in lines] for name, lines, _ in about(viewer, thing)}


@pytest.fixture
def shown(office):
    item = found(office, window=office.window)
    Rectification.objects.filter(pk=item.pk).update(owner=office.member)
    common = {"published": True, "period": office.period, "organisation": office.north}
    PledgeFactory(**common, text="承诺 owner_person", owner_person=office.member)
    PledgeFactory(**common, text="承诺 owner_window", of_window=True, owner_window=office.window)
    InspectionFactory(period=office.period, organisation=office.north, window=office.window)
    return office


def test_of_a_person(shown):
    assert names(shown.secretary, shown.member) == {
        "承诺": ["承诺 owner_person"],
        "整改": ["窗口排队时间长"],
    }


def test_of_a_window_and_its_branch(shown):
    of_window = names(shown.secretary, shown.window)

    assert of_window["承诺"] == ["承诺 owner_window"]
    assert of_window["整改"] == ["窗口排队时间长"]
    assert of_window["督查"] == ["婚姻登记窗口"]
    assert names(shown.secretary, shown.north)["整改"] == ["窗口排队时间长"]


@pytest.mark.parametrize("who", ["far_secretary", "stranger", "system_admin"])
def test_nothing_for_those_who_may_not_look(shown, who):
    for thing in (shown.member, shown.window, shown.north):
        assert names(getattr(shown, who), thing) == {}


@pytest.mark.parametrize("who", ["secretary", "leader", "inspector", "committee_member"])
def test_every_line_opens_for_who_sees_it(shown, as_person, who):
    viewer = getattr(shown, who)
    client = as_person(viewer)

    for thing, page in (
        (shown.member, "person"), (shown.window, "window"), (shown.north, "organisation"),
    ):  # fmt: skip
        answer = client.get(reverse(f"branches:{page}_detail", args=[thing.pk])).content.decode()
        for _, lines, _ in about(viewer, thing):
            for line in lines:
                assert f'href="{line.url}"' in answer
                assert client.get(line.url).status_code == 200


def test_the_rest_stands_in_the_list(shown):
    for number in range(6):
        PledgeFactory(
            published=True, period=shown.period, organisation=shown.north,
            owner_person=shown.member, text=f"又一条 {number}",
        )  # fmt: skip
    name, lines, rest = about(shown.secretary, shown.member)[0]

    assert (name, len(lines)) == ("承诺", 5)
    assert rest.startswith(reverse("pledges:pledge_list") + "?q=")


def test_as_many_queries_for_many_rows_as_for_one(shown, django_assert_num_queries):
    secretary, member = shown.secretary, shown.member
    about(secretary, member)
    with CaptureQueriesContext(connection) as once:
        about(secretary, member)
    for _ in range(2):
        PledgeFactory(
            published=True, period=shown.period, organisation=shown.north, owner_person=member
        )
    with django_assert_num_queries(len(once)):
        about(secretary, member)


def test_what_is_in_the_ledger_leads_there_and_back(shown, as_person):
    """L21: the button to list it again used to end in 404."""
    pledge = PledgeFactory(
        published=True, period=shown.period, organisation=shown.north, status="unkept", explanation="人手不够",
        owner_person=shown.member,
    )  # fmt: skip
    feedback = FeedbackFactory(window=shown.window)
    client = as_person(shown.secretary)
    for origin, page in (
        ({"pledge": pledge}, "pledges:pledge"),
        ({"feedback": feedback}, "evaluations:feedback"),
    ):
        item = found(shown, **origin)
        there = reverse("supervision:ledger_detail", args=[item.pk])
        here = reverse(f"{page}_detail", args=[next(iter(origin.values())).pk])

        assert f'href="{there}"' in client.get(here).content.decode()
        assert f'href="{here}"' in client.get(there).content.decode()
