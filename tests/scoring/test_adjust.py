"""Bonus, deduction, gate, linear map, choice, reference, coefficient, relative."""

from fractions import Fraction

import pytest

from scoring import InputError, score, with_groups
from tests.scoring.helpers import plain, recipe, result, value

BASE = plain("a", key="a", label="基础分")


def test_a_bonus_is_capped_and_so_is_the_total():
    node = {
        "kind": "capped_bonus",
        "of": BASE,
        "parts": [plain("x"), {"kind": "count", "source": "y", "each": 2, "cap": 3}],
        "cap": 5,
        "ceiling": 100,
    }

    assert value(node, {"a": 80}) == 80
    assert value(node, {"a": 80, "x": 1, "y": 5}) == 84
    assert value(node, {"a": 80, "x": 9}) == 85
    assert value(node, {"a": 98, "x": 9}) == 100
    assert value(node, {"x": 9}) is None


def test_a_deduction_has_a_cap_and_a_floor():
    node = {
        "kind": "deduction",
        "of": BASE,
        "parts": [{"kind": "count", "source": "x", "each": 5}],
        "cap": 20,
        "floor": 0,
    }

    assert value(node, {"a": 80, "x": 3}) == 65
    assert value(node, {"a": 80, "x": 9}) == 60
    assert value(node, {"a": 10, "x": 3}) == 0


def test_a_bonus_says_what_it_did():
    node = {"kind": "capped_bonus", "of": BASE, "parts": [plain("x")], "cap": 5}

    assert result(node, {"a": 80, "x": 9}).explanation["score"]["formula"] == (
        "80.00 + 5 = 85.00（加分合计 9，封顶 5）"
    )


BANDS = {"优秀": 90, "合格": 60, "不合格": 0}


def gate(*rules):
    return {"kind": "veto", "of": BASE, "rules": list(rules)}


@pytest.mark.parametrize(
    ("effect", "expected", "band"),
    [
        ({"zero": True}, 0, "不合格"),
        ({"cap": 59}, 59, "不合格"),
        ({"value": 60}, 60, "合格"),
        ({"times": "80%"}, 76, "合格"),
        ({"minus": 10}, 85, "合格"),
        ({"band": "合格"}, 95, "合格"),
        ({"no_result": True}, None, None),
        ({"minus": 1, "band": "不合格"}, 94, "不合格"),
    ],
)
def test_a_veto(effect, expected, band):
    node = gate({"when": {"source": "处分", "is": True}, "label": "受处分", **effect})

    hit = result(node, {"a": 95, "处分": 1}, bands=BANDS)
    spared = result(node, {"a": 95, "处分": 0}, bands=BANDS)
    silent = result(node, {"a": 95}, bands=BANDS)

    assert (hit.value, hit.band) == (expected, band)
    assert (spared.value, spared.band) == (silent.value, silent.band) == (95, "优秀")


def test_a_gate_never_lifts():
    node = gate({"when": {"source": "w", "is": True}, "band": "优秀", "cap": 100})

    found = result(node, {"a": 50, "w": 1}, bands=BANDS)

    assert (found.value, found.band) == (50, "不合格")


def test_a_limit_set_deep_in_the_tree_reaches_the_band():
    node = {
        "kind": "weighted_sum",
        "parts": [{**gate({"when": {"source": "w", "is": True}, "band": "合格"}), "weight": 1}],
    }

    assert result(node, {"a": 99, "w": 1}, bands=BANDS).band == "合格"


@pytest.mark.parametrize(
    ("when", "inputs", "holds"),
    [
        ({"figure": "a", "below": 60}, {"a": 59}, True),
        ({"figure": "a", "below": 60}, {"a": 60}, False),
        ({"figure": "a", "from": 60, "to": 70}, {"a": 70}, True),
        ({"figure": "a", "above": 60}, {"a": 60}, False),
        ({"source": "w", "in": ["警告", "记过"]}, {"a": 1, "w": "记过"}, True),
        ({"source": "w", "equals": "警告"}, {"a": 1, "w": "记过"}, False),
        ({"source": "w", "missing": True}, {"a": 1}, True),
        ({"source": "w", "missing": False}, {"a": 1}, False),
        ({"source": "w", "is": False}, {"a": 1}, True),
        ({"source": "w", "is": True}, {"a": 1, "w": "否"}, False),
        ({"source": "w", "is": True}, {"a": 1, "w": ["记过"]}, True),
        ({"source": "w", "field": "x", "above": 1}, {"a": 1, "w": {"x": 2}}, True),
        ({"source": "w", "above": 1}, {"a": 1, "w": "很多"}, False),
        (
            {"any": [{"figure": "a", "below": 1}, {"source": "w", "is": True}]},
            {"a": 5, "w": 1},
            True,
        ),
        ({"all": [{"figure": "a", "above": 1}, {"source": "w", "is": True}]}, {"a": 5}, False),
        ({"none": [{"figure": "a", "below": 1}, {"source": "w", "is": True}]}, {"a": 5}, True),
    ],
)
def test_conditions(when, inputs, holds):
    found = result(gate({"when": when, "zero": True}), inputs).explanation["score"]["rules"][0]

    assert found["holds"] is holds


def test_conditions_are_told_in_words():
    when = {"any": [{"figure": "a", "below": 60}, {"none": [{"source": "w", "is": True}]}]}

    told = result(gate({"when": when, "zero": True}), {"a": 70}).explanation["score"]["rules"][0]

    assert told["condition"] == "（基础分 < 60 或 以下均不满足：w有）"
    assert told["effect"] == "计 0 分"


# -- maps and choices


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"times": 20}, 84),
        ({"times": 10, "plus": 5}, 47),
        ({"from": [1, 5], "to": [60, 100]}, 92),
        ({"convert": {"steps": [{"from": 4, "points": 90}], "otherwise": 0}}, 90),
    ],
)
def test_a_score_is_mapped(how, expected):
    assert value({"kind": "scale", "of": BASE, **how}, {"a": 4.2}) == expected


def test_a_mapped_score_that_is_missing_stays_missing():
    assert value({"kind": "scale", "of": BASE, "times": 2}, {}) is None


def test_choose_and_first_of():
    choose = {
        "kind": "choose",
        "when": {"source": "n", "above": 5},
        "then": plain("x"),
        "otherwise": plain("y"),
    }
    first = {"kind": "first_of", "parts": [plain("x"), plain("y")]}

    assert [value(choose, {"n": n, "x": 1, "y": 2}) for n in (6, 5)] == [1, 2]
    assert value({k: v for k, v in choose.items() if k != "otherwise"}, {"n": 1, "x": 1}) is None
    assert [value(first, i) for i in ({"x": 1, "y": 2}, {"y": 2}, {})] == [1, 2, None]


def test_a_figure_may_be_used_twice():
    node = {"kind": "mean", "parts": [BASE, {"kind": "figure", "to": "a"}, plain("b")]}

    assert value(node, {"a": 90, "b": 60}) == 80


# -- against the group

ALIGN = {"kind": "coefficient", "source": "rooms", "group": "room", "of": BASE}


def test_with_groups_makes_room_coefficients_for_everybody():
    people = {
        "甲": {"a": 80, "room": "1"},
        "乙": {"a": 90, "room": "1"},
        "丙": {"a": 70, "room": "2"},
        "丁": {"a": 60, "room": "2"},
    }
    known = recipe(ALIGN)

    filled = with_groups(known, people)

    assert filled["甲"]["rooms"] == {"group_mean": "85", "overall_mean": "75"}
    assert score(known, filled["丙"]).value == 70 * Fraction(75, 65)


def test_what_was_handed_in_stays():
    given = {"甲": {"a": 80, "rooms": {"group_mean": 80, "overall_mean": 88}}}

    assert score(recipe(ALIGN), with_groups(recipe(ALIGN), given)["甲"]).value == 88


def test_the_overall_mean_may_be_the_mean_of_means():
    data = {"own": "1", "groups": {"1": [80, 90, 100], "2": [60]}}

    assert value({**ALIGN, "overall": "mean_of_means"}, {"a": 90, "rooms": data}) == 75
    assert value(ALIGN, {"a": 90, "rooms": data}) == Fraction(330, 4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"own": "3", "groups": {"1": [1]}}, "groups 中的一组"),
        ({"own": "1", "groups": {"1": [0]}}, "平均分为 0"),
        ({"own": "1", "groups": {"1": []}}, "没有分数"),
        ({"own": "1", "rooms": {}}, "不认识的键"),
        (
            {
                "own": "1",
                "groups": {"1": {"sum": 10, "n": 9, "removed_high": [9], "removed_low": [1]}},
            },
            "不够去掉",
        ),
    ],
)
def test_wrong_group_data_is_refused(data, words):
    node = {**ALIGN, "trim": {"highest": 2, "lowest": 2}}

    with pytest.raises(InputError, match=words):
        value(node, {"a": 90, "rooms": data})


GROUP = {"values": [60, 80, 100]}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"method": "max"}, 80),
        ({"method": "min"}, 75),
        ({"method": "mean"}, 100),
        ({"method": "range"}, 50),
        ({"method": "range", "base": 60}, 80),
        ({"method": "place", "points": {"1": 10, "2": 7}}, 7),
        ({"method": "place", "step": 5}, 95),
    ],
)
def test_relative_to_the_group(how, expected):
    node = {"kind": "relative", "source": "g", "of": BASE, **how}

    assert value(node, {"a": 80, "g": GROUP}) == expected


def test_relative_figures_of_everybody_come_from_with_groups():
    known = recipe({"kind": "relative", "source": "g", "of": BASE, "method": "place", "step": 10})
    people = {"甲": {"a": 90}, "乙": {"a": 90}, "丙": {"a": 80}, "丁": {}}

    filled = with_groups(known, people)

    assert {who: score(known, data).value for who, data in filled.items()} == {
        "甲": 100,
        "乙": 100,
        "丙": 80,
        "丁": None,
    }


def test_an_equal_group_is_all_full_marks():
    node = {"kind": "relative", "source": "g", "of": BASE, "method": "range"}

    assert value(node, {"a": 80, "g": [80, 80]}) == 100


def test_standard_scores():
    node = {
        "kind": "relative",
        "source": "g",
        "of": BASE,
        "method": "standard",
        "base": 50,
        "step": 10,
    }

    assert value(node, {"a": 80, "g": [60, 80, 100]}) == 50
    assert value({**node, "rounding": 2}, {"a": 100, "g": [60, 80, 100]}) == Fraction("62.25")
    assert value(node, {"a": 70, "g": [70, 70]}) == 50
