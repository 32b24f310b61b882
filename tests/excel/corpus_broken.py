"""Files that are not what they are called, and damaged ones."""

import random
import struct

from tests.excel.hostile_files import (
    BOOK,
    FILES,
    SHEET,
    good_book,
    hostile,
    rebuilt,
    replacing,
    sheet_of,
    zipped,
)

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
