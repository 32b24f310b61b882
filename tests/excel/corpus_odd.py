"""Odd rosters: other words in the headings, other sections, dates in odd forms, notes at the end."""

import datetime

from tests.excel.books import saved
from tests.excel.good_files import ID1, ID2, ID3, ID4, A, B, Good, book_of, day, good


@good
def groups_of_headings_in_other_words():
    book, _ = book_of(
        [
            [f"中共{A}党员基本情况一览表"],
            ["统计截止时间：2026年6月30日", *[None] * 8, "单位：人"],
            ["顺序", "基本情况", None, None, None, "党内情况", None, None, "联系方式", None],
            [
                None,
                "名字",
                "男/女",
                "族别",
                "生日",
                "入党年月",
                "转正年月",
                "党内任职情况",
                "手机",
                "座机",
            ],
            [1, "姜屿澄", "男", "汉", "1980年3月", "2005.12", "2006.12", "支部书记", "19900000001"],
            ["备注：本表由支部组织委员填写，一式两份。"],
        ],
        merges=["A1:J1", "A3:A4", "B3:E3", "F3:H3", "I3:J3", "A6:J6"],
    )
    member = {
        "name": "姜屿澄", "branch": A, "gender": "男", "ethnicity": "汉族", "birth_date": day("1980-03"),
        "join_date": day("2005-12"), "regular_date": day("2006-12"), "party_position": "支部书记",
        "phone": "19900000001",
    }  # fmt: skip
    return Good(saved(book), (A,), {("Sheet1", 5): member, ("Sheet1", 6): "skip"})


@good
def headings_that_ask_when():
    book, _ = book_of(
        [
            ["党员名单"],
            ["编号", "党员姓名", "公民身份证号码", "何年何月加入中国共产党", "何年何月转为正式党员",
             "现任党内职务", "最高学历", "移动电话", "籍贯", "参加工作时间", "所在党支部（全称）", "党员类型"],
            [1, "姜屿澄", ID1, "2005年12月", "2006年12月", "组织委员", "研究生", "19900000001", "江苏",
             "2003.7", A, "正式"],
            [2, "卫晏珩", ID2, "2026年1月", None, None, "大学本科", None, "江苏", "2013.7", B, "预备"],
        ]
    )  # fmt: skip
    return Good(
        saved(book),
        (A, B),
        {
            ("Sheet1", 3): {
                "branch": A, "join_date": day("2005-12"), "regular_date": day("2006-12"),
                "party_position": "组织委员", "category": "正式党员",
            },
            ("Sheet1", 4): {"branch": B, "join_date": day("2026-01"), "category": "预备党员"},
        },
    )  # fmt: skip


def _csv():
    return (
        f'{A}党员花名册,,,,\r\n序号,姓 名,"入党\n时间",身份证号码,手机号码\r\n'
        f"1,姜㛃澄,2005-12-01,\t{ID1},19900000001\r\n2,卫晏珩,2015/12/1,'{ID2},19900000002\r\n"
        '合计：2人,,,,\r\n"说明：1.入党时间按支部大会通过时间填写；\n2.手机必填",,,,\r\n'
    )


CSV_ROWS = {
    ("CSV", 3): {"name": "姜㛃澄", "id_number": ID1, "join_date": day("2005-12-01"), "branch": A},
    ("CSV", 4): {"name": "卫晏珩", "id_number": ID2, "join_date": day("2015-12-01"), "branch": A},
    ("CSV", 5): "skip",
    ("CSV", 6): "skip",
}


@good
def csv_with_mark_and_notes():
    return Good(("\ufeff" + _csv()).encode(), (A,), CSV_ROWS)


@good
def csv_in_gb18030_with_a_rare_sign_and_notes():
    return Good(_csv().encode("gb18030"), (A,), CSV_ROWS)


@good
def groups_at_the_left_and_notes_below():
    book, _ = book_of(
        [
            [f"{A}党员花名册"],
            ["党小组", "序号", "姓名", "性别", "出生年月", "民族", "入党日期", "备注"],
            ["第一党小组", 1, "姜屿澄", "男", "1980.03", "汉族", "2005.12", "小组长"],
            [None, 2, "卫晏珩", "女", "1991.05", "汉族", "2015.12", None],
            ["第二党小组", 3, "应清越", "女", "1997.09", "汉族", "2020.06", None],
            ["以上共计3人，其中正式党员3人，预备党员0人。"],
            ["注："],
            ["1. 本表于每年6月底前更新；"],
            [None, "2. 有变动的请在备注栏注明。"],
        ],
        merges=["A1:H1", "A3:A4", "A6:H6"],
    )
    people = {("Sheet1", row): {"branch": A} for row in (3, 4, 5)}
    return Good(saved(book), (A,), people | {("Sheet1", row): "skip" for row in (6, 7, 8, 9)})


@good
def sections_with_ornaments_and_headings_in_another_order():
    book, _ = book_of(
        [
            ["青禾县民政局党员名册"],
            ["▲第一党支部（共2名党员）"],
            ["序号", "姓名", "性别", "身份证号码", "入党时间"],
            [1, "姜屿澄", "男", ID1, "2005.12"],
            [2, "卫晏珩", "女", ID2, "2015.12"],
            [None],
            [f"【{B}】 书记：段闻笙"],
            ["序号", "姓名", "入党时间", "转正时间", "身份证号码", "性别"],
            [1, "段闻笙", "2019.07", "2020.07", ID4, "女"],
        ]
    )
    return Good(
        saved(book),
        (A, B),
        {
            ("Sheet1", 4): {"branch": A, "id_number": ID1, "join_date": day("2005-12")},
            ("Sheet1", 5): {"branch": A, "id_number": ID2},
            ("Sheet1", 9): {"branch": B, "id_number": ID4, "regular_date": day("2020-07")},
        },
    )


@good
def sheets_named_in_the_shortest_way():
    heading = ["序号", "姓名", "性别", "身份证号", "入党时间"]
    book, sheet = book_of([["支部名称", "党员人数"], ["一支部", 1], ["二支部", 1], ["合计", 2]])
    sheet.title = "汇总"
    eleventh = A.replace("第一", "第十一")
    for title, row in [
        ("一支部(1人)", [1, "姜屿澄", "男", ID1, "2005.12"]),
        ("2.第2支部", [1, "卫晏珩", "女", ID2, "2015.12"]),
        ("第十一支部", [1, "应清越", "男", ID3, "2020.06"]),
    ]:
        page = book.create_sheet(title)
        page.append(heading)
        page.append(row)
    notes = book.create_sheet("填表说明")
    notes.append(["1.姓名：按身份证填写。"])
    return Good(
        saved(book),
        (A, B, eleventh),
        {
            ("一支部(1人)", 2): {"branch": A},
            ("2.第2支部", 2): {"branch": B},
            ("第十一支部", 2): {"branch": eleventh},
            ("汇总", 2): "skip",
            ("填表说明", 1): "skip",
        },
    )


ODD_DATES = [
    ("1985.03.", "2005.7.1", "1985-03", "2005-07-01"),
    ("1985-3-5 ", "2005年7月", "1985-03-05", "2005-07"),
    (datetime.date(1985, 3, 5), datetime.date(2005, 7, 1), "1985-03-05", "2005-07-01"),
    ("85.3", "2005年7月1日入党", "1985-03", "2005-07-01"),
    ("03/1985", "二〇〇五年七月一日", "1985-03", "2005-07-01"),
    ("1985 03 05", "2005 1 1", "1985-03-05", "2005-01-01"),
    ("1985年3月生", "2005. 7. 1", "1985-03", "2005-07-01"),
    ("1985年03", "2005-07-01 08:30", "1985-03", "2005-07-01"),
    ("1985、3、5", "05.07.01", "1985-03-05", "2005-07-01"),
]
NO_DATES = ["2005.1 1", "2005年“七一”", "2005'7", "2005.13", "July 1, 2005", "2005年7月1日（预备）"]


@good
def dates_in_odd_forms():
    rows = [[A], ["姓名", "出生日期", "入党时间"]]
    expected = {}
    for number, (born, joined, birth, join) in enumerate(ODD_DATES, start=3):
        rows.append([f"姜屿{'甲乙丙丁戊己庚辛壬'[number - 3]}", born, joined])
        expected["Sheet1", number] = {"birth_date": day(birth), "join_date": day(join)}
    for number, text in enumerate(NO_DATES, start=len(rows) + 1):
        rows.append([f"卫晏{'甲乙丙丁戊己'[number - len(ODD_DATES) - 3]}", "1985.03", text])
        expected["Sheet1", number] = "reject"
    book, _ = book_of(rows)
    return Good(saved(book), (A,), expected)


@good
def a_date_in_three_columns_and_ticks_for_gender():
    book, _ = book_of(
        [
            [A],
            ["序号", "姓名", "性别", None, "出生", None, None, "入党时间", None, "正式", "预备"],
            [None, None, "男", "女", "年", "月", "日", "年", "月", None, None],
            [1, "姜屿澄", "√", None, 1980, 3, 28, 2005, 12, "√", None],
            [2, "卫晏珩", None, "√", "1991年", "5月", None, 2015, "12月", "√", None],
        ],
        merges=["A2:A3", "B2:B3", "C2:D2", "E2:G2", "H2:I2", "J2:J3", "K2:K3"],
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 4): {
                "gender": "男", "birth_date": day("1980-03-28"), "join_date": day("2005-12"),
                "category": "正式党员",
            },
            ("Sheet1", 5): {
                "gender": "女", "birth_date": day("1991-05"), "join_date": day("2015-12"),
            },
        },
    )  # fmt: skip


@good
def remarks_behind_names_and_categories():
    book, _ = book_of(
        [
            [A],
            ["序号", "姓名", "性别", "政治面貌", "入党时间"],
            [1, "①姜屿澄", "男", "中共党员（正式）", "2005.12"],
            [2, "卫晏珩（预备）", "女", "中共党员（预备）", "2026.1"],
            [3, "3.应清越", "女", "党员", "2016.1"],
            [4, "段闻笙", "男", "共青团员", None],
            [5, "李某某", "男", "党员", "2016.1"],
        ]
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 3): {"name": "姜屿澄", "category": "正式党员"},
            ("Sheet1", 4): {"name": "卫晏珩", "category": "预备党员"},
            ("Sheet1", 5): {"name": "应清越", "category": "正式党员"},
            ("Sheet1", 6): "reject",
            ("Sheet1", 7): "flag",
        },
    )


@good
def far_from_the_corner():
    edge = [None] * 3
    book, _ = book_of(
        [
            [None],
            [None],
            [*edge, f"{A}党员花名册"],
            [None],
            [*edge, "填报单位：", A, None, "填报时间：2026.6"],
            [None],
            [*edge, "序", "姓名", "出生日期", "加入中国共产党时间", "转正"],
            [*edge, None, "（必填）", "（格式：1990-01-01）", "（格式：1990-01-01）", "选填"],
            [*edge, "例", "张三", "1990-01-01", "2010-01-01", "2011-01-01"],
            [*edge, 1, "姜屿澄", "1980-03-28", "2005-12-01", "2006-12-01"],
            [*edge, "填报人签字：", None, "支部书记签字："],
        ]
    )
    return Good(
        saved(book),
        (A, B),
        {
            ("Sheet1", 8): "skip",
            ("Sheet1", 9): "skip",
            ("Sheet1", 10): {"branch": A, "regular_date": day("2006-12-01")},
            ("Sheet1", 11): "skip",
        },
    )


@good
def groups_of_people_between_them_and_branches_with_their_numbers():
    book, _ = book_of(
        [
            ["离退休党员名册"],
            ["所在支部", "序号", "姓 名", "性 别", "出 生\n年 月", "入 党\n年 月", "备注"],
            [f"{A}\n（2人）", "一", "在职党员"],
            [None, 1, "姜屿澄", "男", "1980.03", "2005.12"],
            [None, "二", "离退休党员"],
            [None, 1, "卫晏珩", "女", "1951.05", "1975.12", "2026年3月转出"],
            [None, None, "合计2人"],
            [f"{B}（1人）", 1, "段闻笙", "女", "1980-03-28 星期五", "2005.12"],
        ],
        merges=["A3:A7"],
    )
    return Good(
        saved(book),
        (A, B),
        {
            ("Sheet1", 3): "skip",
            ("Sheet1", 4): {"name": "姜屿澄", "branch": A},
            ("Sheet1", 5): "skip",
            ("Sheet1", 6): "flag",
            ("Sheet1", 7): "skip",
            ("Sheet1", 8): {"branch": B, "birth_date": day("1980-03-28")},
        },
    )


@good
def headings_in_two_languages():
    book, _ = book_of(
        [
            ["Name 姓名", "Gender 性别", "ID No. 身份证号", "Join Date 入党时间", "Branch 党支部"],
            ["姜屿澄", "男", ID1, "2005-12-01", A],
        ]
    )
    return Good(saved(book), (A,), {("Sheet1", 2): {"id_number": ID1, "branch": A}})
