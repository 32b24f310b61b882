"""The head bar finds people, organisations, windows, pledges and ledger items, as far as one may open them."""

import pytest
from django.urls import reverse

from branches.models import scope_paths
from supervision.queries.search import PAGES, PAGES_OF_ROLES, find
from tests.factories import PledgeFactory
from tests.supervision.test_ledger import found, office

__all__ = ["office"]


def names(person, words):
    kinds = find(person, words)
    return {kind: [hit.label for hit in hits] for kind, hits, _ in kinds if kind != "页面"}


def test_each_kind_is_found(office):
    found(office)
    PledgeFactory(
        published=True, period=office.period, organisation=office.north,
        owner_person=office.member, text="窗口不空岗",
    )  # fmt: skip

    assert names(office.secretary, "窗口") == {
        "窗口": ["婚姻登记窗口"],
        "承诺": ["窗口不空岗"],
        "整改": ["窗口排队时间长"],
    }
    assert names(office.secretary, "钱一") == {"人": ["钱一"]}
    assert names(office.committee_member, "支部") == {"组织": ["第一支部", "第二支部"]}


def test_pages_are_found_by_what_they_are_called(office, as_person):
    def pages(person, words):
        kinds = {kind: hits for kind, hits, _ in find(person, words)}
        return [hit.label for hit in kinds.get("页面", [])]

    assert pages(office.member, "节假日") == ["工作日"]
    assert pages(office.member, "结算") == []
    assert pages(office.committee_member, "结算") == ["结算"]


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "inspector", "committee_member"])
def test_every_page_that_is_offered_opens(office, as_person, who):
    person = getattr(office, who)
    client = as_person(person)
    held = [name for roles, _, name in PAGES_OF_ROLES if scope_paths(person, *roles)]

    for name in [*held, *(page for _, page, _ in PAGES)]:
        address = reverse(name, args=["item"] if name == "pledges:shown_list" else [])
        assert client.get(address).status_code == 200, name


def test_nothing_of_others_is_found(office):
    found(office)

    assert names(office.neighbour1, "排队") == {}
    assert names(office.far_secretary, "钱一") == {}
    assert names(office.member, "婚姻登记") == {"窗口": ["婚姻登记窗口"]}


@pytest.mark.parametrize("words", ["", "  ", "%", "_", "x" * 500])
def test_odd_words_find_nothing_and_break_nothing(office, as_person, words):
    response = as_person(office.member).get(reverse("supervision:search_list"), {"q": words})

    assert response.status_code == 200
    assert response.context["found"] == []


def test_every_hit_leads_to_a_page_that_opens(office, as_person):
    found(office)
    client = as_person(office.secretary)

    for _, hits, _ in find(office.secretary, "窗口") + find(office.secretary, "支部"):
        for hit in hits:
            assert client.get(hit.url).status_code == 200


def test_a_query_for_each_kind_whatever_is_found(office, django_assert_num_queries):
    for _ in range(3):
        found(office)
    secretary = office.secretary
    names(secretary, "窗")

    with django_assert_num_queries(9):
        find(secretary, "窗")
