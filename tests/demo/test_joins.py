"""Nobody gets lost: the demonstration's links followed as each role.

Issue 9, point 4. What each figure, problem, duty, person, window and branch leads to is in test_joins_of.py.
"""

from functools import cache

import pytest

from branches.models import Person
from campaigns.models import Campaign
from tests.demo.crawler import FILLED, Crawl
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CENTRE = "county-service-centre"
# another plan for those who work with most pages
SLUGS = {"secretary": (CENTRE, "guanyun-weather"), "committee": (CENTRE, "hengyang-bureau")}
DEMO = ("member", "secretary", "leader", "committee", "inspector")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
ROLES = (*DEMO, *ADMINISTRATORS, "office", "citizen")


def person_of(role, slug):
    """The demonstration has no administrators: production makes them with `create_admin`."""
    if role == "citizen":
        return None
    if role in DEMO:
        return Person.objects.get(username=f"{role}.{slug}")
    return PersonFactory(role=role, organisation=Campaign.objects.get(slug=slug).organisation)


@cache
def walk(role, slug):
    """Once for all tests: following links changes nothing."""
    return Crawl(person_of(role, slug), "/w/" if role == "citizen" else "/")


def slugs_of(role):
    return SLUGS.get(role, (CENTRE,))


def assert_sound(crawl):
    """No broken link, a way back from every page, one heading, at most one filled button."""
    broken = [(one.url, one.came_from, one.status) for one in crawl.pages if one.status >= 400]
    assert broken + crawl.lost == []
    pages = [page for page in crawl.answered if "<main" in page.text]
    assert [page.url for page in pages if not leads_back(page)] == []
    assert [page.url for page in pages if page.text.count("<h1") != 1] == []
    assert [page.url for page in pages if len(FILLED.findall(page.main)) > 1] == []


def leads_back(page):
    """Crumbs or the row of its room; a page of the menu needs none, a public page a link elsewhere."""
    if 'class="rail"' in page.text:
        entry = f'href="{page.url.partition("?")[0]}"'
        return page.ways_back > 0 or entry in page.text.partition("<main")[0]
    return any(link.partition("?")[0] != page.url for link in page.links)


WALKS = [(role, slug) for role in ROLES for slug in slugs_of(role)]


@pytest.mark.parametrize(("role", "slug"), WALKS)
def test_every_link_leads_on_and_back(role, slug):
    assert_sound(walk(role, slug))
