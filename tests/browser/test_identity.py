"""Cards, prints, boards and the hall's screen, as people meet them (L03, L04, L09, L17)."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from branches import actions as branch_actions
from pledges.models import PrintBatch
from tests import pdf
from tests.factories import PledgeFactory, PostFactory, WindowTextFactory
from tests.factories.branches import moment
from tests.photos import photo_file

pytestmark = pytest.mark.django_db(transaction=True)
TOO_TALL = """() => {
  const wall = document.getElementById("wall");
  return [...wall.querySelectorAll(".wall-page")].filter(page => {
    page.hidden = false;
    const fits = wall.scrollHeight <= wall.clientHeight && wall.scrollWidth <= wall.clientWidth;
    page.hidden = true;
    return !fits;
  }).map(page => page.innerText.slice(0, 60));
}"""


def test_a_member_checks_the_card_and_the_secretary_prints_the_badges(centre, visit, worker):
    branch_actions.set_photo(
        centre.member,
        photo=branch_actions.reencoded_photo(photo_file()),
        consents=True,
        by=centre.member,
        at=moment(),
    )
    member = visit(centre.member, phone=True)
    member.opens(reverse("pledges:card"))
    member.page.get_by_label("人生格言", exact=True).fill("群众的事无小事")
    member.presses("核对无误，保存")
    expect(member.page.get_by_text("身份牌已核对")).to_be_visible()

    secretary = visit(centre.secretary)
    secretary.opens(reverse("pledges:print_list"))
    with secretary.page.expect_navigation():
        secretary.page.get_by_role("button", name="印全部待印的").click()
    secretary.page.wait_for_function(
        "() => document.querySelector('a[href^=\"/prints/\"]') !== null", timeout=30_000
    )
    batch = PrintBatch.objects.get()
    secretary.opens(reverse("pledges:print_batch", args=[batch.pk]))
    with secretary.page.expect_download() as download:
        secretary.page.get_by_role("link", name="下载 PDF").click()
    content = download.value.path().read_bytes()

    assert pdf.sizes(content) == [(210.0, 297.0)]
    assert "钱一" in pdf.text_of(content)
    board = visit(phone=True).opens(reverse("pledges:member_board", args=[centre.north.code]))
    expect(board.page.get_by_text("窗口受理岗")).to_be_visible()
    expect(board.page.get_by_text("群众的事无小事")).to_have_count(
        0
    )  # the plan names no motto here
    board.opens(reverse("pledges:organisation_wall", args=[centre.north.code]))
    secretary.opens(reverse("pledges:zone_list"))
    secretary.opens(reverse("pledges:zone_add", args=[centre.north.pk]))


def full_screen(new_page, path):
    page = new_page(width=1920, height=1080)
    page.goto(path)
    return page


def test_a_screen_never_scrolls_turns_and_keeps_what_it_has_without_a_network(
    world, new_page, live_server
):
    cache.clear()
    WindowTextFactory(
        window=world.window,
        services="结婚登记、离婚登记、补领婚姻登记证和档案查询" * 30,
        procedure="受理。" * 300,
        flow="取号\n" * 40,
    )
    for _ in range(9):
        PostFactory(
            organisation=world.north,
            window=world.window,
            title="综合受理窗口首席代表、党员先锋岗负责人",
        )
        PledgeFactory(
            published=True,
            period=world.period,
            organisation=world.north,
            owner_person=None,
            owner_window=world.window,
            text="材料齐全的当场办结，" * 20,
            target="平均不超过三个工作日，" * 9,
        )
    page = full_screen(new_page, reverse("pledges:window_wall", args=[world.window.code]))

    assert page.evaluate(TOO_TALL) == []
    page.reload()
    first = page.locator(".wall-page:not([hidden])").inner_text()
    page.clock.install()
    page.reload()
    page.clock.run_for(15_100)
    assert page.locator(".wall-page:not([hidden])").inner_text() != first

    page.context.set_offline(True)
    total = page.locator(".wall-page").count()
    page.clock.run_for(15_000 * total)
    expect(page.locator("[data-wall-stale]")).to_be_visible()
    assert page.locator(".wall-page:not([hidden])").count() == 1

    page.context.set_offline(False)
    page.clock.run_for(15_000 * total)
    expect(page.locator("[data-wall-stale]")).to_be_hidden()


def test_the_first_page_of_a_screen_is_readable_without_scripts(world, new_page, live_server):
    page = new_page(width=1920, height=1080, java_script_enabled=False)
    page.goto(reverse("pledges:window_wall", args=[world.window.code]))

    expect(page.get_by_role("heading", name="窗口人员")).to_be_visible()
