"""The sheet in a real browser: on a phone, with and without JavaScript, for keyboards and screen readers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.close import close_round
from evaluations.models import Ballot
from tests.evaluations.ballots import opened, past_deadline, vote, voters
from tests.factories import PASSWORD
from tests.world import build_world

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def world(transactional_db):
    return build_world()


def signed_in(new_page, who, **options):
    page = new_page(**PHONE, **options)
    page.goto("/login")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) [type=submit]")
    return page


def choose(page, person, level):
    for row in page.locator(".ballot").nth(person).locator(".levels-row").all():
        row.locator(".level").nth(level).click()


def test_member_votes_on_a_phone(world, new_page):
    round = opened(world)
    page = signed_in(new_page, "member")
    page.goto(reverse("evaluations:peer_ballot", args=[round.pk]))
    sticky = page.locator(".sticky")

    choose(page, 0, 0)
    assert "还差 6 人" in sticky.inner_text()
    assert "已选 1/2" in sticky.inner_text()
    choose(page, 1, 0)
    choose(page, 2, 0)
    assert "已选 3/2 超了" in sticky.inner_text()
    for person in range(2, 7):
        choose(page, person, 1)
    page.click("text=密封并提交")
    page.locator("dialog").get_by_role("button", name="密封并提交").click()
    page.wait_for_selector("text=已提交")
    page.reload()

    assert "已提交" in page.inner_text("main")
    assert Ballot.objects.count() == 1
    stored = page.evaluate("({...localStorage, ...sessionStorage})")
    assert set(stored) <= {"htmx-current-path-for-history"}  # an address, no page


def test_member_votes_without_javascript(world, new_page):
    round = opened(world)
    page = signed_in(new_page, "member", java_script_enabled=False)
    page.goto(reverse("evaluations:peer_ballot", args=[round.pk]))

    for person in range(7):
        choose(page, person, 1)
    page.click(".sticky [type=submit]")

    assert "已提交" in page.inner_text("main")
    assert Ballot.objects.count() == 1


def test_pages_have_no_serious_fault_for_screen_readers(world, new_page):
    round = opened(world)
    page = signed_in(new_page, "member")
    found = faults(page, reverse("evaluations:peer_ballot", args=[round.pk]))
    for person in voters(round):
        vote(round, person)
    close_round(past_deadline(round), by=None, at=timezone.now())
    for name, arguments in [
        ("peer_ballot", [round.pk]),
        ("round_detail", [round.pk]),
        ("peer_result", [round.pk, world.member.pk]),
        ("round_list", []),
        ("self_review_write", [world.period.pk]),
    ]:
        found += faults(page, reverse(f"evaluations:{name}", args=arguments))

    assert found == []


def faults(page, url):
    page.goto(url)
    violations = Axe().run(page).response["violations"]
    return [
        (url, one["id"], one["nodes"][0]["html"][:120])
        for one in violations
        if one["impact"] in {"serious", "critical"}
    ]
