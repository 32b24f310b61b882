"""B06: a named series of contests as one table: points by place or results added up, ties by the plan's rule."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from competitions.models import Contest, Entrant
from competitions.queries.series import chart_of, table_of
from tests.competitions.contests import url
from tests.factories.competitions import ContestFactory, EntrantFactory

POINTS = SimpleNamespace(series_by="points", series_points=(5, 3, 1), series_tie="firsts")


def held(fair, number, places, **fields):
    """A published contest of the series 知识竞赛: {team: (place, score)}."""
    contest = ContestFactory(
        period=fair.period, organisation=fair.root, item="skill_contest", series="知识竞赛",
        name=f"第{number}场", held_on=fair.period.starts_on + timedelta(days=number),
        state="published", published_at=timezone.now(), **fields,
    )  # fmt: skip
    for order, (label, (place, score)) in enumerate(places.items()):
        EntrantFactory(contest=contest, number=order, label=label, place=place, score=score)
    return contest


def shown(table):
    return [(line.place, line.name, line.total, line.count) for line in table.standings]


def test_points_by_place_are_added_and_who_was_absent_gets_none(fair):
    contests = [
        held(fair, 1, {"甲队": (1, "90.00"), "乙队": (2, "80.00"), "丙队": (3, "70.00"), "丁队": (4, "60.00")}),
        held(fair, 2, {"乙队": (1, "95.00"), "丙队": (2, "85.00")}),
    ]  # fmt: skip

    table = table_of(contests, POINTS)

    assert shown(table) == [
        (1, "乙队", "8", 2), (2, "甲队", "5", 1), (3, "丙队", "4", 2), (4, "丁队", "0", 1),
    ]  # fmt: skip
    assert [cell for _, cell in table.standings[1].by_contest] == [(1, "90.00", 5), None]


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("firsts", [(1, "甲队"), (2, "乙队"), (3, "丙队")]),  # 甲 has the first place
        ("last", [(1, "乙队"), (2, "甲队"), (3, "丙队")]),  # 乙 was better in the last one
        ("shared", [(1, "乙队"), (1, "甲队"), (3, "丙队")]),
    ],
)
def test_equal_totals_by_the_plans_rule(fair, tie, expected):
    contests = [
        held(fair, 1, {"甲队": (1, "90"), "乙队": (2, "80"), "丙队": (3, "70")}),
        held(fair, 2, {"乙队": (2, "80"), "甲队": (3, "70")}),
    ]
    rule = SimpleNamespace(series_by="points", series_points=(5, 4, 3), series_tie=tie)

    table = table_of(contests, rule)

    assert [line.total for line in table.standings[:2]] == ["8", "8"]
    assert [(line.place, line.name) for line in table.standings] == expected


@pytest.mark.parametrize(("by", "first"), [("sum", ("甲队", "175.5")), ("mean", ("乙队", "95"))])
def test_results_may_be_added_or_averaged_instead(fair, by, first):
    contests = [
        held(fair, 1, {"甲队": (2, "90.00"), "乙队": (1, "95.00")}),
        held(fair, 2, {"甲队": (1, "85.50")}),
    ]
    rule = SimpleNamespace(series_by=by, series_points=(), series_tie="shared")

    best = table_of(contests, rule).standings[0]

    assert (best.name, best.total) == first


def test_the_page_shows_rule_chart_table_and_excel_from_the_same_lines(fair, as_person):
    held(fair, 1, {"甲队": (1, "90.00"), "乙队": (2, "80.00")})
    held(fair, 2, {"甲队": (2, "70.00"), "乙队": (1, "75.00"), "丙队": (3, "60.00")})
    client = as_person(fair.member)
    asked = {"series": "知识竞赛", "kind": "team"}

    page = client.get(url("series_detail", "skill_contest"), asked).content.decode()
    sheet = client.get(url("series_detail", "skill_contest"), asked | {"export": "xlsx"})
    other = client.get(url("series_detail", "skill_contest"), {"series": "技能比武"})

    flat = "".join(page.split())
    assert "按名次积分相加：第1名10分" in flat
    assert "看谁的第一名多" in flat
    assert '"values": [18.0, 18.0, 6.0]' in page
    assert "还没有公布的竞赛" in other.content.decode()
    rows = list(load_workbook(BytesIO(sheet.getvalue())).active.iter_rows(values_only=True))
    assert any(row[:2] == (1, "乙队") or row[:2] == (1, "甲队") for row in rows)
    assert client.get(url("series_detail", "no_such_item")).status_code == 404


def test_unpublished_and_cancelled_contests_do_not_count(fair, as_person):
    contest = held(fair, 1, {"甲队": (1, "90.00")})
    Contest.objects.filter(pk=contest.pk).update(state="ranked")

    asked = {"series": "知识竞赛", "kind": "team"}
    page = as_person(fair.member).get(url("series_detail", "skill_contest"), asked)

    assert "甲队" not in page.content.decode()


def test_the_chart_draws_the_first_and_the_middle_of_all(fair):
    contests = [held(fair, 1, {f"{n}队": (n, str(100 - n)) for n in range(1, 31)})]

    chart = chart_of(table_of(contests, POINTS), "系列排名")

    assert len(chart["labels"]) == 20
    assert set(chart["series"][1]["values"]) == {0.0}


@pytest.mark.parametrize("count", [3, 300])
def test_a_series_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    contest = held(fair, 1, {})
    Entrant.objects.bulk_create(
        Entrant(contest=contest, number=n, label=f"{n}队", place=n + 1, score="90.00")
        for n in range(count)
    )
    client = as_person(fair.member)
    asked = {"series": "知识竞赛", "kind": "team"}
    client.get(url("series_detail", "skill_contest"), asked)

    with django_assert_num_queries(7):
        client.get(url("series_detail", "skill_contest"), asked)
