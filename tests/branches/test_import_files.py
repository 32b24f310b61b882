"""Columns that were corrected, the refused rows, what is kept of a file and for how long."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from branches import actions
from branches.models import ImportMapping, Person, Upload
from common import vault
from tests.branches.imports import (
    HEADING,
    LIN,
    TAN,
    applied,
    begin,
    page,
    previewed,
    read,
    row,
    two_people,
)
from tests.dump import dump
from tests.excel.books import roster_bytes

pytestmark = pytest.mark.django_db


def people_named(*names):
    return Person.objects.filter(name__in=names)


def test_a_corrected_column_is_remembered_for_the_organisation(world, as_person):
    heading = ["同志", "身份证", "政治面貌", "党龄起算", "党支部"]
    data = roster_bytes(heading, [["林小满", LIN, "正式党员", "2011-07-01", world.north.name]])
    upload = previewed(world, data, by=world.secretary)
    assert upload.state == Upload.State.REFUSED
    client = as_person(world.secretary)
    url = reverse("branches:import_columns", args=[upload.pk])
    form = client.get(url).context["form"]
    chosen = {
        f"column{place}": {"同志": "name", "党龄起算": "join_date"}.get(
            column["heading"], column["field"] or ""
        )
        for place, column in enumerate(form.columns)
    }

    client.post(url, chosen)
    upload = read(upload)

    assert upload.state == Upload.State.READY
    assert (
        dict(ImportMapping.objects.values_list("heading", "field")).items()
        >= {
            "同志": "name",
            "党龄起算": "join_date",
        }.items()
    )
    again = previewed(world, data, by=world.officer, organisation=world.north)
    assert again.state == Upload.State.READY
    applied(again, world.officer)
    assert people_named("林小满").get().joined_on.isoformat() == "2011-07-01"


def test_the_refused_rows_come_back_as_a_workbook(world, as_person):
    data = roster_bytes(HEADING, [row("林小满", LIN, world.north.name), row("谭一", TAN, "别处")])
    upload = previewed(world, data, by=world.secretary)
    client = as_person(world.secretary)

    response = client.get(reverse("branches:import_errors", args=[upload.pk]))

    assert response.status_code == 200
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]


def test_an_unreadable_file_says_why(world, as_person):
    upload = previewed(world, b"%PDF-1.4 nothing", by=world.secretary)

    assertContains(page(as_person(world.secretary), upload), "这是 PDF 文件，不是表格")


def test_what_waits_for_a_preview_shows_no_number_in_clear(world, settings, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)

    client = as_person(world.secretary)
    pages = [page(client, upload), client.get(reverse("branches:import_columns", args=[upload.pk]))]

    assert LIN not in str(dump())
    assert not [each for each in pages if LIN in each.content.decode()]
    assertContains(pages[1], f"999****{LIN[-4:]}")
    kept = [path.read_bytes() for path in settings.UPLOADS_DIR.iterdir()]
    assert kept
    assert not [data for data in kept if LIN.encode() in data]
    assert upload.file not in upload.file_name


def test_files_go_when_their_day_is_over_or_when_discarded(
    world, as_person, django_capture_on_commit_callbacks
):
    upload = previewed(world, two_people(world), by=world.secretary)
    other = previewed(world, two_people(world), by=world.secretary)
    Upload.objects.filter(pk=upload.pk).update(expires_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        as_person(world.secretary).post(reverse("branches:import_discard", args=[other.pk]))
        actions.drop_expired_uploads(at=timezone.now())

    assert set(Upload.objects.values_list("state", flat=True)) == {Upload.State.EXPIRED}
    for name in (upload.file, upload.preview, other.file, other.preview):
        with pytest.raises(vault.Gone):
            vault.fetch(name)
    assertContains(page(as_person(world.secretary), upload), "文件已经清除")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_uploads_costs_the_same(world, as_person, count, django_assert_num_queries):
    for _ in range(count):
        begin(world, two_people(world), by=world.secretary)
    client = as_person(world.secretary)
    url = reverse("branches:import_list")
    client.get(url)

    with django_assert_num_queries(8):
        response = client.get(url)
    assertContains(response, "名册.xlsx", count=count)
    assertNotContains(response, "导入党组织名录")
