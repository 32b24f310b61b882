# ruff: noqa: RUF001 — full-width signs are among the payloads

import csv
import io

import openpyxl
import pytest

from common.excel.cells import safe_csv, width_of
from common.excel.writing import csv_lines, write_workbook

PAYLOADS = [
    "=1+1", "=HYPERLINK(\"http://x\",\"点我\")", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1,1)",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠SUM", "|calc", "%0A=1",
    "#REF!", "=IMPORTXML(\"http://x\")", "<script>alert(1)</script>", "'); DROP TABLE members;--",
    "\u202e姓名", "\x0b控制符", "{=1+1}", "普通文字",
]  # fmt: skip


def written(rows, headings=("甲", "乙"), **options):
    out = io.BytesIO()
    write_workbook(out, headings, rows, **options)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_no_cell_of_an_export_is_live():
    book = written([[payload, payload] for payload in PAYLOADS], headings=PAYLOADS[:2], title="=1")

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) == 1 + 2 + 2 * len(PAYLOADS)
    assert [cell.value for cell in cells[3::2]][:4] == PAYLOADS[:4]
    assert all(cell.quotePrefix for cell in cells if cell.value.strip()[:1] in "=+-@＝＋－＠")


def test_no_field_of_a_csv_is_live():
    lines = b"".join(csv_lines(["标题"], [[payload] for payload in PAYLOADS]))

    assert lines.startswith(b"\xef\xbb\xbf")
    fields = [row[0] for row in csv.reader(io.StringIO(lines.decode("utf-8-sig")))]
    assert [field for field in fields if field.strip()[:1] in tuple("=+-@＝＋－＠|%#")] == []


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (True, "是"), (3, "3"), (-3, "-3"), ("-3", "'-3"), ("好", "好")]
)
def test_csv_text(value, text):
    assert safe_csv(value) == text


def test_a_ledger_is_ready_to_print():
    book = written([["张三", "很长的一段备注"]], title="承诺台账")
    sheet = book.active

    assert sheet["A1"].value == "承诺台账"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert sheet.auto_filter.ref == "A2:B3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.column_dimensions["B"].width == 16


def test_rows_are_taken_one_at_a_time():
    taken = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield [number]

    assert write_workbook(io.BytesIO(), ["号"], rows()) == 1000
    assert len(taken) == 1000


def test_a_chinese_character_is_two_wide():
    assert (width_of("张三a"), width_of(None), width_of("长\n更长")) == (5, 0, 4)


def test_names_of_sheets_are_made_legal():
    book = written([], sheet_name="第[一]支部/党员:名册*?很长很长很长很长很长很长很长很长很长很长")

    assert len(book.sheetnames[0]) <= 31
    assert not set(book.sheetnames[0]) & set("[]:*?/\\")
