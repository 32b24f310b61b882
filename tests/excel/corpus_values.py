"""Ugly values: dates, names, numbers, and files of other programs."""
# ruff: noqa: RUF001, DTZ001 — what people type, and Excel's days without a zone

from datetime import date, datetime

import openpyxl

from tests.excel.books import saved
from tests.excel.good_files import (
    HEAD,
    ID1,
    ID2,
    ID4,
    M1,
    M2,
    P1,
    P2,
    A,
    Good,
    book_of,
    day,
    good,
    patched,
)


@good
def dates_in_every_way():
    ways = {
        "1990.05": "1990-05",
        "1990年5月": "1990-05",
        "199005": "1990-05",
        "19900501": "1990-05-01",
        "1990/5/1": "1990-05-01",
        "1990-5": "1990-05",
        "一九九〇年五月": "1990-05",
        "一九九○年十二月二十一日": "1990-12-21",
        "１９９０．０５": "1990-05",
        "1990": "1990",
        "1990年": "1990",
        "1990.5.1": "1990-05-01",
        "1990年05月01日": "1990-05-01",
        "1990-05-01 00:00:00": "1990-05-01",
        " 1990 年 5 月 ": "1990-05",
        "1990.00": "1990",
        "1990、5": "1990-05",
        "二〇〇〇年元月": "2000-01",
    }
    rows = [["姓名", "性别", "出生年月", "党支部"]]
    rows += [["张" + chr(0x4E00 + 7 * n), "男", text, A] for n, text in enumerate(ways)]
    expected = {
        ("Sheet1", n): {"birth_date": day(value)} for n, value in enumerate(ways.values(), start=2)
    }
    return Good(saved(book_of(rows)[0]), (A,), expected)


@good
def dates_as_numbers_and_formats():
    book, sheet = book_of([["姓名", "性别", "出生年月", "入党时间", "党支部"]])
    ways = [
        (1970.05, "General", "1970-05"),
        (1970.1, "0.00", "1970-10"),
        (197005, "General", "1970-05"),
        (19700501, "0", "1970-05-01"),
        (25689, "General", "1970-05-01"),
        (1970, "General", "1970"),
        (datetime(1970, 5, 1), 'yyyy"年"m"月"', "1970-05"),
        (date(1970, 5, 1), "yyyy-mm-dd", "1970-05-01"),
        (datetime(1970, 1, 1), "yyyy", "1970"),
        (datetime(1970, 5, 1), "[$-804]yyyy.mm", "1970-05"),
    ]
    expected = {}
    for row, (value, code, wanted) in enumerate(ways, start=2):
        sheet.append(["张" + chr(0x4E00 + 7 * row), "男", value, "2001.7", A])
        sheet.cell(row, 3).number_format = code
        expected["Sheet1", row] = {"birth_date": day(wanted)}
    return Good(saved(book), (A,), expected)


@good
def impossible_and_future_dates():
    bad = [
        "1990.13",
        "1990-02-30",
        "2099.01",
        "1905-07",
        "不知道哪天",
        "1990.05-1995.06",
        "05/06/1990",
        "1790.01.01",
    ]
    rows = [["姓名", "性别", "入党时间", "党支部"]] + [
        ["张" + chr(0x4E00 + 7 * n), "男", text, A] for n, text in enumerate(bad)
    ]
    expected = {("Sheet1", n): "reject" for n in range(2, 2 + len(bad)) if n != 5}
    return Good(
        saved(book_of([*rows, ["李蓁", "男", "2001.07", A]])[0]),
        (A,),
        {**expected, ("Sheet1", 10): {"name": "李蓁"}},
    )


@good
def doubtful_dates():
    book, _ = book_of(
        [
            ["姓名", "性别", "出生年月", "党支部"],
            ["张蓁", "男", 1990.1, A],
            ["李蓁", "男", "90.5", A],
        ]
    )
    return Good(saved(book), (A,), {("Sheet1", 2): "flag", ("Sheet1", 3): "flag"})


@good
def calendar_of_1904():
    book, _ = book_of(
        [["姓名", "性别", "出生日期", "党支部"], ["张蓁", "男", datetime(1980, 3, 28), A]]
    )
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    return Good(saved(book), (A,), {("Sheet1", 2): {"birth_date": day("1980-03-28")}})


@good
def names_of_all_kinds():
    ways = {
        "张 三丰": "张三丰",
        "李　明": "李明",
        "阿依古丽•买买提": "阿依古丽·买买提",
        "迪丽热巴.迪力木拉提": "迪丽热巴·迪力木拉提",
        "王\u200b芳": "王芳",
        "㑇强": "㑇强",
        "𬭎伟": "𬭎伟",
        "赵敏（女）": "赵敏",
        "孙兰(女，回族)": "孙兰",
        "*钱伟": "钱伟",
        "爱新觉罗·启骧": "爱新觉罗·启骧",
    }
    rows = [["姓名", "性别", "入党时间", "党支部"]] + [[text, None, "2001.07", A] for text in ways]
    expected = {("Sheet1", n): {"name": value} for n, value in enumerate(ways.values(), start=2)}
    expected["Sheet1", 10] |= {"gender": "女", "ethnicity": "回族"}
    return Good(saved(book_of(rows)[0]), (A,), expected)


@good
def doubtful_names():
    rows = [
        ["姓名", "性别", "入党时间", "党支部"],
        ["\ue863强", "男", "2001.07", A],
        ["张伟（大）", "男", "2001.07", A],
        ["李四（已转出）", "男", "2001.07", A],
        ["12345", "男", "2001.07", A],
        ["王", "男", "2001.07", A],
    ]
    return Good(saved(book_of(rows)[0]), (A,), {("Sheet1", n): "flag" for n in range(2, 7)})


@good
def heading_with_ornaments():
    head = [
        "*姓  名（必填）：",
        "☆性\n别",
        "【民族】",
        "入 党 时 间\n（年月）",
        "公民身份号码[18位]",
        "手机号码*",
        "所在党支部\n（全称）",
    ]
    book, _ = book_of([head, ["张蓁", "男", "汉", "2005.12", ID1, "+86 199-0000-0001", A]])
    return Good(
        saved(book),
        (A,),
        {("Sheet1", 2): {"name": "张蓁", "id_number": ID1, "phone": "19900000001", "branch": A}},
    )


@good
def three_level_heading():
    head = [
        ["序号", "党员基本情况", None, None, "入党情况", None, "联系方式", None],
        [None, "姓名", "性别", "身份证号", "入党", "转正", "手机", "座机"],
        [None, None, None, None, "时间", "时间", None, None],
    ]
    book, _ = book_of(
        [[f"{A}"], *head, [1, "张蓁", "男", ID1, "2005.12", "2006.12", "19900000001", "0000-123"]],
        merges=[
            "A1:H1",
            "A2:A4",
            "B2:D2",
            "E2:F2",
            "G2:H2",
            "B3:B4",
            "C3:C4",
            "D3:D4",
            "G3:G4",
            "H3:H4",
        ],
    )
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 5): {
                "name": "张蓁",
                "join_date": day("2005-12"),
                "regular_date": day("2006-12"),
                "phone": "19900000001",
            }
        },
    )


@good
def family_columns_are_not_the_member():
    head = [
        ["姓名", "性别", "入党时间", "家庭主要成员", None, None, "党支部"],
        [None, None, None, "姓名", "出生年月", "政治面貌", None],
    ]
    book, _ = book_of(
        [*head, ["张蓁", "男", "2005.12", "李某", "1982.1", "群众", A]],
        merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"],
    )
    return Good(saved(book), (A,), {("Sheet1", 3): {"name": "张蓁", "birth_date": None}})


@good
def formulas_with_results_missing():
    head = ["序号", "姓名", "身份证号", "性别", "年龄", "入党时间", "党支部", "备注"]
    book, _ = book_of(
        [
            head,
            [
                "=ROW()-1",
                "张蓁",
                ID1,
                '=IF(MOD(MID(C2,17,1),2),"男","女")',
                "=YEAR(TODAY())",
                "2005.12",
                A,
                "=HYPERLINK(A1)",
            ],
            ["=ROW()-1", None, None, '=IF(C3="","",1)', "=1"],
        ]
    )
    return Good(
        saved(book),
        (A,),
        {("Sheet1", 2): {"gender": "男", "id_number": ID1}, ("Sheet1", 3): "skip"},
    )


@good
def wrong_dimension():
    book, _ = book_of([[*HEAD, "党支部"], [*P1, A], [*P2, A]])
    return Good(
        patched(
            saved(book),
            "xl/worksheets/sheet1.xml",
            b'<dimension ref="A1:H3"',
            b'<dimension ref="A1:A1"',
        ),
        (A,),
        {("Sheet1", 2): M1, ("Sheet1", 3): M2},
    )


@good
def csv_gb18030():
    text = (
        "姓名,性别,身份证号,入党时间,党支部\r\n张蓁,男,\t"
        + ID1
        + ',1990/5/1,"'
        + A
        + '"\r\n㑇强,女,="'
        + ID4
        + '",2015年7月,'
        + A
        + "\r\n"
    )
    return Good(
        text.encode("gb18030"),
        (A,),
        {
            ("CSV", 2): "reject",
            ("CSV", 3): {"name": "㑇强", "id_number": ID4, "join_date": day("2015-07")},
        },
    )


@good
def csv_utf8_with_mark_and_semicolons():
    text = "\ufeff党员名册;;;\n姓名;性别;入党时间;党支部\n张蓁;男;2005.12;" + A + "\n"
    return Good(text.encode(), (A,), {("CSV", 3): {"name": "张蓁", "branch": A}})


@good
def tabs_in_utf16():
    text = "姓名\t性别\t入党时间\t党支部\r\n张蓁\t男\t2005.12\t" + A + "\r\n"
    return Good(text.encode("utf-16"), (A,), {("CSV", 2): {"name": "张蓁"}})


@good
def photo_column_and_two_row_people():
    head = ["序号", "照片", "姓名", "性别", "出生年月", "入党时间", "党支部"]
    rows = [
        head,
        [1, None, "张蓁", "男", "1980.3", "2005.12", A],
        [None] * 7,
        [2, None, "金昱", "女", "1990.3", "2015.12", A],
        [None] * 7,
    ]
    merges = [f"{letter}{row}:{letter}{row + 1}" for row in (2, 4) for letter in "ABCDEFG"]
    book, _ = book_of(rows, merges=merges)
    return Good(
        saved(book), (A,), {("Sheet1", 2): {"name": "张蓁"}, ("Sheet1", 4): {"name": "金昱"}}
    )


@good
def doubles_within_the_file():
    book, _ = book_of([[*HEAD, "党支部"], [*P1, A], [*P1, A], [*P2[:6], ID1, A]])
    return Good(
        saved(book), (A,), {("Sheet1", 2): M1, ("Sheet1", 3): "reject", ("Sheet1", 4): "reject"}
    )


@good
def not_yet_eighteen_and_other_order():
    head = ["姓名", "性别", "出生年月", "入党时间", "转正时间", "人员类别", "党支部"]
    rows = [
        ["张蓁", "男", "1990.5", "2007.12", "2008.12", "正式党员", A],
        ["金昱", "男", "1990.5", "2010.12", "2009.12", "正式党员", A],
        ["吴棠", "男", "1990.5", "2025.12", "2026.06", "预备党员", A],
        ["尤璟", "男", "1990.5", "2010.12", "2011.12", "正式党员", A],
    ]
    book, _ = book_of([head, *rows])
    return Good(
        saved(book),
        (A,),
        {
            ("Sheet1", 2): "reject",
            ("Sheet1", 3): "reject",
            ("Sheet1", 4): "flag",
            ("Sheet1", 5): {"name": "尤璟"},
        },
    )


@good
def election_list():
    head = [
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生年月",
        "学历",
        "入党时间",
        "现任职务",
        "拟任党内职务",
    ]
    book, _ = book_of(
        [
            [f"{A}委员会换届候选人名单"],
            head,
            [1, "张蓁", "男", "汉", "1980.3", "本科", "2005.12", "科长", "书记"],
        ]
    )
    return Good(
        saved(book), (A,), {("Sheet1", 3): {"name": "张蓁", "education": "本科", "branch": A}}
    )


@good
def error_values_in_cells():
    book, _ = book_of(
        [[*HEAD, "党支部"], [*P1, A], [2, "#REF!", "女", "汉", "1991.5", "2015.12", ID2, A]]
    )
    return Good(saved(book), (A,), {("Sheet1", 2): M1, ("Sheet1", 3): "reject"})
