"""Broken and malicious files. Every one must be refused in one clear Chinese sentence, or, where the
harm lies in a part that is not needed, read without it (`HARMLESS`)."""

import io
import random
import struct
import warnings
import zipfile

import openpyxl

from tests.excel.books import id_number, saved

BRANCH = "青禾县文旅局党支部"
HEAD = ["姓名", "性别", "身份证号", "入党时间", "党支部"]
PERSON = ["许澜", "女", id_number("19871120", 2), "2010.07", BRANCH]
FILES, HARMLESS = {}, {}
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OPEN = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"


def hostile(function):
    FILES[function.__name__] = function
    return function


def harmless(function):
    HARMLESS[function.__name__] = function
    return function


def good_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(PERSON)
    return saved(book)


def rebuilt(changes=None, *, without=(), extra=(), data=None):
    """The good book with parts replaced (bytes or a function of the old bytes), dropped, added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or good_book())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            if entry.filename in without:
                continue
            content = source.read(entry)
            change = (changes or {}).get(entry.filename)
            if change is not None:
                content = change(content) if callable(change) else change
            target.writestr(entry.filename, content)
        for name, content in extra:
            target.writestr(name, content)
    return out.getvalue()


def sheet_of(rows):
    return rebuilt({SHEET: OPEN + rows + CLOSE})


def replacing(before, after):
    def change(content):
        assert before in content, content[:300]
        return content.replace(before, after)

    return change


# Not what they are called -------------------------------------------------------------------

MAGICS = {
    "empty": b"",
    "only_zeros": b"\0" * 4096,
    "only_spaces": b" \r\n" * 100,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 2000,
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 500,
    "gif": b"GIF89a" + b"\1\0" * 200,
    "rar": b"Rar!\x1a\x07\x00" + b"z" * 300,
    "seven_zip": b"7z\xbc\xaf\x27\x1c" + b"z" * 300,
    "gzip": b"\x1f\x8b\x08\x00" + b"z" * 300,
    "executable": b"MZ\x90\0\3\0" + b"\0" * 600,
    "rtf": b"{\\rtf1\\ansi hello}",
    "html": "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode("gb18030"),
    "html_with_mark": "\ufeff<!DOCTYPE html><table><tr><td>姓名</td></tr></table>".encode(),
    "html_in_utf16": "<html><table><tr><td>姓名</td></tr></table></html>".encode("utf-16"),
    "table_only": "<table><tr><td>姓名</td><td>性别</td></tr></table>".encode(),
    "xml_spreadsheet": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
    "random_bytes": random.Random(7).randbytes(5000),
    "prose": "今天下午召开支部党员大会，请全体党员准时参加。\n地点在二楼会议室。\n".encode(),
    "json": '{"姓名": "许澜", "性别": "女"}'.encode(),
    "zip_magic_only": b"PK\x03\x04",
    "zip_magic_then_junk": b"PK\x03\x04" + b"junk" * 500,
    "csv_of_another_kind": "日期,金额\n2026-01-01,5\n".encode(),
}
for _name, _data in MAGICS.items():
    FILES[_name] = lambda data=_data: data


def ole(*streams, size=8192):
    """An OLE container just real enough for its directory to be looked at."""
    data = bytearray(size)
    data[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", data, 24, 0x3E, 3, 0xFFFE, 9, 6)
    for index, name in enumerate(("Root Entry", *streams)):
        encoded = name.encode("utf-16-le") + b"\0\0"
        data[1024 + index * 128 : 1024 + index * 128 + len(encoded)] = encoded
    return bytes(data)


for _name, _streams in {
    "encrypted_workbook": ("EncryptionInfo", "EncryptedPackage"),
    "word_document": ("WordDocument", "1Table"),
    "powerpoint": ("PowerPoint Document",),
    "old_macros": ("Workbook", "_VBA_PROJECT_CUR", "VBA"),
    "et_or_other_ole": ("ETContents",),
    "broken_xls": ("Workbook",),
}.items():
    FILES[_name] = lambda streams=_streams: ole(*streams)


@hostile
def docx_named_xlsx():
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@hostile
def pptx_named_xlsx():
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})


@hostile
def ods_named_xlsx():
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    )


@hostile
def binary_workbook():
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\0\1"})


@hostile
def plain_zip():
    return zipped({"readme.txt": b"hello", "photo.jpg": b"x"})


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# Damaged ------------------------------------------------------------------------------------


@hostile
def truncated():
    return good_book()[:-300]


@hostile
def cut_in_half():
    data = good_book()
    return data[: len(data) // 2]


@hostile
def flipped_bytes():
    data = bytearray(rebuilt())
    at = data.find(b"xl/worksheets/sheet1.xml") + 40
    data[at : at + 60] = b"\xaa" * 60
    return bytes(data)


@hostile
def without_its_sheet():
    return rebuilt(without=(SHEET,))


@hostile
def without_workbook_part():
    return rebuilt(without=(BOOK,))


@hostile
def sheet_not_well_formed():
    return sheet_of(b"<row r='1'><c r='A1'><v>1</c></row>")


@hostile
def cell_reference_nonsense():
    return sheet_of(b'<row r="1"><c r="1A"><v>1</v></c></row>')


@hostile
def cell_reference_far_too_long():
    return sheet_of(b'<row r="1"><c r="' + b"A" * 5000 + b'1"><v>1</v></c></row>')


@hostile
def row_number_negative():
    return sheet_of(b'<row r="-5"><c r="A5"><v>1</v></c></row>')


@hostile
def rows_doubled():
    return sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 2)


@hostile
def string_index_beyond_the_strings():
    return sheet_of(b'<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>')


@hostile
def merge_nonsense():
    return rebuilt(
        {
            SHEET: replacing(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:ZZZZ9"/></mergeCells>'
            )
        }
    )


@hostile
def no_sheets_at_all():
    return rebuilt(
        {
            BOOK: b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
        }
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
