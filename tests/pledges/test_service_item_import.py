"""明白卡 from a spreadsheet: drafts come in and go back, what hangs is left alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from branches import actions
from pledges.models import ServiceItem
from tests.branches.imports import applied, previewed
from tests.excel.books import book_bytes
from tests.factories import ServiceItemFactory

pytestmark = pytest.mark.django_db
HEADING = [
    "序号", "事项名称", "所属支部", "受理窗口", "设定依据", "受理条件", "申请材料", "办理流程", "是否收费",
    "办理时限", "法定时限", "承办单位", "承办人", "咨询电话",
]  # fmt: skip


def line(world, matter="结婚登记", limit="当场办结", window=None, branch=None):
    return [
        1, matter, (branch or world.north).name, window or world.window.name, "《婚姻登记条例》第四条",
        "双方自愿", "身份证\n户口簿", "申请—审查—登记", "不收费", limit, "5个工作日", "民政局", "钱一", "0518-1",
    ]  # fmt: skip


def book(world, *rows):
    return book_bytes([["服务事项清单"], HEADING, *rows, ["注：以上事项均可网上预约。"]])


def upload(world, data, by=None):
    return previewed(world, data, by=by or world.secretary, kind="service_items")


def reasons(held):
    from branches.excel.uploads import load_preview  # noqa: PLC0415

    return [message for row in load_preview(held)["rows"] for _, message in row["errors"]]


def test_a_whole_card_comes_in_as_a_draft_and_goes_back(world):
    held = applied(upload(world, book(world, line(world))), world.secretary)

    card = ServiceItem.objects.get()
    assert (card.state, card.organisation, card.window) == ("draft", world.north, world.window)
    assert (card.limit_days, card.legal_days, card.charges) == (0, 5, "free")
    assert card.gaps() == []
    assert card.material_lines == ["身份证", "户口簿"]
    assert card.written_by == world.secretary

    actions.undo_upload(held, by=world.secretary, at=timezone.now())
    assert not ServiceItem.objects.exists()


def test_a_draft_is_changed_and_undone_to_the_old(world):
    applied(upload(world, book(world, line(world))), world.secretary)
    held = upload(world, book(world, line(world, limit="3个工作日")))
    assert (held.counts["changed"], held.counts["added"]) == (1, 0)
    held = applied(held, world.secretary)
    assert ServiceItem.objects.get().limit_days == 3

    actions.undo_upload(held, by=world.secretary, at=timezone.now())

    assert ServiceItem.objects.get().limit_days == 0


def test_what_hangs_is_left_alone(world):
    ServiceItemFactory(organisation=world.north, matter="结婚登记", state="proposed")

    held = upload(world, book(world, line(world)))

    assert held.counts["out"] == 1
    assert "出新的一版" in reasons(held)[0]


def test_rows_that_cannot_be_said_why(world):
    held = upload(
        world,
        book(
            world,
            line(world, "甲事项", branch=world.south),
            line(world, "乙事项", window="没有的窗口"),
            line(world, "丙事项", limit="尽快"),
            line(world, "丁事项"),
            line(world, "丁事项"),
        ),
    )

    assert held.counts["out"] == 4
    text = "；".join(reasons(held))
    for part in (
        "不在导入范围内",
        "没有名为“没有的窗口”的窗口",
        "读不出天数",
        "同一组织的同一事项",
    ):
        assert part in text


def test_a_card_with_gaps_comes_in_with_a_hint(world):
    held = upload(world, book_bytes([["事项名称", "所属支部"], ["离婚登记", world.north.name]]))

    assert (held.counts["warned"], held.counts["out"]) == (1, 0)


def test_the_page_offers_it_and_a_member_is_refused(world, as_person):
    url = reverse("branches:import_add", args=["service_items"])

    assertContains(as_person(world.secretary).get(url), "导入明白卡")
    assert as_person(world.member).get(url).status_code == 403
