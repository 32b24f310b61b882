"""The look in a real browser: accessible, no wider than a phone, quiet under the CSP."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.look import gallery
from tests.look.shoot import ORIGIN, answer

PUBLIC = ["board", "rating", "receipt"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}
BUDGET = 50_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages():
    return {name: gallery.render(name) for name in gallery.TEMPLATES}


@pytest.fixture
def open_page(browser, pages):
    """Opens a page of the gallery; anything said on the console is a failure."""
    said, contexts = [], []

    def go(name, *, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(f"{ORIGIN}/**", answer(pages))
        page.goto(f"{ORIGIN}/{name}", wait_until="networkidle")
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize("name", [name for name in gallery.TEMPLATES if name != "sheet"])
def test_page_passes_the_accessibility_rules(open_page, name):
    page = open_page(name)

    found = Axe().run(page, options=RULES).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", [n for n in gallery.TEMPLATES if n not in {"wall", "sheet"}])
def test_page_fits_a_small_phone_in_large_type(open_page, name):
    page = open_page(name, width=360, height=740)
    page.evaluate("document.documentElement.classList.add('large')")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", gallery.TEMPLATES)
def test_page_has_nothing_inline(pages, name):  # what the CSP would refuse
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", pages[name])
    for script in re.findall(r"<script[^>]*>", pages[name]):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_stays_under_50_kb(open_page, pages, name):
    page = open_page("today")
    sizes = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{ORIGIN}/{name}", wait_until="networkidle")

    assert sum(sizes) <= BUDGET


def test_targets_are_at_least_44_px_on_a_phone(open_page):
    small = """() => [...document.querySelectorAll('a.btn, button, .level, .face, .tabs a, summary')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML)"""

    for name in ["today", "ballot", "rating", "board"]:
        assert open_page(name, width=390, height=844).evaluate(small) == []


def test_dangerous_deed_asks_once(open_page):
    page = open_page("ballot")
    page.evaluate("document.getElementById('ballot').addEventListener('submit', (event) => {"
                  "event.preventDefault(); window.sent = (window.sent || 0) + 1 })")  # fmt: skip

    page.get_by_role("button", name="密封并提交").click()
    assert page.get_by_role("dialog").is_visible()
    assert page.evaluate("window.sent") is None
    page.get_by_role("dialog").get_by_role("button", name="密封并提交").click()

    assert page.evaluate("window.sent") == 1


def test_second_press_is_swallowed_and_a_retry_later_is_not(open_page):
    page = open_page("form")
    page.clock.install()
    page.evaluate("document.getElementById('pledge').noValidate = true;"
                  "document.getElementById('pledge').addEventListener('submit', (event) => {"
                  "event.preventDefault(); window.sent = (window.sent || 0) + 1 })")  # fmt: skip
    button = page.get_by_role("button", name="提交审核")

    button.click()
    button.click()
    assert page.evaluate("window.sent") == 1
    page.clock.run_for(9000)
    button.click()

    assert page.evaluate("window.sent") == 2


def test_large_type_is_remembered(open_page):
    page = open_page("board", width=390, height=844)

    page.get_by_role("link", name="大字").click()
    page.goto(f"{ORIGIN}/rating")

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_public_page_reads_without_javascript(open_page):
    page = open_page("rating", java_script_enabled=False)

    page.get_by_role("radio", name="不满意", exact=True).check()

    assert page.get_by_role("radio", name="非常满意").is_checked() is False


def test_chart_is_drawn_and_its_figures_are_one_tap_away(open_page):
    page = open_page("dashboard")

    assert page.locator("[data-chart] svg").count() == 3
    page.locator("summary", has_text="看数字").first.click()

    assert page.get_by_role("cell", name="87.4").first.is_visible()


def test_error_sum_leads_to_the_field(open_page):
    page = open_page("form")

    page.get_by_role("link", name="完成时限").click()

    assert page.evaluate("document.activeElement.name") == "due"


def test_wall_turns_its_pages_and_keeps_them_without_network(open_page):
    page = open_page("wall", width=1920, height=1080)
    assert page.get_by_text("全局满意度").is_visible()
    page.clock.install()
    page.reload()
    page.clock.run_for(15_500)
    assert page.get_by_text("婚姻登记 3 号窗口").is_visible()
