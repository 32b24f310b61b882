"""`make screenshots`: the pictures of docs/手册.md, taken from a portal with demo data of its own.

    python -m tools.screenshots            all
    python -m tools.screenshots 互评 看板   those whose name contains one of the words
    PORTAL_AT=http://127.0.0.1:8000 …      from a portal that is running already (demo data untouched)

Each picture has one line in SHOTS: file, who, width, where from, and what to tap before.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import browser, servers, up

BASE = Path(__file__).resolve().parent.parent
FOLDER = BASE / "docs" / "images"
SLUG = "county-service-centre"
PASSWORD = "Demo-2026"  # noqa: S105  (printed on the sign-in page)
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}
WIDE = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1}
MOST = 150_000  # bytes of a picture
COLOURS = (128, 64, 32)


def nothing(page):
    """The page as it is."""


def link(*names, within=None):
    """Tap links one after the other."""

    def go(page):
        for name in names:
            place = page.locator(within) if within else page
            with page.expect_navigation():
                place.get_by_role("link", name=name).first.click()

    return go


def rate(page):
    page.locator(".face", has_text="非常满意").first.click()


def rate_with_words(page):
    rate(page)
    page.get_by_text("哪里好、哪里不好").click()
    page.get_by_label("想说的话").fill("工作人员讲得很清楚，一次就办好了。")
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()


def write_pledge(page):
    page.get_by_label("承诺事项").fill("企业设立登记材料一次告知清楚")
    page.get_by_label("现状").fill("平均补正 1.4 次")
    page.get_by_label("目标").fill("平均补正不超过 0.5 次")


def fill_ballot(page):
    """The first three people, so that the counters show something."""
    page.wait_for_selector("#ballot .ballot")
    for card in page.locator("#ballot .ballot").all()[:3]:
        for row in card.locator(".levels").all():
            row.locator(".level").nth(1).click()
    page.evaluate("scrollTo(0, document.getElementById('ballot').offsetTop - 70)")


def open_protection(page):
    with page.expect_navigation():
        page.get_by_role("link", name="去投票").first.click()
    page.locator("summary", has_text="您的选票是密封的").click()


def open_score(page):
    with page.expect_navigation():
        page.locator("tbody a").first.click()
    for summary in page.locator(".tree > li > details > summary").all()[:2]:
        summary.click()


def open_first(page):
    with page.expect_navigation():
        page.locator("tbody a").first.click()


def about_it(page):
    """The panel at the end of a person's, a window's or a branch's page."""
    open_first(page)
    page.locator("#about").scroll_into_view_if_needed()


def draw(page):
    page.get_by_label("抽几个").fill("3")
    with page.expect_navigation():
        page.get_by_role("button", name="抽签").click()


def check_on_the_spot(page):
    """Two points tapped, the rest wait."""
    with page.expect_navigation():
        page.get_by_role("button", name="开始检查").click()
    for number in range(2):
        page.locator("fieldset.levels").nth(number).locator(".level").nth(number).click()
    page.get_by_text("已保存").nth(1).wait_for()


def last_period(page):
    """The newest closed period, chosen in the head bar."""
    page.locator(".bar-switch summary").last.click()
    with page.expect_navigation():
        page.locator(".bar-switch[open] .menu-list a").nth(1).click()


@dataclass(frozen=True)
class Shot:
    name: str
    who: str  # account without the slug; "" is anybody
    path: str
    size: dict
    steps: Callable = nothing
    tall: int = 0  # pixels of page to show; 0 is one screen


SHOTS = [
    Shot("登录", "", "/login", WIDE),
    Shot("党员-今天要办", "member", "/", PHONE),
    Shot("党员-写承诺", "member", "/pledges/add", PHONE, write_pledge),
    Shot("党员-个人自评", "member", "/", PHONE, link("去自评")),
    Shot("党员-互评表", "member", "/", PHONE, lambda page: (link("去投票")(page), fill_ballot(page))),
    Shot("党员-互评保护", "member", "/", PHONE, open_protection),
    Shot("党员-得分卡", "member", "/scorecards/mine", PHONE),
    Shot("党员-我的资料", "member", "/me", PHONE),
    Shot("群众-窗口公示栏", "", "/w/", PHONE, link("企业开办窗口"), 1500),
    Shot("群众-评价", "", "/w/", PHONE, lambda page: (link("企业开办窗口", "评价这个窗口")(page), rate(page))),
    Shot("群众-回执", "", "/w/", PHONE,
         lambda page: (link("企业开办窗口", "评价这个窗口")(page), rate_with_words(page))),
    Shot("书记-今天要办", "secretary", "/", WIDE),
    Shot("书记-审核承诺", "secretary", "/pledges/review", WIDE, link("去审核")),
    Shot("书记-逐一点评", "secretary", "/reviews/branch", WIDE),
    Shot("书记-写点评", "secretary", "/reviews/branch", WIDE, link("去点评")),
    Shot("书记-互评", "secretary", "/rounds", WIDE, link("中心支部", within="tbody")),
    Shot("书记-群众意见", "secretary", "/feedback", WIDE),
    Shot("书记-有关记录", "secretary", "/windows", WIDE, about_it),
    Shot("领导-今天要办", "leader", "/", WIDE),
    Shot("领导-点评", "leader", "/reviews/leader", WIDE, link("去点评")),
    Shot("党委-今天要办", "committee", "/", WIDE),
    Shot("党委-重新打开", "committee", "/close", WIDE, link("重新打开")),
    Shot("党委-看板", "committee", "/dashboard", WIDE, nothing, 1100),
    Shot("党委-结算", "committee", "/close", WIDE),
    Shot("党委-得分", "committee", "/scorecards?subject=person", WIDE),
    Shot("党委-得分卡", "committee", "/scorecards?subject=window", WIDE, open_score, 1000),
    Shot("党委-活动方案", "committee", f"/campaigns/{SLUG}", WIDE),
    Shot("党委-查找", "committee", "/search?q=窗口", WIDE),
    Shot("督查-抽签", "inspector", "/draws/add", WIDE, draw),
    Shot("督查-现场检查", "inspector", "/checkings/add", PHONE, check_on_the_spot),
    Shot("督查-记督查", "inspector", "/inspections/add", WIDE),
]  # fmt: skip


def main():
    wanted = [
        shot for shot in SHOTS if not sys.argv[1:] or any(w in shot.name for w in sys.argv[1:])
    ]
    found = browser.bring()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with portal() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**found.launch_options)
        studio = Studio(chromium, address)
        failed = [shot.name for shot in wanted if not studio.take(shot)]
        chromium.close()
    if failed:
        print(f"没有拍成：{'、'.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def portal():
    """The address of a portal with fresh demo data; it is gone afterwards."""
    if address := os.environ.get("PORTAL_AT"):
        yield address.rstrip("/")
        return
    port = spare_port()
    with tempfile.TemporaryDirectory(prefix="portal-pictures-") as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "PORT": str(port)}
        for name in ("REDIS_URL", "DATABASE_URL", "PORTAL_ENV"):
            environment.pop(name, None)
        process = servers.start([sys.executable, "-m", "tools.up"], cwd=BASE, env=environment)
        try:
            wait_until_healthy(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            servers.stop(process, within=30)


def spare_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(port, process):
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and process.poll() is None:
        if up.health(port).get("ok"):
            return
        time.sleep(0.5)
    raise SystemExit("门户没有启动，原因见上。")


class Studio:
    """Keeps one signed-in state per account, so that nobody signs in twice."""

    def __init__(self, chromium, address):
        self.chromium = chromium
        self.address = address
        self.states = {}

    def take(self, shot):
        context = self.chromium.new_context(
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=self.state_of(shot.who) if shot.who else None,
            **shot.size,
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        try:
            answers = []
            page.on("response", lambda answer: answers.append(answer.status))
            page.goto(shot.path)
            shot.steps(page)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready")
            if max(answers) >= 400:
                raise RuntimeError(f"页面或其中的文件答 {max(answers)}")
            save(FOLDER / f"{shot.name}.png", picture(page, shot))
        except Exception as problem:
            print(f"{shot.name}：{str(problem).splitlines()[0]}（{page.url}）", file=sys.stderr)
            return False
        finally:
            context.close()
        return True

    def state_of(self, who):
        if who not in self.states:
            context = self.chromium.new_context(base_url=self.address)
            page = context.new_page()
            page.goto("/login")
            page.fill("[name=username]", f"{who}.{SLUG}")
            page.fill("[name=password]", PASSWORD)
            with page.expect_navigation():
                page.click("#login [type=submit]")
            self.states[who] = context.storage_state()
            context.close()
        return self.states[who]


def picture(page, shot):
    if not shot.tall:
        return page.screenshot(animations="disabled", caret="hide")
    width = shot.size["viewport"]["width"]
    page.set_viewport_size({"width": width, "height": shot.tall})
    page.wait_for_timeout(400)  # charts follow the new size
    return page.screenshot(animations="disabled", caret="hide")


def save(path, content):
    """With as few colours as it takes to stay small; untouched when nothing changed."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST:
            break
    if not path.exists() or path.read_bytes() != out.getvalue():
        path.write_bytes(out.getvalue())
    print(f"  {path.relative_to(BASE)}  {len(out.getvalue()) // 1000} kB", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (servers.Unavailable, subprocess.SubprocessError) as problem:
        sys.exit(str(problem))
