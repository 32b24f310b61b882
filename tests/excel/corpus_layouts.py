"""Ugly layouts: titles, headings, sections, ticks, blocks, what stands amid the people."""

from openpyxl.styles import Font

from tests.excel.books import id_number, saved
from tests.excel.good_files import (
    HEAD,
    ID1,
    ID3,
    ID4,
    M1,
    M2,
    P1,
    P2,
    A,
    B,
    Good,
    book_of,
    day,
    good,
)


@good
def branch_in_title_only():
    book, _ = book_of([[f"中共{A}党员花名册（2026年6月）"], HEAD, P1, P2])
    return Good(
        saved(book),
        (A, B),
        {
            ("Sheet1", 3): {**M1, "branch": A},
            ("Sheet1", 4): {**M2, "branch": A},
            ("Sheet1", 1): "skip",
        },
    )


@good
def branch_in_unit_line():
    book, _ = book_of(
        [["党员名册"], [f"填报单位（盖章）：{A}", None, None, None, "2026年6月30日"], HEAD, P1],
        merges=["A1:G1", "A2:D2", "E2:G2"],
    )
    return Good(saved(book), (A,), {("Sheet1", 4): {**M1, "branch": A}})


@good
def sections_with_subtotals():
    rows = [
        ["青禾县民政局党员花名册"],
        HEAD,
        [f"一、{A}（1人）"],
        P1,
        ["小计", "1人"],
        [f"二、{B}"],
        P2,
        ["小计", None, None, 1],
        ["合计", "2人"],
        ["填表人：王某", None, None, "审核人：李某"],
    ]
    book, _ = book_of(rows, merges=["A1:G1", "A3:G3", "A6:G6"])
    expected = {("Sheet1", n): "skip" for n in (1, 2, 3, 5, 6, 8, 9, 10)}
    return Good(
        saved(book),
        (A, B),
        {**expected, ("Sheet1", 4): {**M1, "branch": A}, ("Sheet1", 7): {**M2, "branch": B}},
    )


@good
def sections_with_short_names():
    book, _ = book_of(
        [["青禾县民政局党员花名册"], HEAD, ["第一党支部"], P1, ["第二党支部"], P2],
        merges=["A3:G3", "A5:G5"],
    )
    return Good(
        saved(book),
        (A, B),
        {("Sheet1", 4): {**M1, "branch": A}, ("Sheet1", 6): {**M2, "branch": B}},
    )


@good
def section_of_an_unknown_branch_is_not_the_one_above():
    book, _ = book_of(
        [HEAD, [f"{A}"], P1, ["青禾县民政局第三党支部"], P2], merges=["A2:G2", "A4:G4"]
    )
    return Good(saved(book), (A, B), {("Sheet1", 3): {**M1, "branch": A}, ("Sheet1", 5): "reject"})


@good
def sections_of_categories():
    people = [
        ["正式党员（1人）"],
        P1,
        ["二、预备党员"],
        [2, "金昱", "女", "汉", "1999.5", "2026.3", ID4],
    ]
    others = [["三、入党积极分子"], [3, "吴棠", "女", "汉", "1999.5", None, ID3]]
    book, _ = book_of([[A], HEAD, *people, *others], merges=["A3:G3", "A5:G5", "A7:G7"])
    expected = {("Sheet1", n): "skip" for n in (3, 5, 7)}
    expected |= {("Sheet1", 4): {"category": "正式党员"}, ("Sheet1", 6): {"category": "预备党员"}}
    return Good(saved(book), (A,), {**expected, ("Sheet1", 8): "reject"})


@good
def a_category_alone_in_the_name_column():
    head = ["姓名", "性别", "入党时间", "备注"]
    rows = [["张蓁", "男", "2005.12", "已转出"], ["预备党员"], ["吴棠", "女", "2025.12"], ["金昱"]]
    book, _ = book_of([[A], head, *rows])
    expected = {("Sheet1", 3): "flag", ("Sheet1", 4): "skip", ("Sheet1", 6): "flag"}
    return Good(saved(book), (A,), {**expected, ("Sheet1", 5): {"category": "预备党员"}})


@good
def surname_and_given_name_apart():
    book, _ = book_of(
        [
            ["序号", "姓名", None, "性别", "入党时间", "党支部"],
            [None, "姓", "名"],
            [1, "欧阳", "修", "男", "2005.12", A],
            [2, "李", "四光", "男", "2006.7", A],
        ],
        merges=["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2"],
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 3): {"name": "欧阳修"},
            ("Sheet1", 4): {"name": "李四光", "join_date": day("2006-07")},
        },
    )


@good
def surname_and_given_name_in_one_row():
    book, _ = book_of(
        [["姓", "名", "性别", "入党时间", "党支部"], ["诸葛", "亮", "男", "2005.12", A]]
    )
    return Good(saved(book), (A,), {("Sheet1", 2): {"name": "诸葛亮"}})


@good
def one_sheet_per_branch_with_short_names():
    book, _ = book_of([["党员花名册"], HEAD, P1], title="第一支部")
    other = book.create_sheet("第二党支部")
    for row in (HEAD, P2):
        other.append(row)
    book["第一支部"].title = "第一党支部"
    return Good(
        saved(book),
        (A, B),
        {("第一党支部", 3): {**M1, "branch": A}, ("第二党支部", 2): {**M2, "branch": B}},
    )


@good
def tick_matrix():
    head = ["序号", "姓名", "性别", None, "人员类别", None, "支部职务", None, None, "入党时间"]
    below = [None, None, "男", "女", "正式党员", "预备党员", "书记", "副书记", "组织委员", None]
    rows = [
        [f"{A}党员情况表"],
        head,
        below,
        [1, "张蓁", "√", None, "√", None, "√", None, None, "2005.12"],
        [2, "金昱", None, "✓", None, "√", None, None, None, "2026.3"],
        [3, "吴棠", None, "√", "√", None, None, "√", "√", "1999.7"],
    ]
    book, _ = book_of(rows, merges=["A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:I2", "J2:J3"])
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 4): {
                "name": "张蓁",
                "gender": "男",
                "category": "正式党员",
                "party_position": "书记",
            },
            ("Sheet1", 5): {"gender": "女", "category": "预备党员", "party_position": None},
            ("Sheet1", 6): {"party_position": "副书记、组织委员"},
        },
    )


@good
def two_ticks_of_which_one_is_wrong():
    head = ["姓名", "正式党员", "预备党员", "入党时间", "党支部"]
    book, _ = book_of([head, ["张蓁", "√", "√", "2005.12", A], ["金昱", "√", None, "2005.12", A]])
    return Good(
        saved(book), (A,), {("Sheet1", 2): "reject", ("Sheet1", 3): {"category": "正式党员"}}
    )


@good
def code_columns():
    head = ["姓名", "性别", "民族", "学历", "人员类别", "入党日期", "所在党支部"]
    book, _ = book_of(
        [head, ["张蓁", "1_男", "01_汉族", "31_大学专科", "223_正式党员", "20051226", A]]
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 2): {
                "gender": "男",
                "ethnicity": "汉族",
                "education": "大学专科",
                "category": "正式党员",
                "join_date": day("2005-12-26"),
            }
        },
    )


@good
def side_by_side():
    head = ["序号", "姓名", "性别", "入党时间", None, "序号", "姓名", "性别", "入党时间"]
    book, _ = book_of(
        [
            [f"{A}党员名单"],
            head,
            [1, "张蓁", "男", "2005.12", None, 3, "吴棠", "女", "1999.7"],
            [2, "金昱", "女", "2006.1"],
        ]
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 3): [
                {"name": "张蓁", "gender": "男"},
                {"name": "吴棠", "gender": "女", "join_date": day("1999-07")},
            ],
            ("Sheet1", 4): {"name": "金昱"},
        },
    )


@good
def merged_branch_column():
    head = ["党支部", "姓名", "性别", "入党时间"]
    book, _ = book_of(
        [
            head,
            [A, "张蓁", "男", "2005.12"],
            [None, "金昱", "女", "2006.1"],
            [B, "吴棠", "女", "1999.7"],
        ],
        merges=["A2:A3"],
    )
    return Good(
        saved(book),
        (A, B),
        {("Sheet1", 2): {"branch": A}, ("Sheet1", 3): {"branch": A}, ("Sheet1", 4): {"branch": B}},
    )


@good
def ditto_marks():
    head = ["姓名", "性别", "入党时间", "党支部"]
    book, _ = book_of(
        [
            head,
            ["张蓁", "男", "2005.12", A],
            ["金昱", "女", "2006.1", "同上"],
            ["吴棠", "女", "2006.1", "〃"],
        ]
    )
    return Good(saved(book), (A,), {("Sheet1", n): {"branch": A} for n in (2, 3, 4)})


@good
def repeated_heading_and_column_numbers():
    marks = ["甲", "1", "2", "3", "4", "5", "6"]
    book, _ = book_of([[f"{A}花名册"], HEAD, marks, P1, HEAD, P2, ["以下空白"]])
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 2): "skip",
            ("Sheet1", 3): "skip",
            ("Sheet1", 4): M1,
            ("Sheet1", 5): "skip",
            ("Sheet1", 6): M2,
            ("Sheet1", 7): "skip",
        },
    )


@good
def instruction_rows_and_samples_amid():
    guide = [
        "自动生成",
        "必填，与身份证一致",
        "下拉选择",
        "必填",
        "格式：1990.05",
        "格式：1990.05",
        "18位，文本格式",
    ]
    sample = ["例", "张三", "男", "汉族", "1990.05", "2010.07", id_number("19900503", 7)]
    notes = ["填表说明：1.本表由支部填写；2.日期填到月。"]
    book, _ = book_of([[f"{A}花名册"], HEAD, guide, sample, P1, notes, P2], merges=["A6:G6"])
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 3): "skip",
            ("Sheet1", 4): "skip",
            ("Sheet1", 5): M1,
            ("Sheet1", 6): "skip",
            ("Sheet1", 7): M2,
        },
    )


@good
def dictionary_beside_the_people():
    book, _ = book_of(
        [
            [*HEAD, "党支部", None, "民族", "政治面貌"],
            [*P1, A, None, "汉族", "正式党员"],
            [*P2, A, None, "回族", "预备党员"],
            [None] * 9 + ["满族"],
            [None] * 9 + ["壮族"],
        ]
    )
    return Good(
        saved(book),
        (A,),
        {("Sheet1", 2): M1, ("Sheet1", 3): M2, ("Sheet1", 4): "skip", ("Sheet1", 5): "skip"},
    )


@good
def hidden_column_with_the_number_and_a_hidden_old_one():
    head = ["姓名", "身份证号", "身份证号", "性别", "入党时间", "党支部"]
    book, sheet = book_of([head, ["张蓁", ID4, ID1, "男", "2005.12", A]])
    sheet.column_dimensions["B"].hidden = True
    return Good(saved(book), (A,), {("Sheet1", 2): {"id_number": ID1}})


@good
def hidden_rows_are_left_out_with_a_word():
    book, sheet = book_of([[*HEAD, "党支部"], [*P1, A], [*P2, A]])
    sheet.row_dimensions[3].hidden = True
    return Good(saved(book), (A,), {("Sheet1", 2): M1, ("Sheet1", 3): "flag"})


@good
def struck_through_people():
    book, sheet = book_of([[*HEAD, "党支部"], [*P1, A], [*P2, A]])
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    return Good(saved(book), (A,), {("Sheet1", 2): M1, ("Sheet1", 3): "flag"})
