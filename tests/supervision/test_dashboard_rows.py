"""The branch table that is put together without the template engine, and the pager that asks nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.actions.rollups import refresh_rollups
from supervision.models import Rollup
from tests.factories import AffiliationFactory, DutyFactory, OrganisationFactory

ADDRESS = reverse("supervision:dashboard")


@pytest.fixture
def counted(world):
    branch = OrganisationFactory(
        parent=world.root, code="A&B 1", name="<b>第一</b>支部", short_name=""
    )
    AffiliationFactory(organisation=branch)
    refresh_rollups(world.period, at=timezone.now())
    return world


def test_names_and_codes_are_escaped_and_the_link_keeps_the_filter(counted, as_person):
    page = as_person(counted.committee_member).get(ADDRESS, {"order": "bad"}).content.decode()

    assert "&lt;b&gt;第一&lt;/b&gt;支部" in page
    assert "<b>第一" not in page
    assert 'href="?order=bad&amp;org=A%26B+1"' in page


def test_what_is_late_is_said_in_strong_letters_and_nothing_else_is(counted, as_person):
    rows = Rollup.objects.filter(organisation=counted.north)
    rows.update(duties=4, duties_done=1, duties_overdue=3, ledger_running=5, ledger_overdue=2)
    client = as_person(counted.committee_member)

    late = client.get(ADDRESS).content.decode()
    rows.update(duties_overdue=0, ledger_overdue=0)
    on_time = client.get(ADDRESS).content.decode()

    assert '<td class="end num" data-label="职责完成">1/4</td>' in late
    assert '<td class="end num" data-label="逾期"><strong>3</strong></td>' in late
    assert '<td class="end num" data-label="整改">5 <strong>超期 2</strong></td>' in late
    assert '<td class="end num" data-label="整改">5</td>' in on_time
    assert "<strong>3</strong>" not in on_time


@pytest.mark.parametrize("order", ["path", "duties", "overdue", "reviews", "ratings", "bad", "x"])
def test_the_pager_counts_what_the_table_holds(counted, as_person, order):
    DutyFactory(period=counted.period, organisation=counted.north, assignee=counted.secretary)
    refresh_rollups(counted.period, at=timezone.now())

    page = as_person(counted.committee_member).get(ADDRESS, {"order": order}).context["page"]

    assert page.paginator.count == len(page.paginator.object_list) > 0


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_same_twelve_questions_at_most(counted, as_person, django_assert_num_queries, count):
    """Issue 7, speed: ≤ 12 statements, the same number whatever there is."""
    for _ in range(count):
        AffiliationFactory(organisation=OrganisationFactory(parent=counted.root))
    refresh_rollups(counted.period, at=timezone.now())
    client = as_person(counted.committee_member)
    client.get(ADDRESS)
    with django_assert_num_queries(9):
        client.get(ADDRESS)
