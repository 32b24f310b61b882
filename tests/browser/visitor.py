"""Somebody at a browser. Each kind of page he comes to is looked at once: axe, and nothing too wide."""

import json
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}
REFUSALS = ("400", "409", "429")  # a page that says no is not a fault of the page
PARTS = "() => [...new Set([...document.querySelectorAll('[class]')].flatMap(e => [...e.classList]))].sort()"
WIDEST = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest('.table-wrap, .chips-row, .visually-hidden, .table-cards thead')).map(e => e.outerHTML.slice(0, 120))"""


class Visitor:
    def __init__(self, page, looked):
        self.page = page
        self.looked = looked
        self.said = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _listen(self, line):
        refused = re.search(r"status of (\d+)", line.text)
        if line.type != "error" or (refused and refused[1] in REFUSALS):
            return
        self.said.append(f"{line.text} {line.location.get('url', '')}")

    # --- moving ---------------------------------------------------------------------------------
    def opens(self, path):
        self.page.goto(path)
        return self._arrived()

    def follows(self, name, *, within=None):
        """Tap a link and arrive."""
        with self.page.expect_navigation():
            self._place(within).get_by_role("link", name=name).first.click()
        return self._arrived()

    def presses(self, name, *, within=None):
        """Tap a button that leads to another page."""
        with self.page.expect_navigation():
            self._place(within).get_by_role("button", name=name, exact=True).click()
        return self._arrived()

    def is_asked_and_presses(self, name, *, confirm=None):
        """Tap a button that asks once, and say yes."""
        self.page.get_by_role("button", name=name, exact=True).click()
        with self.page.expect_navigation():
            self.page.get_by_role("dialog").get_by_role("button", name=confirm or "确定").click()
        return self._arrived()

    def signs_in(self, username, password):
        self.writes({"账号": username, "密码": password})
        return self.presses("登录")

    # --- filling in -----------------------------------------------------------------------------
    def writes(self, texts):
        for label, text in texts.items():
            self._field(label).fill(str(text))
        return self

    def chooses(self, option, *, of):
        """One of a drop-down list."""
        self._field(of).select_option(label=option)
        return self

    def taps(self, word, *, within=None):
        """A radio button, by what stands on it."""
        radio = self._place(within).get_by_role("radio", name=word, exact=True)
        around = radio.locator("xpath=ancestor::label")
        (around if around.count() else radio).click()
        return self

    def ticks(self, *words):
        """Boxes, by what stands beside them."""
        for word in words:
            self.page.get_by_role("checkbox", name=word, exact=True).check()
        return self

    # --- seeing ---------------------------------------------------------------------------------
    def sees(self, *texts):
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()
        return self

    def misses(self, *texts):
        for text in texts:
            expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def reads(self, selector):
        """The words of a part, on one line."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def _field(self, label):
        """By its label, with or without the star of a required one."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))

    def _place(self, text):
        """The row, card or list item with this text; without, the page."""
        if text is None:
            return self.page
        rows = self.page.locator("li, tr, section.ballot, fieldset, form.panel")
        return rows.filter(has_text=text).last

    def _arrived(self):
        """Look at the page, unless one of the same kind with the same parts was looked at before."""
        width = self.page.viewport_size["width"]
        kind = (resolve(urlsplit(self.page.url).path).view_name, width, *self.page.evaluate(PARTS))
        if kind not in self.looked:
            self.looked.add(kind)
            self._look()
        return self

    def _look(self):
        wide = self.page.evaluate(WIDEST)
        assert wide == [], f"wider than the screen: {self.page.url}\n{wide}"
        found = Axe().run(self.page, options=RULES).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious]
        assert told == [], f"{self.page.url}\n{json.dumps(told, ensure_ascii=False, indent=1)}"
