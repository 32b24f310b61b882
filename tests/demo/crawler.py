"""Follows the links of the portal as one person, a few pages of each kind."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'(?:href|hx-get|action)="([^"#]+)')
POSTED = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
FILLED = re.compile(r'<(?:a|button)\b[^>]*\bclass="[^"]*btn-primary', re.DOTALL)
WAYS = re.compile(r'class="(?:crumbs|chips)')
# switches of the frame, and files that every list offers: tests/excel has those
SWITCHES = {"campaign", "period", "type", "export"}


@dataclass
class Page:
    name: str
    url: str
    came_from: str | None
    status: int = 0
    text: str = ""  # of the answer, when it is a page
    links: set = field(default_factory=set)

    @property
    def main(self):
        found = MAIN.search(self.text)
        return found.group() if found else self.text

    @property
    def ways_back(self):
        return len(WAYS.findall(self.main))


class Crawl:
    """`pages` in the order in which they were opened; `lost` are links that lead nowhere."""

    def __init__(self, person, start="/", *, most=1):
        self.client = Client(raise_request_exception=False)
        if person:
            self.client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        self.most = most
        self.pages, self.lost = [], []
        self.counted = Counter()
        self.waiting, self.known = deque([(start, None)]), {start}
        while self.waiting:
            self._open(*self.waiting.popleft())

    @property
    def names(self):
        return {page.name for page in self.pages if page.status < 400}

    @property
    def answered(self):
        """The pages a browser would show."""
        return [page for page in self.pages if page.text]

    def _open(self, url, came_from):
        try:
            name = resolve(urlsplit(url).path).view_name
        except Resolver404:
            self.lost.append((url, came_from))
            return
        if name == "logout" or not self._wants(name, url):
            return
        answer = self.client.get(url)
        page = Page(name, url, came_from, answer.status_code)
        self.pages.append(page)
        if answer.streaming:
            for _ in answer.streaming_content:  # to its end, so that the file is closed
                pass
        if "Location" in answer:
            self._note(urljoin(url, answer["Location"]), url)
        elif answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page.text = answer.content.decode()
            page.links = {self._note(urljoin(url, link), url) for link in links(page.text)}

    def _wants(self, name, url):
        """The first few of a kind; then only what is asked for in another way, once more."""
        keys = frozenset(key for key, _ in parse_qsl(urlsplit(url).query))
        if keys & SWITCHES:
            return False
        new = not self.counted[name, keys]
        if self.counted[name] >= (self.most + 1 if new else self.most):
            return False
        self.counted[name] += 1
        self.counted[name, keys] += 1
        return True

    def _note(self, url, came_from):
        parts = urlsplit(url)
        local = parts.scheme in {"", "http"} and parts.netloc in {"", "testserver"}
        if not local or parts.path.startswith(("/static/", "/media/")):
            return url
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if path not in self.known:
            self.known.add(path)
            self.waiting.append((path, came_from))
        return path


def links(text):
    """Where one can go from a page; what is only posted to is no link."""
    text = POSTED.sub("", text)
    return {unescape(link) for link in LINK.findall(text)} - {""}
