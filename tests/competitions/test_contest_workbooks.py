"""A judge's sheet goes out as a workbook and comes back; what is not it is refused whole (B02)."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from competitions.models import Mark
from tests.competitions.contests import begun, deed, url

# -- Excel


def workbook(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def upload(client, contest, book):
    held = io.BytesIO()
    book.save(held)
    file = SimpleUploadedFile("评分表.xlsx", held.getvalue())
    return client.post(url("sheet_upload", contest.pk), {"file": file}, follow=True)


@pytest.fixture
def ready(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二")
    deed(committee, contest, "judges", names="褚局长")
    return contest


def filled(client, contest, rows):
    book = workbook(client.get(url("sheet_download", contest.pk)))
    sheet = book.active
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号") + 1
    for number, (name, *marks) in enumerate(rows):
        for column, value in enumerate([number + 1, name, *marks], start=1):
            sheet.cell(first + number, column, value)
    return book


def test_a_sheet_goes_out_as_excel_and_comes_back(ready, fair, as_person):
    client = as_person(fair.leader)

    book = filled(client, ready, [("钱一", 90.5, 88), ("孙二", "81", 79.125)])
    page = upload(client, ready, book).content.decode()

    assert "已读入 4 个分数" in page
    assert list(
        Mark.objects.order_by("entrant__number", "-question").values_list("value", flat=True)
    ) == [Decimal("90.500"), Decimal("88.000"), Decimal("81.000"), Decimal("79.125")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("钱一", 90, 88), ("路人甲", 81, 79)], "“路人甲”不在您的评分名单里"),
        ([("钱一", 90, 88), ("钱一", 81, 79)], "已经评过"),
        ([("钱一", 90, 101), ("孙二", 81, 79)], "101 分不在 0 到 100 之间"),
        ([("钱一", 90, "很好"), ("孙二", 81, 79)], "“很好”不是分数"),
    ],
)
def test_a_bad_file_is_refused_whole(ready, fair, as_person, rows, reason):
    client = as_person(fair.leader)

    page = upload(client, ready, filled(client, ready, rows)).content.decode()

    assert "没有读入，什么都没有改" in page
    assert reason in page
    assert Mark.objects.count() == 0


def test_a_file_that_is_no_workbook_is_refused(ready, fair, as_person):
    client = as_person(fair.leader)

    file = SimpleUploadedFile("评分表.xlsx", b"not a workbook")
    page = client.post(url("sheet_upload", ready.pk), {"file": file}, follow=True)

    assert "没有读入" in page.content.decode()
