"""Takes pictures of rendered pages in a real Chromium, under the portal's own CSP."""

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tools import browser as browsers

ORIGIN = "http://look.test"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
FOLDER = Path(__file__).resolve().parents[2] / "var" / "look"
WIDTHS = {"wide": (1440, 900), "mid": (900, 1100), "phone": (390, 844)}


def answer(pages):
    """A route handler that plays web server: pages by name, static files by the finders."""

    def handle(route):
        path = route.request.url.removeprefix(ORIGIN).lstrip("/").split("?")[0].split("#")[0]
        if path in pages:
            headers = {"Content-Security-Policy": CSP}
            route.fulfill(
                body=pages[path], content_type="text/html; charset=utf-8", headers=headers
            )
            return
        found = finders.find(path.removeprefix("static/"))
        if not found:
            route.fulfill(status=404, body="")
            return
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)

    return handle


def sizes_for(name):
    if name == "wall":
        return {"wall": (1920, 1080)}
    return {} if name == "sheet" else WIDTHS


def take_pictures(pages, *, large=True):
    """Returns what the pages complained about, a line each."""
    said = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browsers.find().launch_options)
        for name in pages:
            for label, (width, height) in sizes_for(name).items():
                picture(chromium, pages, name, said, label, (width, height))
            if large and name not in {"wall", "sheet"}:
                picture(chromium, pages, name, said, "large", (390, 844), query="?type=large")
        chromium.close()
    return said


def picture(chromium, pages, name, said, label, size, query=""):
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda line: said.append(f"{name} {label} {line.text}\n"))
    page.on("pageerror", lambda error: said.append(f"{name} {label} {error}\n"))
    page.route(f"{ORIGIN}/**", answer(pages))
    page.goto(f"{ORIGIN}/{name}{query}", wait_until="networkidle")
    if query:
        page.evaluate("document.documentElement.classList.add('large')")
    page.wait_for_timeout(300)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if over > 0:
        said.append(f"{name} {label} wider than the screen by {over} px\n")
    if width < 500:  # bars are fixed: show them where the page ends
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, height)})
    page.screenshot(path=str(FOLDER / f"{name}-{label}.png"), full_page=label != "wall")
    context.close()
