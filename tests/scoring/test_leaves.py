"""Leaves over plain figures."""

from fractions import Fraction

import pytest

from scoring import InputError
from tests.scoring.helpers import plain, result, value


def test_a_value_is_exact():
    assert value(plain("a"), {"a": 88.1}) == Fraction("88.1")
    assert value(plain("a"), {"a": "88.10"}) == Fraction("88.1")
    assert value(plain("a"), {"a": "1/3"}) == Fraction(1, 3)
    assert value(plain("a"), {"a": "85%"}) == Fraction("0.85")
    assert value(plain("a"), {}) is None


def test_a_value_by_table_or_by_field():
    assert value(plain("a", table={"一等奖": 10, "二等奖": 6}), {"a": "二等奖"}) == 6
    assert value(plain("a", field="x"), {"a": {"x": 3, "y": 4}}) == 3
    with pytest.raises(InputError, match="没有“特等奖”"):
        value(plain("a", table={"一等奖": 10}), {"a": "特等奖"})


@pytest.mark.parametrize("raw", ["九十", [1], 101, -1, float("nan"), float("inf"), "1e9", 10**30])
def test_a_wrong_value_is_refused(raw):
    with pytest.raises(InputError):
        value(plain("a", range=[0, 100]), {"a": raw})


def test_a_constant():
    assert value({"kind": "constant", "value": 60}, {}) == 60


# -- indicator


def indicator(convert=None, **more):
    return {"kind": "indicator", "source": "i", **more} | ({"convert": convert} if convert else {})


@pytest.mark.parametrize(
    ("measure", "data", "expected"),
    [
        ("value", 7, 7),
        ("value", {"value": 7}, 7),
        ("rate", {"value": 90, "target": 120}, Fraction(3, 4)),
        ("growth", {"value": 120, "previous": 100}, Fraction(1, 5)),
        ("change", {"value": 90, "previous": 100}, -10),
        ("rate", {"value": 90}, None),
        ("growth", {"value": 90, "previous": None}, None),
    ],
)
def test_an_indicator_measures(measure, data, expected):
    assert value(indicator(measure=measure), {"i": data}) == expected


def test_a_rate_of_nothing_is_refused():
    with pytest.raises(InputError, match="为 0"):
        value(indicator(measure="rate"), {"i": {"value": 1, "target": 0}})


LINEAR = {"linear": {"from": [80, 100], "to": [0, 20]}}
STEPS = {
    "steps": [{"from": 95, "points": 10}, {"from": 90, "points": 8}, {"above": 60, "points": 5}],
    "otherwise": 0,
}
DAYS = {"steps": [{"to": 3, "points": 10}, {"to": 5, "points": 6}], "otherwise": 0}
CURVE = {"curve": [[60, 0], [80, 50], [100, 60]]}
PER = {
    "per_unit": {
        "start": 100,
        "points": 20,
        "below": {"each": 1, "points": -2, "count": "ceil"},
        "above": {"each": 5, "points": 1, "count": "floor"},
        "lowest": 0,
        "highest": 22,
    }
}


@pytest.mark.parametrize(
    ("convert", "reading", "points"),
    [
        (LINEAR, 90, 10),
        (LINEAR, 70, 0),
        (LINEAR, 120, 20),
        ({"linear": {"from": [80, 100], "to": [0, 20], "clamp": False}}, 120, 40),
        (STEPS, 95, 10),
        (STEPS, "94.99", 8),
        (STEPS, 60, 0),
        (STEPS, "60.01", 5),
        (DAYS, 3, 10),
        (DAYS, 4, 6),
        (DAYS, 6, 0),
        (CURVE, 50, 0),
        (CURVE, 70, 25),
        (CURVE, 90, 55),
        (CURVE, 101, 60),
        (PER, 100, 20),
        (PER, "98.5", 16),
        (PER, 109, 21),
        (PER, 200, 22),
        (PER, 10, 0),
    ],
)
def test_a_reading_becomes_points(convert, reading, points):
    assert value(indicator(convert), {"i": reading}) == points


def test_steps_without_otherwise_leave_it_missing():
    node = indicator({"steps": [{"from": 90, "points": 8}]})

    assert value(node, {"i": 80}) is None


def test_a_conversion_explains_itself():
    told = result(indicator(PER), {"i": "98.5"}).explanation["score"]["formula"]

    assert told == (
        "100 得 20 分，每低 1 减 2 分（不足一个单位按一个计），"
        "每高 5 加 1 分（不足一个单位不计）；实为 98.5 = 16.00"
    )


# -- counts, rates, contests


def test_a_count_times_points_up_to_a_cap():
    node = {"kind": "count", "source": "c", "each": 2, "cap": 5}

    assert [value(node, {"c": n}) for n in (0, 2, 3)] == [0, 4, 5]
    assert value(node, {}) is None
    with pytest.raises(InputError):
        value(node, {"c": 1.5})


def test_kept_of_total_and_done_of_total():
    assert value({"kind": "fulfilment", "source": "p"}, {"p": {"kept": 4, "total": 5}}) == 80
    assert (
        value({"kind": "compliance", "source": "p", "full": 20}, {"p": {"done": 3, "total": 4}})
        == 15
    )


def test_what_is_excused_leaves_the_denominator_and_late_counts_less():
    node = {"kind": "compliance", "source": "p", "late_counts": "1/2"}

    assert value(node, {"p": {"done": 6, "late": 2, "excused": 2, "total": 12}}) == 50


def test_nothing_due_is_missing_not_full_marks():
    assert value({"kind": "compliance", "source": "p"}, {"p": {"done": 0, "total": 0}}) is None


@pytest.mark.parametrize(
    "data", [{"done": 3, "total": 2}, {"done": 1, "late": 2, "total": 2}, {"kept": 1}, 3]
)
def test_impossible_counts_are_refused(data):
    with pytest.raises(InputError):
        value({"kind": "compliance", "source": "p"}, {"p": data})


CONTEST = {
    "kind": "contest",
    "source": "c",
    "points": {"1": 10, "2": 8, "优胜奖": 3},
    "otherwise": 1,
}


@pytest.mark.parametrize(
    ("more", "data", "points"),
    [
        ({}, {"place": 1}, 10),
        ({}, 2, 8),
        ({}, {"award": "优胜奖", "name": "知识竞赛"}, 3),
        ({}, {"place": 17}, 1),
        ({"full": 20}, {"score": 45, "full": 50}, 18),
        ({"take": "best"}, [{"place": 2}, {"place": 1}], 10),
        ({"take": "sum"}, [{"place": 2}, {"place": 1}], 18),
        ({"take": "mean"}, [{"place": 2}, {"place": 1}], 9),
        ({}, [], None),
        ({}, None, None),
    ],
)
def test_contests_give_points(more, data, points):
    assert value({**CONTEST, **more}, {"c": data}) == points


def test_a_place_without_points_is_refused():
    node = {"kind": "contest", "source": "c", "points": {"1": 10}}

    with pytest.raises(InputError, match="没有“2”"):
        value(node, {"c": {"place": 2}})
