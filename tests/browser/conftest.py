"""A service centre in the middle of its quarter, run by a shipped scheme, and people at browsers."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns.actions import make_duties
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Duty, Period
from common.dates import today
from tests.browser.visitor import Visitor

SCHEMES = Path(settings.BASE_DIR) / "campaigns" / "schemes"
PHONE = {"width": 390, "height": 844, "has_touch": True, "device_scale_factor": 2}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def centre(world):
    """The county of tests/world.py under the plan of a service centre, every duty due today."""
    plan = read_scheme((SCHEMES / "county-service-centre.yaml").read_bytes())
    version = load_scheme(plan, by=None, at=timezone.now())
    world.campaign.name, world.campaign.scheme_version = plan.short_name, version
    world.campaign.save()
    world.campaign.periods.update(scheme_version=version)
    world.period = Period.objects.get(pk=world.period.pk)
    make_duties(world.period, today=today(), at=timezone.now())
    _keep_one_of_each_rule()
    Duty.objects.update(starts_on=world.period.starts_on, due_on=today())
    return world


def _keep_one_of_each_rule():
    """What is due every month would be due three times on the one day."""
    seen, later = set(), []
    rows = Duty.objects.order_by("due_on", "pk")
    for pk, *key in rows.values_list("pk", "rule", "assignee", "subject_key"):
        if tuple(key) in seen:
            later.append(pk)
        seen.add(tuple(key))
    Duty.objects.filter(pk__in=later).delete()


@pytest.fixture(scope="session")
def looked():
    """The kinds of pages already looked at in this run."""
    return set()


@pytest.fixture
def visit(new_page, live_server, looked):
    """`visit(world.member, phone=True)`: a person signed in; `visit()`: anybody from the street."""
    visitors = []

    def sit_down(person=None, *, phone=False):
        page = new_page(**PHONE) if phone else new_page()
        if person:
            page.context.add_cookies([session_cookie(person, live_server.url)])
        visitors.append(Visitor(page, looked))
        return visitors[-1]

    yield sit_down
    assert [line for visitor in visitors for line in visitor.said] == []


def session_cookie(person, url):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
