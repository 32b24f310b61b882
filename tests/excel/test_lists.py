"""Plain lists: headings of two rows, merged cells, what a cell may hold."""

import pytest

from branches.excel.listing import BadValue, Doubtful, ListColumn, read_listing
from branches.excel.outcome import IMPORTED
from branches.excel.readers import choice_of, day_of, figure_of, whole_of
from common.excel.reading import read_workbook
from common.excel.workbook import DATE, NUMBER, TEXT, Cell
from tests.excel.books import book_bytes

LEDGER = (
    ListColumn("problem", "问题", r"(存在)?问题(描述)?", required=True),
    ListColumn("measure", "整改措施", r"(整改)?措施"),
    ListColumn("owner", "责任人", r"责任人(姓名)?"),
    ListColumn("due", "整改时限", r"(整改)?(时限|期限)", read=day_of),
)


def listed(rows, merges=()):
    listing = read_listing(read_workbook(book_bytes(rows, merges=merges)), LEDGER, noun="问题")
    let_in = [fate.person for fate in listing.fates if fate.fate == IMPORTED]
    return listing, let_in


def test_a_heading_of_two_rows_with_merged_cells():
    _, rows = listed(
        [
            ["整改台账", None, None, None, None],
            ["序号", "存在问题", "整改", None, "责任"],
            [None, None, "措施", "时限", "人"],
            [1, "窗口缺岗", "排班", "2026-09-30", "林小满"],
        ],
        merges=["A1:E1", "A2:A3", "B2:B3", "C2:D2"],
    )

    assert [row.values for row in rows] == [
        {"problem": "窗口缺岗", "measure": "排班", "due": "2026-09-30", "owner": "林小满"}
    ]


def test_one_problem_over_three_measures_says_which_values_are_shared():
    _, rows = listed(
        [
            ["问题", "整改措施", "责任人"],
            ["窗口缺岗", "排班", "甲一"],
            [None, "公示值守", "乙二"],
            ["等候过久", "增开窗口", "甲一"],
        ],
        merges=["A2:A3"],
    )

    assert [(row.values["problem"], row.values["measure"], row.shared) for row in rows] == [
        ("窗口缺岗", "排班", []),
        ("窗口缺岗", "公示值守", ["problem"]),
        ("等候过久", "增开窗口", []),
    ]


def test_lines_that_hold_nothing_are_skipped_and_say_why():
    listing, rows = listed(
        [
            ["问题", "整改措施", "责任人"],
            ["一、窗口服务", None, None],
            ["窗口缺岗", "排班", "甲一"],
            ["问题", "整改措施", "责任人"],
            ["等候过久", "增开窗口", None],
            ["合计", "2", None],
            ["填报人：丙三", None, "2026年9月30日"],
        ],
        merges=["A2:C2"],
    )

    assert [row.values["problem"] for row in rows] == ["窗口缺岗", "等候过久"]
    reasons = {fate.row: fate.reason for fate in listing.fates if fate.fate == "skipped"}
    assert reasons == {2: "小标题、说明行", 4: "重复的表头", 6: "合计、说明行", 7: "签字、填报行"}


def test_a_file_without_the_heading_says_which_is_missing():
    listing, rows = listed([["甲", "乙"], ["1", "2"]])

    assert rows == []
    assert listing.file_errors == ["没有找到写着“问题”的表头。请下载模板，或更正列的含义。"]


def cell(value, kind=TEXT, code=""):
    return Cell(value, kind, code)


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        (cell("1,234.50"), "1234.5"),
        (cell("\uff19\uff16\uff0e\uff12\uff05"), "96.2"),
        (cell("12 分"), "12"),
        (cell(0.30000000000000004, NUMBER), "0.3"),
        (cell(0.962, NUMBER, "0.0%"), "96.2"),
        (cell(100, NUMBER), "100"),
        (cell("—"), None),
    ],
)
def test_figures_as_people_write_them(given, figure):
    assert figure_of(given) == figure


@pytest.mark.parametrize("text", ["约 12", "12～15", "1,23", "九十"])
def test_what_is_no_figure_is_not_guessed(text):
    with pytest.raises(BadValue, match="不是数"):
        figure_of(cell(text))


def test_counts_are_whole_and_not_below_zero():
    assert whole_of(cell("12 票")) == 12
    for text in ("1.5", "-1"):
        with pytest.raises(BadValue, match="整数"):
            whole_of(cell(text))


def test_days_may_lie_ahead_but_are_never_invented():
    assert day_of(cell("2027年3月5日")) == "2027-03-05"
    assert isinstance(day_of(cell(46000, NUMBER)), Doubtful)
    assert day_of(cell("26.9.30")).value == "2026-09-30"
    assert day_of(cell("2026-09-30", DATE, "yyyy/m/d")) == "2026-09-30"
    with pytest.raises(BadValue, match="没有写到日"):
        day_of(cell("2027年3月"))
    with pytest.raises(BadValue, match="没有30日"):
        day_of(cell("2027-02-30"))


def test_a_choice_outside_the_list_is_named():
    read = choice_of({"是": "yes", "否": "no"})
    assert read(cell(" 是 ")) == "yes"
    with pytest.raises(BadValue, match="不在“是、否”之中"):
        read(cell("也许"))
