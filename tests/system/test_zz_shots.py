import datetime as dt
from pathlib import Path
import pytest
from django.utils import timezone
from django.urls import reverse
from campaigns.actions import start_campaign, make_duties, fulfil
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Campaign, Duty
from common.dates import today
from tests.factories import *


def test_shots(transactional_db, live_server, new_page):
    from tests.world import build_world

    world = build_world()
    v = load_scheme(
        read_scheme(Path("/work/main/campaigns/schemes/hengyang-bureau.yaml").read_bytes()),
        by=None,
        at=timezone.now(),
    )
    c = start_campaign(
        v,
        slug="hengyang",
        name="衡阳市直机关局“三亮三比三评”",
        organisation=world.root,
        starts_on=dt.date(today().year, 1, 1),
        ends_on=dt.date(today().year, 12, 31),
        by=None,
        at=timezone.now(),
    )
    period = c.periods.order_by("-starts_on").first()
    print(make_duties(period, today=period.starts_on, at=timezone.now()))
    for p in [world.member, world.member2, world.member3]:
        fulfil(
            campaign=c,
            period=period,
            act="branch_review",
            about_person=p,
            by=world.secretary,
            at=timezone.now(),
        )
    fulfil(campaign=c, period=period, act="write_pledge", by=world.secretary, at=timezone.now())
    from tests.factories.branches import PASSWORD

    names = {
        "today": "/",
        "campaign": "/campaigns/hengyang",
        "campaigns": "/campaigns",
        "duties": "/duties",
        "scheme": reverse("campaigns:scheme_detail", args=[v.pk]),
        "load": "/schemes/load",
        "workdays": "/workdays",
    }
    who = {
        "secretary": ["today", "duties"],
        "committee_member": [
            "today",
            "campaign",
            "campaigns",
            "scheme",
            "load",
            "workdays",
            "duties",
        ],
        "member": ["today"],
        "leader": ["today"],
        "inspector": ["today"],
        "stranger": ["today"],
    }
    out = Path("/tmp/shots")
    out.mkdir(exist_ok=True)
    for width, height in [(1440, 900), (390, 844)]:
        for person, pages in who.items():
            page = new_page(width=width, height=height)
            page.goto("/login")
            page.fill("input[name=username]", person)
            page.fill("input[name=password]", PASSWORD)
            page.click("form button[type=submit]")
            page.wait_for_load_state("networkidle")
            if person != "stranger":
                page.goto("/?campaign=hengyang")
            for name in pages:
                page.goto(names[name])
                page.wait_for_load_state("networkidle")
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    print("WIDE", person, name, over)
                if name == "duties" and person == "secretary":
                    page.click("text=免办 >> nth=1")
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=str(out / f"waive-{width}.png"), full_page=True)
                    page.goto(names[name])
                page.screenshot(path=str(out / f"{name}-{person}-{width}.png"), full_page=True)
            if person == "committee_member":
                page.goto("/schemes/load")
                page.set_input_files(
                    "input[type=file]",
                    files=[
                        {
                            "name": "x.yaml",
                            "mimeType": "text/yaml",
                            "buffer": b"slug: x\nname: y\nfoo: 1\n",
                        }
                    ],
                )
                page.click("text=检查并保存")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=str(out / f"broken-{width}.png"), full_page=True)
