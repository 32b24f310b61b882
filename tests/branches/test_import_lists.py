"""Lists of organisations and of windows: in, changed, refused, taken back."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from branches import actions
from branches.models import Organisation, Window
from tests.branches.imports import (
    applied,
    page,
    previewed,
    rows_of,
)
from tests.excel.books import roster_bytes

pytestmark = pytest.mark.django_db


# Lists of organisations ----------------------------------------------------------------------------


def organisations(*rows):
    return roster_bytes(["组织名称", "组织类别", "上级组织", "组织编号"], [list(r) for r in rows])


def test_an_organisation_list_hangs_below_the_scope_and_comes_off_again(world):
    data = organisations(
        ("县直机关党委", "党委", "", ""),
        ("第三支部", "党支部", "县直机关党委", "T3"),
        ("第四支部", "党支部", "", "T4"),
    )
    upload = previewed(world, data, by=world.officer, kind="organisations", organisation=world.root)
    assert (upload.counts["added"], upload.counts["unchanged"]) == (2, 1)
    upload = applied(upload, world.officer)
    made = Organisation.objects.filter(code__in=["T3", "T4"])
    assert [each.path.startswith(world.root.path) for each in made] == [True, True]

    actions.undo_upload(upload, by=world.officer, at=timezone.now())

    assert made.all().count() == 0
    assert Organisation.objects.get(pk=world.root.pk).numchild == 2


def test_organisations_outside_the_scope_are_neither_touched_nor_told(world):
    data = organisations(
        ("新支部", "党支部", "另一党委", ""),
        ("又一支部", "党支部", "", "FAR"),
        ("好支部", "党支部", "", ""),
    )

    upload = previewed(world, data, by=world.officer, kind="organisations", organisation=world.root)

    told = json.dumps(rows_of(upload), ensure_ascii=False)
    assert upload.counts["out"] == 2
    assert "已被使用" in told
    assert "远方支部" not in told


def test_a_secretary_makes_no_organisations(world, as_person):
    url = reverse("branches:import_add", args=["organisations"])

    assert as_person(world.secretary).get(url).status_code == 403


# Windows -------------------------------------------------------------------------------------------

WINDOW = ["所属支部", "窗口名称", "窗口号", "地点", "电话", "受理事项", "办理流程", "服务时间"]


def window_row(branch, name, hours="9:00-17:00"):
    return [
        branch,
        name,
        "3",
        "一楼大厅",
        "0518-81234567",
        "结婚登记\n离婚登记",
        "受理—审核",
        hours,
    ]


def windows(world, data, by, organisation=None):
    place = organisation or world.north
    return previewed(world, data, by=by, kind="windows", organisation=place)


def test_windows_come_in_change_and_go_back(world, as_person):
    north = world.north.name
    data = roster_bytes(WINDOW, [window_row(north, "社保窗口"), window_row(north, "婚姻登记窗口")])
    upload = windows(world, data, world.secretary)

    assert (upload.counts["added"], upload.counts["changed"]) == (1, 1)
    assertContains(page(as_person(world.secretary), upload, "?fate=changed"), "地点：<del>空</del>")
    upload = applied(upload, world.secretary)
    new = Window.objects.get(name="社保窗口")
    assert (new.number, new.opens_at.hour, new.closes_at.hour) == ("3", 9, 17)
    assert new.services == "结婚登记\n离婚登记"
    assert Window.objects.get(pk=world.window.pk).place == "一楼大厅"

    actions.undo_upload(upload, by=world.secretary, at=timezone.now())

    assert not Window.objects.filter(name="社保窗口").exists()
    assert Window.objects.get(pk=world.window.pk).place == ""


def test_windows_of_other_branches_doubles_and_odd_hours_stay_out(world):
    north = world.north.name
    data = roster_bytes(
        WINDOW,
        [
            window_row(world.south.name, "甲窗口"),
            window_row(north, "乙窗口"),
            window_row(north, "乙窗口"),
            window_row(north, "丙窗口", hours="全天"),
            window_row(north, "丁窗口", hours="上午8:30-12:00，下午14：00—17：30"),
            window_row("", "戊窗口"),
        ],
    )
    upload = windows(world, data, world.secretary)

    rows = {row["name"]: row for row in rows_of(upload) if row["name"]}
    assert upload.counts["out"] == 3
    assert rows["戊窗口"]["fate"] == "in"
    assert "08:30 到 17:30" in rows["丁窗口"]["warnings"][0][1]
    assert "读不出起止时间" in rows["丙窗口"]["errors"][0][1]
