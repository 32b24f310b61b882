"""导出 Excel on every list: what the page shows, every page of it, ready to print, written down."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from branches.models import Window
from campaigns.models import WorkdayException
from common import jobs, notices
from common.dates import today
from common.models import AuditEvent
from evaluations.models import Kiosk, PaperEntry, PaperSheet
from supervision.models import Archive, LeadingGroup, RecheckDraw, Robot, Seat
from tests.factories import (
    DutyFactory,
    FeedbackFactory,
    InspectionFactory,
    PledgeFactory,
    ReviewFactory,
    ScorecardFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db
LISTS = {
    "branches:person_list": ("committee_member", "人员"),
    "branches:account_list": ("committee_member", "账号"),
    "branches:role_list": ("committee_member", "角色"),
    "branches:organisation_list": ("committee_member", "组织"),
    "branches:window_list": ("committee_member", "服务窗口"),
    "branches:promotion_list": ("committee_member", "预备党员"),
    "branches:correction_list": ("committee_member", "更正申请"),
    "branches:import_list": ("committee_member", "导入记录"),
    "branches:audit_list": ("audit_admin", "审计记录"),
    "campaigns:duty_list": ("committee_member", "职责清单"),
    "pledges:pledge_list": ("committee_member", "承诺"),
    "evaluations:review_list": ("committee_member", "点评"),
    "evaluations:feedback_list": ("committee_member", "群众意见"),
    "evaluations:rating_list": ("committee_member", "群众评价"),
    "pledges:report_list": ("committee_member", "超时超收反映"),
    "evaluations:round_list": ("committee_member", "互评"),
    "evaluations:meeting_list": ("committee_member", "会议"),
    "evaluations:follow_up_list": ("committee_member", "落实事项"),
    "supervision:scorecard_list": ("committee_member", "支部得分"),
    "supervision:inspection_list": ("committee_member", "督查记录"),
    "pledges:print_list": ("committee_member", "牌证印制"),
    "pledges:zone_list": ("committee_member", "责任区和先锋岗"),
    "pledges:coverage_list": ("committee_member", "党组织覆盖"),
    "supervision:recheck_list": ("committee_member", "回头看"),
    "supervision:archive_list": ("committee_member", "资料包"),
    "supervision:robot_list": ("committee_member", "群机器人"),
    "supervision:leading_list": ("committee_member", "领导小组"),
    "common:notice_list": ("member", "消息"),
    "campaigns:campaign_list": ("committee_member", "活动"),
    "campaigns:scheme_list": ("committee_member", "方案"),
    "campaigns:workday_list": ("committee_member", "节假日与调休"),
    "campaigns:branch_plan_list": ("committee_member", "支部实施方案"),
    "evaluations:poll_list": ("committee_member", "代表评议和调查"),
    "evaluations:supervisor_list": ("committee_member", "特邀监督员"),
    "evaluations:kiosk_list": ("committee_member", "评价器"),
    "evaluations:appraisal_list": ("committee_member", "民主评议"),
    "evaluations:paper_list": ("committee_member", "纸质表"),
    "competitions:contest_list": ("committee_member", "竞赛"),
    "competitions:indicator_list": ("committee_member", "指标"),
    "competitions:streak_list": ("committee_member", "连续无差错"),
    "competitions:selection_list": ("committee_member", "评选"),
    "competitions:activity_list": ("committee_member", "活动记录"),
    "competitions:target_list": ("committee_member", "创建目标"),
    "competitions:case_list": ("committee_member", "典型"),
    "competitions:pair_list": ("committee_member", "比学赶帮超"),
}
NOTHING_YET = {  # no table in this world, no button: the tests of the page or below have rows
    "branches:import_list",
    "competitions:activity_list",
    "competitions:case_list",
    "competitions:contest_list",
    "competitions:indicator_list",
    "competitions:streak_list",
    "competitions:selection_list",
    "competitions:target_list",
    "competitions:pair_list",
    "campaigns:workday_list",
    "evaluations:kiosk_list",
    "evaluations:paper_list",
    "pledges:print_list",
    "pledges:zone_list",
    "supervision:recheck_list",
    "supervision:archive_list",
    "supervision:robot_list",
    "supervision:leading_list",
    "common:notice_list",
}
ABOUT = {  # lists of one thing
    "campaigns:branch_plan_list": lambda world: [world.campaign.slug],
    "evaluations:kiosk_list": lambda world: [world.window.pk],
    "supervision:leading_list": lambda world: [world.campaign.slug],
}


def address(world, name):
    return reverse(name, args=ABOUT[name](world) if name in ABOUT else ())


def sheet_of(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response))).active


def rows_of(response):
    """Rows under the heading, the title and the line with unit and day above it left out."""
    return [list(row) for row in sheet_of(response).iter_rows(min_row=4, values_only=True)]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_the_button_and_the_file(world, as_person, name):
    person, title = LISTS[name]
    client, url = as_person(getattr(world, person)), address(world, name)
    if name == "branches:person_list":
        export = reverse("branches:person_export")
    else:
        export = url + "?export=xlsx"
    if name not in NOTHING_YET:
        assertContains(client.get(url), "导出 Excel")

    sheet = sheet_of(client.get(export))

    assert sheet["A1"].value == title
    assert f"导出日期：{today()}" in sheet["A2"].value
    assert sheet.print_title_rows == "$3:$3"
    event = AuditEvent.objects.order_by("-number").first()
    assert (event.verb, event.by) == (f"导出{title}", getattr(world, person))
    assert event.detail["rows"] == sheet.max_row - 3


def test_filters_are_kept_and_no_page_is_left_out(world, as_person):
    for number in range(35):
        WindowFactory(organisation=world.north, name=f"办证{number:02}号窗口", number="1")
    client = as_person(world.committee_member)
    url = reverse("branches:window_list") + "?q=办证&page=2&export=xlsx"

    rows = rows_of(client.get(url))

    assert [row[0] for row in rows] == [f"办证{number:02}号窗口" for number in range(35)]
    detail = AuditEvent.objects.order_by("-number").first().detail
    assert detail == {"rows": 35}  # whom or what one looked for is not written down


def test_a_secretary_exports_the_branch_and_nobody_exports_another_tree(world, as_person):
    names = {
        person: [row[0] for row in rows_of(as_person(getattr(world, person)).get(
            reverse("branches:window_list") + "?export=xlsx"
        ))]
        for person in ("secretary", "committee_member", "far_secretary")
    }  # fmt: skip

    assert names == {
        "secretary": [world.window.name],
        "committee_member": [world.window.name, world.window2.name],
        "far_secretary": [world.far_window.name],
    }


@pytest.mark.parametrize(
    "name", ["branches:account_list", "branches:audit_list", "branches:import_list"]
)
def test_who_may_not_see_the_list_gets_no_file(world, as_person, name):
    response = as_person(world.member).get(reverse(name) + "?export=xlsx")

    assert response.status_code == 403
    assert not AuditEvent.objects.filter(verb__startswith="导出").exists()


def test_what_citizens_and_members_write_is_never_live(world, as_person):
    evil = '=HYPERLINK("http://x","点我")'
    FeedbackFactory(campaign=world.campaign, window=world.window, text=evil, week_on=today())
    PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.member, text="@SUM(1)"
    )
    Window.objects.filter(pk=world.window.pk).update(place="-2+3")
    client = as_person(world.committee_member)

    for name, text in [
        ("evaluations:feedback_list", evil),
        ("pledges:pledge_list", "@SUM(1)"),
        ("branches:window_list", "-2+3"),
    ]:
        sheet = sheet_of(client.get(reverse(name) + "?export=xlsx"))
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
        assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_a_wide_list_lies_across_and_long_texts_go_on_in_the_next_line(world, as_person):
    InspectionFactory(
        period=world.period, organisation=world.north, window=world.window,
        inspected_by=world.inspector, found="窗口无人值守，" * 20,
    )  # fmt: skip
    url = reverse("supervision:inspection_list") + "?export=xlsx"

    sheet = sheet_of(as_person(world.committee_member).get(url))

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    long = next(cell for cell in sheet[4] if cell.value == "窗口无人值守，" * 20)
    assert long.alignment.wrap_text
    assert sheet.column_dimensions[long.column_letter].width <= 52


def test_the_number_of_rows_costs_no_queries(world, as_person):
    client = as_person(world.committee_member)
    names = [
        "branches:window_list",
        "campaigns:duty_list",
        "evaluations:review_list",
        "supervision:scorecard_list",
    ]
    _one_of_each(world, world.member)
    client.get(reverse("supervision:today"))  # the session settles on a campaign
    with_one = {name: _queries(client, name) for name in names}
    for person in (world.member2, world.member3):
        _one_of_each(world, person)

    assert {name: _queries(client, name) for name in names} == with_one


def _one_of_each(world, person):
    ReviewFactory(period=world.period, organisation=world.north, person=person, author=world.leader)
    DutyFactory(period=world.period, organisation=world.north, assignee=person)
    WindowFactory(organisation=world.north, name=f"{person.name}的窗口")
    ScorecardFactory(
        period=world.closed_period, organisation=world.north, person=person, subject="person"
    )


def _queries(client, name):
    with CaptureQueriesContext(connection) as held:
        rows_of(client.get(reverse(name) + "?subject=person&export=xlsx"))
    return len(held)


def test_lists_of_the_evaluations_with_rows_have_the_button_and_the_words(world, as_person):
    WorkdayException.objects.create(day=today(), name="调休", is_working=True)
    Kiosk.objects.create(
        window=world.window, name="一号平板", digest="x", opens_at="08:30", closes_at="17:30",
        registered_by=world.secretary,
    )  # fmt: skip
    sheet = PaperSheet.objects.create(
        period=world.period, form="满意度调查表", pile="一", window=world.window
    )
    PaperEntry.objects.create(
        sheet=sheet, by=world.secretary, slips=1, totals={}, entered_at=timezone.now()
    )
    client = as_person(world.committee_member)
    shown = {}
    for name in ("campaigns:workday_list", "evaluations:kiosk_list", "evaluations:paper_list"):
        assertContains(client.get(address(world, name)), "导出 Excel")
        shown[name] = rows_of(client.get(address(world, name) + "?export=xlsx"))

    assert ["调休", "上班"] in [row[1:] for row in shown["campaigns:workday_list"]]
    assert shown["evaluations:kiosk_list"] == [["一号平板", "08:30", "17:30", 20, "启用"]]
    assert shown["evaluations:paper_list"] == [
        ["满意度调查表 一", str(world.window), world.secretary.name, "等另一人录入"]
    ]


def test_lists_of_the_supervision_with_rows_have_the_button_and_keep_secrets(world, as_person):
    now, by = timezone.now(), world.committee_member
    group = LeadingGroup.objects.create(campaign=world.campaign, name="领导小组")
    Seat.objects.create(
        group=group, person=world.leader, position="head", title="组长", starts_on=today(),
        appointed_at=now, appointed_by=by,
    )  # fmt: skip
    Robot.objects.create(
        campaign=world.campaign, name="工作群", kind="wecom", address_sealed=b"secret-address",
        added_by=by, added_at=now,
    )  # fmt: skip
    RecheckDraw.objects.create(
        campaign=world.campaign, period=world.period, signed_off_until=today(), seed="ab",
        pool=[1, 2, 3], count=2, drawn_at=now, drawn_by=by,
    )  # fmt: skip
    job = jobs.request("supervision.archive", key="a", label="资料包", arguments={}, by=by, at=now)
    Archive.objects.create(campaign=world.campaign, job=job, asked_by=by, asked_at=now)
    notices.post([by], event="e", title="请看一看", url="/", at=now)
    client = as_person(by)
    shown = {}
    for name in ("leading", "robot", "recheck", "archive"):
        url = address(world, f"supervision:{name}_list")
        assertContains(client.get(url), "导出 Excel")
        shown[name] = rows_of(client.get(url + "?export=xlsx"))
    inbox = reverse("common:notice_list")
    assertContains(client.get(inbox), "导出 Excel")

    assert shown["leading"][0][:3] == ["领导小组", world.leader.name, "组长"]
    assert shown["robot"][0][0] == "工作群"
    assert "secret" not in str(shown["robot"])
    assert shown["recheck"][0][2:5] == [3, 2, by.name]
    assert shown["archive"][0][1:3] == [by.name, "等待"]
    own = rows_of(client.get(inbox + "?export=xlsx"))
    assert [row[1:] for row in own] == [["请看一看", None, "未读"]]
    assert rows_of(as_person(world.member).get(inbox + "?export=xlsx")) == []


def test_who_imports_finds_the_way_from_the_list(world, as_person):
    cards = reverse("pledges:shown_list", args=["item"])
    link = reverse("branches:import_add", args=["service_items"])

    assertContains(as_person(world.secretary).get(cards), link)
    assertNotContains(as_person(world.member).get(cards), link)
