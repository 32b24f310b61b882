"""Nobody gets lost: the demonstration's links followed as each role.

Issue 9, point 4. What each figure, problem, duty, person, window and branch leads to is in test_joins_of.py.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pytest

import tests.policies
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


# What this plan, or this day of it, has no link to: why.
BY_CODE = "the address is handed out: by QR code, by receipt or by invitation"
OTHER_PLAN = "a mechanism of another plan; the row 比与创 shows its tab where it is on"
NO_LINK = {
    "branches:activate": BY_CODE,
    "evaluations:kiosk_rate": BY_CODE,
    "evaluations:poll_answer": BY_CODE,
    "evaluations:poll_open": BY_CODE,
    "evaluations:supervisor_today": BY_CODE,
    "evaluations:ticket_rate": BY_CODE,
    "pledges:report_follow": BY_CODE,
    "healthz": "for the machine",
    "branches:correction_list": "今天要办 points there while somebody has asked for a correction",
    "campaigns:branch_plan_mine": "the button of a duty that this plan does not ask for",
    "competitions:benchmark_set": OTHER_PLAN,
    "competitions:check_list": OTHER_PLAN,
    "competitions:check_write": OTHER_PLAN,
    "competitions:efficacy_add": OTHER_PLAN,
    "competitions:efficacy_list": OTHER_PLAN,
    "competitions:growth_add": OTHER_PLAN,
    "competitions:growth_list": OTHER_PLAN,
    "competitions:indicator_add": OTHER_PLAN,
    "competitions:indicator_detail": OTHER_PLAN,
    "competitions:indicator_list": OTHER_PLAN,
    "competitions:streak_add": OTHER_PLAN,
    "competitions:streak_deed": OTHER_PLAN,
    "competitions:streak_list": OTHER_PLAN,
    "competitions:target_add": "offered to who belongs to a branch; an inspector need not",
    "supervision:recheck_draw": "this plan draws no second look",
}


def open_to(role):
    """The pages without an object that the policy opens to a role."""
    modules = (module.name for module in iter_modules(tests.policies.__path__, "tests.policies."))
    rows = (row for name in modules for row in import_module(name).ROWS)
    return {
        row.name
        for row in rows
        if "GET" in row.methods.split() and not row.objects and row.may(role, "own", "GET")
    }


@pytest.mark.parametrize("role", DEMO)
def test_what_one_may_open_one_is_led_to(role):
    """A page that the policy opens to a role has a link somewhere on the role's ways (issue 9, point 4)."""
    assert open_to(role) - walk(role, CENTRE).names - set(NO_LINK) == set()
