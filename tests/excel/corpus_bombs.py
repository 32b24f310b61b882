"""Bombs, active content, tables that are no rosters, and harm that can be left aside."""

import io
import random
import struct
import warnings
import zipfile

import openpyxl

from tests.excel.books import saved
from tests.excel.hostile_files import (
    BRANCH,
    CLOSE,
    HEAD,
    OPEN,
    PERSON,
    RELATIONS,
    SHEET,
    STRINGS,
    good_book,
    harmless,
    hostile,
    rebuilt,
    replacing,
    sheet_of,
)

# Bombs --------------------------------------------------------------------------------------


@hostile
def sheet_of_200_megabytes():
    return rebuilt({SHEET: OPEN + b" " * 200_000_000 + CLOSE})


@hostile
def ratio_bomb_below_the_size_limit():
    return rebuilt({SHEET: OPEN + b"<row/>" * 4_000_000 + CLOSE})


@hostile
def three_million_strings():
    return with_strings(b"<si><t/></si>" * 3_000_000)


@hostile
def strings_of_40_megabytes_that_hardly_shrink():
    noise = random.Random(1).randbytes(12_000_000).hex().encode()
    return with_strings(b"<si><t>" + noise + b"</t></si>")


def with_strings(items):
    """The good book with a part of shared strings, which openpyxl leaves out when it can."""
    content = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + items
        + b"</sst>"
    )
    relation = b'<Relationship Id="rId99" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    relations = {RELATIONS: replacing(b"</Relationships>", relation)}
    return rebuilt(relations, without=(STRINGS,), extra=[(STRINGS, content)])


@hostile
def one_million_rows():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919 % 99991)
        for n in range(1, 1_000_001)
    )
    return sheet_of(rows)


@hostile
def thirty_thousand_people():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919 % 99991)
        for n in range(1, 30_001)
    )
    return sheet_of(rows)


@hostile
def cells_in_every_column():
    noise = random.Random(3)
    rows = []
    for number in range(1, 8000):
        cells = b"".join(b"<c><v>%d</v></c>" % noise.randrange(100000) for _ in range(100))
        rows.append(b'<row r="%d">' % number + cells + b"</row>")
    return sheet_of(b"".join(rows))


@hostile
def five_thousand_entries():
    return rebuilt(extra=[(f"xl/junk/{n}.xml", b"<x/>") for n in range(5000)])


@hostile
def three_hundred_odd_entries():
    return rebuilt(extra=[(f"junk{n}.bin", b"x") for n in range(300)])


@hostile
def same_name_twice():
    out = io.BytesIO(good_book())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, OPEN + CLOSE)
    return out.getvalue()


@hostile
def lying_about_its_size():
    data = bytearray(rebuilt({SHEET: OPEN + b" " * 3_000_000 + CLOSE}))
    at = data.find(SHEET.encode(), data.find(b"PK\x01\x02"))
    struct.pack_into("<I", data, at - 46 + 24, 100)
    return bytes(data)


@hostile
def zip_with_a_password():
    data = bytearray(good_book())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


@hostile
def billion_laughs():
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lol}]>'.encode()
    return rebuilt(
        {
            SHEET: head
            + OPEN.partition(b"?>")[2]
            + b"<row><c t='inlineStr'><is><t>&l9;</t></is></c></row>"
            + CLOSE
        }
    )


@hostile
def external_entity():
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return rebuilt(
        {
            SHEET: head
            + OPEN.partition(b"?>")[2]
            + b"<row><c t='inlineStr'><is><t>&e;</t></is></c></row>"
            + CLOSE
        }
    )


@hostile
def entity_in_the_strings():
    data = with_strings(b"")
    return rebuilt({STRINGS: b'<!DOCTYPE sst SYSTEM "http://127.0.0.1/x"><sst/>'}, data=data)


@hostile
def a_hundred_thousand_merges():
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 100_001))
    return rebuilt(
        {SHEET: replacing(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")}
    )


@hostile
def three_hundred_sheets():
    book = openpyxl.Workbook(write_only=True)
    for number in range(300):
        book.create_sheet(f"表{number}").append(HEAD)
    return saved(book)


@hostile
def cell_with_a_million_signs():
    noise = random.Random(5).randbytes(500_000).hex().encode()
    return sheet_of(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + noise + b"</t></is></c></row>")


# Active content -----------------------------------------------------------------------------


@hostile
def with_macros():
    return rebuilt(extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")])


@hostile
def macro_content_type():
    return rebuilt(
        {"[Content_Types].xml": replacing(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")}
    )


@hostile
def old_macro_sheet():
    return rebuilt(extra=[("xl/macrosheets/sheet1.xml", b"<x/>")])


@hostile
def dde_link():
    link = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    return rebuilt(extra=[("xl/externalLinks/externalLink1.xml", link)])


# Tables that are no rosters -----------------------------------------------------------------


def book_of(*rows, title="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


@hostile
def one_persons_form():
    return book_of(
        ["党员基本信息采集表"],
        ["姓名", "许澜", "性别", "女", "出生日期", "1987-11-20"],
        ["民族", "汉族", "学历", "本科", "籍贯", "青禾"],
        ["公民身份号码", PERSON[2], None, "加入党组织日期", "2010-07-01"],
        ["联系电话", "19900000001", "家庭住址", "青禾县"],
    )


@hostile
def an_empty_form():
    return book_of(
        ["入党志愿书"],
        ["姓名", None, "性别", None, "出生年月", None],
        ["民族", None, "籍贯", None, "学历", None],
        ["身份证号", None, None, None, "入党时间", None],
    )


@hostile
def dues_list():
    return book_of(
        ["2026年党费收缴表"],
        ["序号", "姓名", "月工资", "缴纳比例", "1月", "2月", "3月", "合计"],
        [1, "许澜", 5000, "0.5%", 25, 25, 25, 75],
    )


@hostile
def dues_list_with_branch_and_gender():
    return book_of(
        ["党费收缴明细表"],
        ["序号", "姓名", "性别", "手机号", "应交党费", "实交党费"],
        [1, "许澜", "女", "19900000001", 25, 25],
    )


@hostile
def sign_in_sheet():
    return book_of(["主题党日签到表"], ["序号", "姓名", "签名"], [1, "许澜", None])


@hostile
def ballot_paper():
    return book_of(["选举得票统计表"], ["姓名", "得票数", "是否当选"], ["许澜", 12, "是"])


@hostile
def only_numbers():
    return book_of([1, 2, 3], [4, 5, 6])


@hostile
def summary_only():
    return book_of(["支部", "人数"], [BRANCH, 12])


@hostile
def heading_without_people():
    return book_of(HEAD)


@hostile
def everything_hidden():
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(PERSON)
    book.create_sheet("空表")
    book.active = 1
    book.worksheets[0].sheet_state = "hidden"
    return saved(book)


# Harm in a part that is not needed ----------------------------------------------------------


@harmless
def external_link():
    return rebuilt(extra=[("xl/externalLinks/externalLink1.xml", b"<externalLink/>")])


@harmless
def embedded_object():
    return rebuilt(extra=[("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")])


@harmless
def dimension_of_the_whole_grid():
    return rebuilt({SHEET: replacing(b'<dimension ref="A1:E2"', b'<dimension ref="A1:XFD1048576"')})


@harmless
def one_cell_in_the_last_corner():
    return rebuilt(
        {
            SHEET: replacing(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            )
        }
    )


@harmless
def merge_over_the_whole_grid():
    return rebuilt(
        {
            SHEET: replacing(
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="G5:XFD1048576"/></mergeCells>',
            )
        }
    )


@harmless
def ten_thousand_blank_rows():
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 10_003))
    return rebuilt({SHEET: replacing(b"</sheetData>", rows + b"</sheetData>")})


@harmless
def formulas_and_scripts_in_remarks():
    book = openpyxl.Workbook()
    book.active.append([*HEAD, "备注"])
    book.active.append([*PERSON, "=cmd|' /C calc'!A0"])
    book.active["F2"].data_type = "s"
    return saved(book)
