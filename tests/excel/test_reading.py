import io
import random
import re
import time
import zipfile

import openpyxl
import pytest

from branches.excel import rows
from branches.excel.branch_names import BranchNames, organisation_in, short_name
from branches.excel.dates import BadDate, read_date
from branches.excel.headings import field_of
from branches.excel.id_numbers import BadIdNumber, read_id_number
from branches.excel.names import BadName, read_name
from common.excel.number_formats import date_precision
from common.excel.reading import read_workbook
from common.excel.workbook import Cell, UnreadableWorkbook, column_letter, column_number
from tests.excel.books import roster_bytes
from tests.excel.good_files import patched
from tests.excel.hostile_files import SHEET
from tests.excel.truth import SAMPLES, TODAY, read_sample


def random_book(seed):
    """Text, numbers and gaps anywhere in a sheet."""
    noise = random.Random(seed)
    book = openpyxl.Workbook()
    cells = {}
    for _ in range(60):
        place = noise.randrange(1, 80), noise.randrange(1, 40)
        value = noise.choice(["张三", "a b", "<&>", 7, 3.25, -1, "0012", True, " 空格 "])
        cells[place] = value
        book.active.cell(*place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), cells


@pytest.mark.parametrize("seed", range(5))
def test_every_cell_is_where_openpyxl_put_it(seed):
    data, cells = random_book(seed)

    sheet = read_workbook(data).sheets[0]

    read = {
        (row.number, column): cell.value for row in sheet.rows for column, cell in row.cells.items()
    }
    assert read == cells


def test_a_hundred_wrong_dimensions_lose_no_row():
    noise = random.Random(11)
    data, cells = random_book(99)
    right = openpyxl.load_workbook(io.BytesIO(data)).active.dimensions.encode()
    lost = []
    for _ in range(100):
        wrong = f"A1:{column_letter(noise.randrange(1, 16384))}{noise.randrange(1, 90)}".encode()
        changed = patched(data, "xl/worksheets/sheet1.xml", b'ref="' + right, b'ref="' + wrong)
        from_child = read_here(changed)
        if {row.number for row in from_child.rows} != {row for row, _ in cells}:
            lost.append(wrong)

    assert lost == []


def read_here(data):
    from common.excel.xlsx import XlsxReader  # noqa: PLC0415 — without a child, a hundred times

    return next(XlsxReader(data).sheets())


def test_old_format():
    known = ["青禾县民政局第一党支部"]

    result = read_sample(SAMPLES / "old_format.xls", known=known)

    person = result["people"][0]
    assert (person["row"], person["name"], person["branch"]) == (4, "姜屿澄", known[0])
    assert person["birth_date"] == {"value": "1980-03-28", "precision": "day"}
    assert person["join_date"] == {"value": "2005-12", "precision": "month"}
    assert [(error["row"], error["code"]) for error in result["errors"]] == [(5, "id_number")]
    assert {6} <= {row["row"] for row in result["skipped"]}


def test_stored_results_of_formulas_are_used_and_told():
    known = ["青禾县民政局第一党支部"]
    data = roster_bytes(
        ["姓名", "性别", "入党时间", "党支部"], [["张蓁", "=1", "2005.12", known[0]]]
    )
    stored = b'<c r="B2" t="str"><f>"m"</f><v>\xe7\x94\xb7</v></c>'
    before = re.search(rb'<c r="B2".*?</c>', part_of(data, SHEET))[0]

    result = read_sample(patched(data, SHEET, before, stored), known=known)

    assert result["people"][0]["gender"] == "男"
    assert [w["column"] for w in result["warnings"] if "公式" in w["message"]] == ["B"]


def part_of(data, part):
    return zipfile.ZipFile(io.BytesIO(data)).read(part)


def test_a_file_that_is_not_there_is_refused_in_chinese():
    with pytest.raises(UnreadableWorkbook, match="打不开文件"):
        read_workbook("/nowhere/名册.xlsx")


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("yyyy-mm-dd", "day"), ('yyyy"年"m"月"', "month"), ("yyyy", "year"), ("General", None),
        ("0.00", None), ("@", None), ("0.00E+00", None), ("h:mm", None), ("mm:ss", None), ("mmm-yy", "month"),
        ("[$-804]yyyy.mm;@", "month"), ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', "day"), ('"第"0"号"', None),
    ],
)  # fmt: skip
def test_how_much_of_a_date_a_format_shows(code, precision):
    assert date_precision(code) == precision


def test_column_letters():
    assert [column_letter(n) for n in (1, 26, 27, 256, 16384)] == ["A", "Z", "AA", "IV", "XFD"]
    assert column_number("XFD") == 16384


def quietly(call, *arguments, **options):
    try:
        return call(*arguments, **options)
    except (BadDate, BadIdNumber, BadName):
        return None


@pytest.mark.parametrize(
    "unit",
    ["9", "一", "张", "(", "1990.", "党支部", " ", "、", "*", "第一支部（", "1、", "合计", "例"],
)
def test_no_pattern_is_slow_on_long_text(unit):
    text = unit * (32_000 // len(unit))
    cell = Cell(text)
    started = time.process_time()

    quietly(read_date, cell, today=TODAY)
    quietly(read_id_number, cell, today=TODAY)
    quietly(read_name, text)
    field_of(text)
    organisation_in(text)
    short_name(text)
    BranchNames(["第一党支部"]).named_in(text)
    rows._marked([(1, text)], "")

    assert time.process_time() - started < 0.5
