"""B03, B04: figures typed or imported, like units beside each other, each against its own past."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from branches.excel import uploads
from campaigns.models import Period
from common.excel.reading import read_workbook
from competitions.actions.indicators import note_reading
from competitions.models import Benchmark, Reading
from tests.factories import PeriodFactory, WindowFactory

MEASURE = ("style", "efficiency")


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def note(fair, window, value, period=None, measure="efficiency"):
    return note_reading(
        period=period or fair.period, item="style", measure=measure, kind="window", subject=window,
        place=window.organisation, value=value, note="", by=fair.secretary, at=timezone.now(),
    )  # fmt: skip


def typed(client, **data):
    data = {
        "measure": "style/efficiency",
        "kind": "window",
        "who": "婚姻登记窗口",
        "value": "12.5",
    } | data
    return client.post(url("indicator_add"), data, follow=True)


def test_a_secretary_types_a_figure_and_types_it_again(fair, as_person):
    client = as_person(fair.secretary)
    typed(client)
    typed(client, value="13")

    row = Reading.objects.get()
    assert (row.window, row.organisation, row.value) == (fair.window, fair.north, 13)
    assert "13" in client.get(url("indicator_detail", *MEASURE)).content.decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"who": "不存在的窗口"}, "没有名为“不存在的窗口”的窗口"),
        ({"who": "企业登记窗口"}, "不在本次范围内"),
        ({"value": "很多"}, "id_value_error"),
    ],
)
def test_a_strangers_name_and_no_number_are_refused(fair, as_person, data, reason):
    page = typed(as_person(fair.secretary), **data)

    assert reason in page.content.decode()
    assert Reading.objects.count() == 0


def test_a_closed_period_takes_no_figures(fair, as_person):
    Period.objects.filter(pk=fair.period.pk).update(state="closed", closed_at=timezone.now())

    page = typed(as_person(fair.secretary))

    assert "已结算，不能再填报指标" in page.content.decode()


def test_few_alike_get_no_places_and_many_do(fair, as_person):
    client = as_person(fair.member)
    note(fair, fair.window, 10)
    note(fair, fair.window2, 14)
    few = client.get(url("indicator_detail", *MEASURE)).content.decode()

    for number in range(3):
        note(fair, WindowFactory(organisation=fair.north, name=f"新窗口{number}"), 20 + number)
    many = client.get(url("indicator_detail", *MEASURE)).content.decode()

    assert "少于5个，不排名次" in "".join(few.split())
    assert '中位数 <b class="num">12.00</b>' in few
    assert "不排名次" not in many.split("横向：和同类比")[1]
    assert many.index("新窗口2") < many.index("新窗口1")


def test_own_past_and_the_benchmark_are_in_the_chart(fair, as_person):
    earlier = PeriodFactory(
        campaign=fair.campaign, key="earlier", name="前一期",
        starts_on=fair.period.starts_on - timedelta(days=200),
        ends_on=fair.period.starts_on - timedelta(days=150),
    )  # fmt: skip
    note(fair, fair.window, 9, period=earlier)
    note(fair, fair.window, 11)
    as_person(fair.committee_member).post(
        url("benchmark_set", *MEASURE),
        {"kind": "model", "name": "市局窗口", "value": "15", "source": "市局通报 2026-3"},
    )

    response = as_person(fair.member).get(url("indicator_detail", *MEASURE))

    along = response.context["along"]
    assert along["labels"] == ["前一期", fair.period.name]
    assert [series["values"] for series in along["series"]] == [[9, 11], [9, 11], [15, 15]]
    assert [series["name"] for series in along["series"]] == ["工作效率", "同类中位数", "市局窗口"]
    assert Benchmark.objects.get().source == "市局通报 2026-3"
    assert as_person(fair.secretary).get(url("benchmark_set", *MEASURE)).status_code == 403
    assert (
        as_person(fair.member).get(url("indicator_detail", "style", "nothing")).status_code == 404
    )


def preview(fair, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    kind = uploads.all_kinds()["readings"]
    return kind, kind.preview(
        read_workbook(held.getvalue()), scope=fair.root, today=fair.period.starts_on, meanings={},
        about=str(fair.period.pk),
    )  # fmt: skip


def test_figures_are_imported_and_a_strangers_name_is_refused(fair):
    kind, good = preview(
        fair,
        [
            ["名称", "对象", "指标", "数值"],
            ["婚姻登记窗口", "窗口", "工作效率", 12],
            ["钱一", "个人", "工作效率", 9.5],
        ],
    )
    assert [row["errors"] for row in good.rows if row["errors"]] == []
    counts, _ = kind.write(
        good.data, scope=fair.root, about=str(fair.period.pk), digest=good.digest, by=fair.secretary,
        at=timezone.now(), expected=good.fingerprint,
    )  # fmt: skip
    _, bad = preview(
        fair,
        [
            ["名称", "对象", "指标", "数值"],
            ["远方窗口", "窗口", "工作效率", 12],
            ["婚姻登记窗口", "窗口", "没有的指标", 9],
        ],
    )

    assert counts["added"] == 2
    assert sorted(Reading.objects.values_list("value", flat=True)) == [9.5, 12]
    reasons = [error[1] for row in bad.rows for error in row["errors"]]
    assert reasons == ["没有名为“远方窗口”的窗口，或不在本次范围内", "方案里没有指标“没有的指标”"]


@pytest.mark.parametrize("count", [3, 300])
def test_a_measure_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    windows = [WindowFactory(organisation=fair.north) for _ in range(count)]
    Reading.objects.bulk_create(
        Reading(
            campaign=fair.campaign, period=fair.period, item="style", measure="efficiency",
            window=window, organisation=fair.north, subject_key=f"window:{window.pk}", value=number,
            noted_at=timezone.now(),
        )
        for number, window in enumerate(windows)
    )  # fmt: skip
    client = as_person(fair.member)
    client.get(url("indicator_detail", *MEASURE))

    with django_assert_num_queries(9):
        page = client.get(url("indicator_detail", *MEASURE))
    with django_assert_num_queries(7):
        client.get(url("indicator_list"))
    [group] = page.context["groups"]
    assert (group.count, len(group.lines)) == (count, min(count, 30))
    assert page.context["across"]["labels"] == [str(line.subject) for line in group.lines]


def test_the_last_page_goes_on_counting_places(fair, as_person):
    for number in range(32):
        note(fair, WindowFactory(organisation=fair.north, name=f"新窗口{number}"), 100 - number)

    [group] = (
        as_person(fair.member).get(url("indicator_detail", *MEASURE), {"page": 2}).context["groups"]
    )

    assert [(line.place, line.value) for line in group.lines] == [(31, 70), (32, 69)]
    assert group.median == "84.50"


def test_the_cases_a_figure_rests_on_are_imported_too(fair):
    """B04: a blank cell leaves the number that was noted; none, a part or too many are refused."""
    heads = ["名称", "指标", "数值", "依据件数"]
    for number, expected in ((120, 120), (None, 120), (80, 80)):
        kind, plan = preview(fair, [heads, ["婚姻登记窗口", "工作效率", 12, number]])
        kind.write(
            plan.data, scope=fair.root, about=str(fair.period.pk), digest=plan.digest,
            by=fair.secretary, at=timezone.now(), expected=plan.fingerprint,
        )  # fmt: skip
        assert Reading.objects.get().cases == expected
    reasons = [
        error[1]
        for number in (0, 2.5, 10_000_001)
        for row in preview(fair, [heads, ["婚姻登记窗口", "工作效率", 12, number]])[1].rows
        for error in row["errors"]
    ]

    assert reasons == [
        "依据件数应在 1 到 10000000 之间", "依据件数：“2.5”应为不小于 0 的整数",
        "依据件数应在 1 到 10000000 之间",
    ]  # fmt: skip
