"""The way back from a page to its list keeps the list's filter, without script, and leads nowhere else (issue 9, point 4)."""

import pytest
from django.urls import reverse

from supervision.queries.search import find
from tests.factories import PledgeFactory
from tests.supervision.test_ledger import found, office

__all__ = ["office"]
HOST = "http://testserver"


@pytest.fixture
def page_after(office, as_person):
    """The item's page, as somebody sees it who came from the address."""
    item = found(office)
    client = as_person(office.committee_member)
    address = reverse("supervision:ledger_detail", args=[item.pk])

    def opened(came_from):
        headers = {"referer": came_from} if came_from else {}
        return client.get(address, headers=headers).content.decode()

    return opened


def test_a_templates_crumb_keeps_filter_and_page(page_after):
    came = f"{HOST}/ledger?state=found&page=2&campaign=x&period=2026-q3&q=%E6%8E%92%E9%98%9F%22%3E"

    page = page_after(came)

    assert 'href="/ledger?state=found&amp;page=2&amp;q=%E6%8E%92%E9%98%9F%22%3E"' in page


def test_a_crumb_of_the_frame_keeps_it_too(office, as_person):
    client = as_person(office.committee_member)
    came = f"{HOST}{reverse('branches:person_list')}?q=qian&org=NORTH"

    page = client.get(reverse("branches:import_list"), headers={"referer": came}).content.decode()

    assert f'href="{reverse("branches:person_list")}?q=qian&amp;org=NORTH"' in page


@pytest.mark.parametrize(
    "came_from",
    [
        "", "http://elsewhere.example/ledger?state=found", f"{HOST}/inspections?method=visit",
        f"{HOST}/ledger", "http://[broken?state=found", f"{HOST}//evil.example/ledger?state=found",
        f"{HOST}/ledger?state={'x' * 2000}", "javascript:alert(1)?state=found",
    ],
)  # fmt: skip
def test_from_anywhere_else_it_is_the_plain_list(page_after, came_from):
    page = page_after(came_from)

    assert 'href="/ledger"' in page
    assert "state=found" not in page
    assert "example" not in page


def test_equal_words_of_two_periods_are_told_apart(office):
    """A pledge found says whose it is, of which period and how it stands."""
    for period in (office.closed_period, office.period):
        PledgeFactory(
            published=True, period=period, organisation=office.north, owner_person=office.member,
            text="窗口不空岗",
        )  # fmt: skip

    notes = [hit.note for _, hits, _ in find(office.secretary, "不空岗") for hit in hits]

    assert [note.split(" · ") for note in notes] == [
        [str(office.member), "第一支部", period.name, "已公示"]
        for period in (office.period, office.closed_period)
    ]
