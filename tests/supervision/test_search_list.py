"""The head bar finds people, organisations, windows, pledges and ledger items, as far as one may open them."""

import pytest
from django.urls import reverse

from supervision.queries.search import find
from tests.factories import PledgeFactory
from tests.supervision.test_ledger import found, office

__all__ = ["office"]


def names(person, words):
    return {kind: [hit.label for hit in hits] for kind, hits, _ in find(person, words)}


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


def test_nothing_of_others_is_found(office):
    found(office)

    assert names(office.neighbour1, "排队") == {}
    assert names(office.far_secretary, "钱一") == {}
    assert names(office.member, "婚姻登记") == {"窗口": ["婚姻登记窗口"]}


@pytest.mark.parametrize("words", ["", "  ", "%", "_", "x" * 500, "\x00"])
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


def test_five_queries_whatever_is_found(office, django_assert_num_queries):
    for _ in range(3):
        found(office)
    secretary = office.secretary
    names(secretary, "窗")

    with django_assert_num_queries(5):
        find(secretary, "窗")
