import io

import openpyxl

from branches.excel.downloads import corrections, roster_template
from branches.excel.roster import read_roster
from common.excel.reading import read_workbook
from tests.excel.books import id_number
from tests.excel.truth import SAMPLES, TODAY, truth_of

R14 = SAMPLES / "rosters/R14_身份证与手机号陷阱.xlsx"


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_template_filled_in_is_read_without_a_word():
    book = opened(roster_template(["第一党支部"]))
    sheet = book.active
    row = ["许澜", id_number("19871120", 2), "女", "汉族", "1987-11-20", "大学本科", "正式党员"]
    sheet.append([*row, "2010-07-01", "2011-07-01", "第一党支部", "书记", "007", "19900000001"])
    out = io.BytesIO()
    book.save(out)

    roster = read_roster(read_workbook(out.getvalue()), known_branches=["第一党支部"], today=TODAY)

    assert roster.errors == []
    assert [problem.message for problem in roster.warnings] == ["工作表“可选项”是隐藏的，未读取"]
    person = roster.people[0]
    assert (person.work_no, person.party_position, person.branch) == ("007", "书记", "第一党支部")


def test_the_template_keeps_digits_and_offers_lists():
    book = opened(roster_template(["第一党支部", "第二党支部"]))

    sheet = book["党员名册"]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert book["可选项"].sheet_state == "hidden"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["J2:J5000"] == "'可选项'!$C$1:$C$2"
    assert book.sheetnames == ["党员名册", "填写说明", "可选项"]


def test_refused_rows_come_back_with_reasons_and_can_be_put_right():
    workbook = read_workbook(R14)
    known = truth_of(R14)["known_branches"]
    roster = read_roster(workbook, known_branches=known, today=TODAY)

    book = opened(corrections(roster, workbook))

    sheet = book["身份证陷阱"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(roster.errors) == 7
    assert rows[0][1] == "王晏泓"
    assert "文本格式" in rows[0][-1]
    sheet["E2"] = id_number("19600226", 2)
    out = io.BytesIO()
    book.save(out)
    again = read_roster(read_workbook(out.getvalue()), known_branches=known, today=TODAY)
    assert "王晏泓" in [person.name for person in again.people]


def test_refused_rows_of_a_sheet_whose_branch_is_in_the_title_keep_it():
    sample = SAMPLES / "rosters/R12_每支部一张工作表.xlsx"
    workbook = read_workbook(sample)
    workbook.sheets[1].rows[2].cells.pop(2)
    known = truth_of(sample)["known_branches"]

    roster = read_roster(workbook, known_branches=known, today=TODAY)
    sheet = opened(corrections(roster, workbook))["青禾县教育局机关党支部"]

    assert sheet["H1"].value == "所属党支部"
    assert sheet["H2"].value == "青禾县教育局机关党支部"
