"""Does the work of each role in each shipped plan, tap by tap, in a browser, and prints what it took.

    python -m tools.burden                 all plans; campaigns/handwork.json is written anew
    python -m tools.burden county          those whose slug contains the word; nothing is written
    python -m tools.burden county acts=meeting,study    these acts only, and what they need must be named too

The work is whatever 今天要办 asks of the account, done from there by the forms its buttons lead to. What an act
took, for one target, goes into campaigns/handwork.json; the portal (减负体检, 方案预览) sums it by each plan's
rules, and the same sum is printed here: the busiest month of a member, of a secretary of twenty, of a leader of
five branches. A citizen is timed on the page behind the QR code.
"""

import os
import sys
import tempfile
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tools import browser, servers
from tools.burden import report
from tools.burden.hand import Hand
from tools.burden.stage import SLUGS
from tools.burden.work import rate, work_off
from tools.screenshots import BASE, PASSWORD, spare_port, wait_until_healthy

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WIDE = {"viewport": {"width": 1280, "height": 800}}
# The secretary reviews what the member wrote, then the member reports on it.
ROLES = (("member", PHONE), ("secretary", WIDE), ("member", PHONE), ("leader", WIDE))


def main():
    acts = {act for one in sys.argv[1:] if one.startswith("acts=") for act in one[5:].split(",")}
    words = [one for one in sys.argv[1:] if not one.startswith("acts=")]
    slugs = [slug for slug in SLUGS if not words or any(word in slug for word in words)]
    found = browser.bring()
    walks = []
    with portal(slugs) as (address, folder), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**found.launch_options)
        rules = report.read_rules(folder)
        for slug in slugs:
            for who, size in ROLES:
                print(f"  {slug} {who} …", flush=True)
                walks += _walk(chromium, address, slug, who, size, rules[slug], acts)
            walks.append(_citizen(chromium, address, rules[slug]["window"], slug))
        chromium.close()
    return report.tell(walks, keep=slugs == list(SLUGS) and not acts)


@contextmanager
def portal(slugs):
    """(address, folder) of a portal whose running period has only just been prepared."""
    port = spare_port()
    with tempfile.TemporaryDirectory(prefix="portal-burden-") as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "PORT": str(port), "PORTAL_ENV": "local"}
        for name in ("REDIS_URL", "DATABASE_URL"):
            environment.pop(name, None)
        stage = servers.start(
            [sys.executable, "-m", "tools.burden.stage", *slugs], cwd=BASE, env=environment
        )
        if stage.wait():
            raise SystemExit("没有建成测量用的数据，原因见上。")
        process = servers.start([sys.executable, "-m", "tools.up"], cwd=BASE, env=environment)
        try:
            wait_until_healthy(port, process)
            yield f"http://127.0.0.1:{port}", folder
        finally:
            servers.stop(process, within=30)


def _walk(chromium, address, slug, who, size, rules, acts):  # noqa: PLR0913 (who works where, and by which rules)
    """One account's pending work: a list of report.Walk."""
    page = _page(chromium, address, size)
    page.goto("/login")
    page.fill("[name=username]", f"{who}.{slug}")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("#login [type=submit]")
    done, stuck = work_off(Hand(page), lambda rule: not acts or rules["acts"].get(rule) in acts)
    page.context.close()
    walks = [
        report.Walk(slug, who, rule, rules["acts"].get(rule, ""), targets, tally)
        for rule, (targets, tally) in done.items()
    ]
    return walks + [report.Walk(slug, who, f"{k}：{why}", "", 0, None) for k, why in stuck.items()]


def _citizen(chromium, address, code, slug):
    page = _page(chromium, address, PHONE)
    tally = rate(Hand(page), code)
    page.context.close()
    return report.Walk(slug, "citizen", "群众评价", "rate_window", 1, tally)


def _page(chromium, address, size):
    context = chromium.new_context(
        base_url=address,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        **size,
    )
    context.set_default_timeout(20_000)
    return context.new_page()


if __name__ == "__main__":
    sys.exit(main())
