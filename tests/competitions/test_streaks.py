"""B07: a tap a shift, thresholds of the scheme, a reset with its reason in the open."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from branches.actions.undo import Undo, take_back
from branches.excel import uploads
from common.dates import today
from common.excel.reading import read_workbook
from common.models import Notice
from competitions.models import Shift, Streak


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


@pytest.fixture
def streak(fair, as_person):
    as_person(fair.secretary).post(url("streak_add"), {"kind": "person", "who": "孙二"})
    return Streak.objects.get()


def tap(client, streak, **data):
    streak.refresh_from_db()
    data = {"expected": streak.taps, "worked_on": today().isoformat(), "shifts": 1} | data
    page = client.post(url("streak_deed", streak.pk, "tap"), data, follow=True)
    streak.refresh_from_db()
    return page.content.decode()


def test_a_tap_a_shift_and_a_name_when_the_threshold_is_reached(streak, fair, as_person):
    client = as_person(fair.member2)
    tap(client, streak, shifts=99)
    assert list(streak.milestones.all()) == []

    tap(client, streak)

    shown = as_person(fair.neighbour1).get(url("streak_detail", streak.pk)).content.decode()
    assert (streak.count, streak.best) == (100, 100)
    assert [one.name for one in streak.milestones.all()] == ["百班无错"]
    assert "达到“百班无错”" in shown
    assert Notice.objects.filter(recipient=fair.member2, title="您已达到“百班无错”").count() == 1
    printed = as_person(fair.member2).get(url("streak_certificates", streak.pk))
    assert printed.content.startswith(b"%PDF")


def test_many_shifts_at_once_reach_every_threshold_they_pass(streak, fair, as_person):
    tap(as_person(fair.secretary), streak, shifts=255)

    assert [one.threshold for one in streak.milestones.order_by("threshold")] == [100, 250]


def test_a_double_tap_counts_once(streak, fair, as_person):
    client = as_person(fair.member2)
    tap(client, streak)

    page = tap(client, streak, expected=0)

    assert "刚才已经登记过了" in page
    assert streak.count == 1


def test_an_error_begins_anew_and_everybody_sees_why(streak, fair, as_person):
    client = as_person(fair.member2)
    tap(client, streak, shifts=120)
    data = {"expected": streak.taps, "worked_on": today().isoformat()}
    no_reason = client.post(url("streak_deed", streak.pk, "reset"), data | {"reason": ""})
    client.post(url("streak_deed", streak.pk, "reset"), data | {"reason": "漏发一份报文"})
    streak.refresh_from_db()

    shown = as_person(fair.neighbour1).get(url("streak_detail", streak.pk)).content.decode()
    assert no_reason.status_code == 200
    assert (streak.count, streak.best) == (0, 120)
    assert streak.milestones.count() == 1
    assert "漏发一份报文" in shown


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"worked_on": (today() + timedelta(days=1)).isoformat()}, "不能登记以后的班次"),
        ({"shifts": 0}, "id_shifts_error"),
        ({"worked_on": ""}, "id_worked_on_error"),
    ],
)
def test_bad_taps_are_refused(streak, fair, as_person, data, reason):
    page = tap(as_person(fair.member2), streak, **data)

    assert reason in page
    assert streak.count == 0


def test_a_tap_before_the_last_one_is_refused(streak, fair, as_person):
    client = as_person(fair.member2)
    tap(client, streak)

    page = tap(client, streak, worked_on=(today() - timedelta(days=2)).isoformat())

    assert "不能补在它之前" in page


def test_nobody_taps_for_a_colleague(streak, fair, as_person):
    client = as_person(fair.member)

    assert client.get(url("streak_deed", streak.pk, "tap")).status_code == 403
    assert client.get(url("streak_deed", streak.pk, "nothing")).status_code == 404


def test_a_reset_without_a_reason_cannot_be_stored(streak):
    shift = Shift(
        streak=streak, number=1, worked_on=today(), clean=0, reason="", noted_at=timezone.now()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        shift.save()


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    client = as_person(fair.member)
    Streak.objects.bulk_create(
        Streak(
            campaign=fair.campaign, item="faultless_shifts", branch=fair.north,
            organisation=fair.north, subject_key=f"branch:{number}",
        )
        for number in range(count)
    )  # fmt: skip
    client.get(url("streak_list"))

    with django_assert_num_queries(8):
        client.get(url("streak_list"))


def imported(fair, rows):
    book = openpyxl.Workbook()
    for row in [["姓名", "日期", "班次", "差错和原因"], *rows]:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    kind, about = uploads.all_kinds()["shifts"], str(fair.period.pk)
    shown = kind.preview(
        read_workbook(held.getvalue()), scope=fair.root, today=today(), meanings={}, about=about
    )
    return kind, shown, {"scope": fair.root, "about": about, "by": fair.secretary}


def test_shifts_are_imported_counted_and_taken_back(streak, fair):
    days = [(today() - timedelta(days=left)).isoformat() for left in (4, 3, 2)]
    kind, shown, where = imported(
        fair,
        [["孙二", days[0], 99, ""], ["孙二", days[1], 2, ""], ["孙二", days[2], "", "漏发一报"]],
    )
    counts, undo = kind.write(
        shown.data, digest=shown.digest, at=timezone.now(), expected=shown.fingerprint, **where
    )
    streak.refresh_from_db()
    done = (counts["added"], streak.count, streak.best, streak.milestones.count())
    take_back(Undo.from_bytes(undo.as_bytes()))
    streak.refresh_from_db()

    assert done == (3, 0, 101, 1)
    assert (streak.count, streak.best, streak.taps, streak.last_on) == (0, 0, 0, None)
    assert Shift.objects.count() == 0


def test_a_stranger_and_a_day_counted_already_are_refused(streak, fair):
    day = today().isoformat()
    _, shown, _ = imported(
        fair,
        [["远方人", day, 1, ""], ["钱一", day, 1, ""], ["孙二", day, 1, ""], ["孙二", day, 1, ""]],
    )

    reasons = [error[1] for row in shown.rows for error in row["errors"]]
    assert reasons == [
        "没有名为“远方人”的人或窗口，或不在导入范围内",
        "“钱一”还没有开始计数",
        f"{day} 及以前的班次已经登记过",
    ]


def test_the_list_leaves_as_its_page_shows_it(streak, fair, as_person):
    client = as_person(fair.committee_member)
    tap(as_person(fair.secretary), streak, shifts=99)
    page = client.get(url("streak_list")).content.decode()
    response = client.get(url("streak_list") + "?export=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    assert "导出 Excel" in page
    assert [cell.value for cell in sheet[3]] == [
        "谁",
        "项目",
        "现在连续",
        "最长",
        "最近一班",
        "达到",
    ]
    assert [cell.value for cell in sheet[4]][:1] == ["孙二"]
    assert sheet["F4"].value == "未达标"
