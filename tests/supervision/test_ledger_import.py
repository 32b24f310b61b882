"""整改台账 from Excel with merged cells: rows in, rows out with reasons, undone, twice is once."""

import io

import openpyxl

from branches import actions as branch_actions
from campaigns.models import Duty
from supervision.models import Rectification, Step
from tests.branches.imports import applied, previewed
from tests.supervision.test_ledger import in_days, office

__all__ = ["office"]


def ledger_file(rows, merges=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["岗位建功活动整改台账"])
    sheet.merge_cells("A1:H1")
    sheet.append(
        ["序号", "责任支部", "存在问题", "问题来源", "类别", "整改措施", "责任人", "完成时限"]
    )
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_belong_to_each_of_their_rows(office):
    day = in_days(20).isoformat()
    data = ledger_file(
        [
            [1, "第一支部", "排队时间长", "群众提", "服务态度", "增开窗口", "钱一", day],
            [2, None, "指示牌不清", None, "脸难看", "更换", None, None],
            [3, "第二支部", "公示过期", "自己找", None, None, None, day],
        ],
        merges=["B3:B4", "D3:D4", "G3:G4", "H3:H4"],
    )

    upload = previewed(
        office,
        data,
        by=office.committee_member,
        kind="ledger",
        about="world",
        organisation=office.root,
    )
    applied(upload, office.committee_member)

    found = Rectification.objects.order_by("pk").values_list(
        "organisation__name", "problem", "source", "category", "owner__name", "state"
    )
    assert list(found) == [
        ("第一支部", "排队时间长", "public", "attitude", "钱一", "mending"),
        ("第一支部", "指示牌不清", "public", "attitude", "钱一", "mending"),
        ("第二支部", "公示过期", "self_found", "", None, "found"),
    ]
    assert Duty.objects.filter(act="rectify", assignee=office.member).count() == 2
    assert Step.objects.filter(kind="found").count() == 3


def test_bad_rows_stay_out_with_the_reason_and_nothing_is_half_in(office):
    day, past = in_days(20).isoformat(), in_days(-1).isoformat()
    data = ledger_file(
        [
            [1, "第一支部", "甲", "群众提", None, None, None, past],
            [2, "远方支部", "乙", "群众提", None, None, None, day],
            [3, "第一支部", "丙", "道听途说", None, None, None, day],
            [4, "第一支部", "丁", "自己找", None, None, None, day],
            [5, "第一支部", "丁", "自己找", None, None, None, day],
        ]
    )

    upload = previewed(
        office,
        data,
        by=office.committee_member,
        kind="ledger",
        about="world",
        organisation=office.root,
    )

    assert upload.counts["out"] == 4
    assert not Rectification.objects.exists()


def test_the_same_file_twice_is_refused_row_by_row(office):
    data = ledger_file([[1, "第一支部", "甲", "自己找", None, None, None, in_days(9).isoformat()]])
    applied(
        previewed(
            office,
            data,
            by=office.committee_member,
            kind="ledger",
            about="world",
            organisation=office.root,
        ),
        office.committee_member,
    )

    again = previewed(
        office,
        data,
        by=office.committee_member,
        kind="ledger",
        about="world",
        organisation=office.root,
    )

    assert again.counts["out"] == 1
    assert Rectification.objects.count() == 1


def test_an_import_can_be_taken_back(office):
    day = in_days(9).isoformat()
    data = ledger_file([[1, "第一支部", "甲", "自己找", None, "改", "钱一", day]])
    upload = applied(
        previewed(
            office,
            data,
            by=office.committee_member,
            kind="ledger",
            about="world",
            organisation=office.root,
        ),
        office.committee_member,
    )

    branch_actions.undo_upload(upload, by=office.committee_member, at=upload.applied_at)

    assert not Rectification.objects.exists()
    assert not Duty.objects.filter(act="rectify").exists()
