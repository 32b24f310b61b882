"""Nodes over parts: weights, missing parts, exemptions, emphasis."""

from fractions import Fraction

import pytest

from scoring import InputError
from tests.scoring.helpers import plain, recipe, result, value


def weighted(missing="none", **more):
    parts = [
        plain("a", key="a", label="甲方", weight="50%"),
        plain("b", key="b", label="乙方", weight="30%"),
        plain("c", key="c", label="丙方", weight="20%"),
    ]
    return {"kind": "weighted_sum", "missing": missing, "parts": parts, **more}


ALL = {"a": 90, "b": 80, "c": 70}


def test_weights_in_three_spellings_are_the_same():
    for weights in (["50%", "50%"], [0.5, "1/2"], [50, 50]):
        parts = [plain(s, weight=w) for s, w in zip("ab", weights, strict=True)]
        assert value({"kind": "weighted_sum", "parts": parts}, ALL) == 85


def test_thirds_add_up():
    parts = [plain(s, weight="1/3") for s in "abc"]

    assert value({"kind": "weighted_sum", "parts": parts}, ALL) == 80


def test_weights_may_be_normalised_on_request():
    parts = [plain("a", weight=3), plain("b", weight=1)]

    assert value({"kind": "weighted_sum", "normalise": True, "parts": parts}, ALL) == Fraction(
        350, 4
    )


@pytest.mark.parametrize(
    ("missing", "expected"), [("none", None), ("renormalise", Fraction(590, 7)), ("zero", 59)]
)
def test_a_missing_part(missing, expected):
    inputs = {"a": 90, "c": 70} | {"b": None}

    found = result(weighted(missing), inputs)

    assert found.value == expected


def test_the_explanation_says_how_a_missing_part_was_made_up_for():
    told = result(weighted("renormalise"), {"a": 90, "c": 70}).explanation["score"]

    assert told["formula"] == "(50%×90.00 + 20%×70.00) ÷ 70% ≈ 84.29"
    assert [part.get("used_weight") for part in told["parts"]] == ["5/7", None, "2/7"]
    assert told["parts"][1]["left_out"] is True


def test_why_there_is_no_result_is_said():
    assert result(weighted(), {"a": 90, "c": 70}).explanation["reason"] == "乙方：没有数据"


def test_nothing_at_all_is_missing_even_when_renormalised():
    assert value(weighted("renormalise"), {}) is None


def test_a_part_may_be_required_or_optional_whatever_the_rest():
    node = weighted("renormalise")
    node["parts"][0]["required"] = True
    assert value(node, {"b": 80, "c": 70}) is None

    node = weighted("none")
    node["parts"][1]["optional"] = True
    assert value(node, {"a": 90, "c": 70}) == Fraction(590, 7)

    node = weighted("none")
    node["parts"][1]["missing"] = "renormalise"
    assert value(node, {"a": 90, "c": 70}) == Fraction(590, 7)


def test_an_exemption_is_not_a_zero():
    exempt = {"exempt": {"b": "新调入"}}

    for missing in ("none", "zero", "renormalise"):
        assert value(weighted(missing), {**ALL, **exempt}) == Fraction(590, 7)


def test_an_exemption_may_count_what_the_recipe_says():
    node = weighted()
    node["parts"][1]["exempt"] = 80

    found = result(node, {"a": 90, "c": 70, "exempt": {"b": "援派"}})

    assert found.value == 83
    assert found.explanation["score"]["parts"][1]["notes"] == ["免予评价（援派），按规定计 80"]


def test_an_exemption_may_come_with_the_data():
    assert value(weighted(), {"a": 90, "b": {"exempt": "产假"}, "c": 70}) == Fraction(590, 7)


def test_the_whole_subject_may_be_exempt():
    found = result(weighted(), {"exempt": "预备党员不评定等次"}, bands={"合格": 0})

    assert (found.value, found.band, found.exempt) == (None, None, True)
    assert found.explanation["reason"] == "免予评价：预备党员不评定等次"


def test_an_exemption_of_an_unknown_part_is_refused():
    with pytest.raises(InputError, match="没有这一部分"):
        value(weighted(), {**ALL, "exempt": {"d": "?"}})


def test_an_advisory_part_weighs_nothing_and_blocks_nothing():
    parts = [plain("a", weight=1), plain("vote", weight=0, label="网上投票")]

    found = result({"kind": "weighted_sum", "parts": parts}, {"a": 90})

    assert found.value == 90


def test_emphasis_by_unit_type_replaces_weights():
    emphasis = {"审批": {"a": "20%", "b": "60%"}, "执法": {"a": 100, "b": 0, "c": 0}}

    def score(unit_type):
        return value(weighted(), ALL, emphasis=emphasis, unit_type=unit_type)

    assert score(None) == 83
    assert score("窗口") == 83
    assert score("审批") == 80
    assert score("执法") == 90


def test_minimum_parts():
    node = weighted("renormalise", minimum_n=2)

    assert value(node, {"a": 90}) is None
    assert value(node, {"a": 90, "b": 80}) == Fraction(690, 8)


def test_a_part_is_rounded_only_where_it_is_stated():
    node = weighted()
    inputs = {"a": "88.125", "b": "77.345", "c": "66.665"}
    assert value(node, inputs) == Fraction("80.5990")

    for part in node["parts"]:
        part["rounding"] = 2
    assert (
        value(node, inputs)
        == Fraction("88.13") / 2 + Fraction("77.35") * 3 / 10 + Fraction("66.67") / 5
    )


@pytest.mark.parametrize(
    ("mode", "of", "expected"),
    [
        ("half_up", "2.5", 3),
        ("half_up", "-2.5", -3),
        ("half_even", "2.5", 2),
        ("half_even", "3.5", 4),
        ("half_down", "2.5", 2),
        ("half_down", "2.51", 3),
        ("down", "2.99", 2),
        ("up", "2.01", 3),
        ("up", "2", 2),
    ],
)
def test_rounding_modes(mode, of, expected):
    assert value(plain("a", rounding={"digits": 0, "mode": mode}), {"a": of}) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("sum", 240),
        ("mean", 80),
        ("median", 80),
        ("highest", 90),
        ("lowest", 70),
        ("product", 504000),
    ],
)
def test_plain_aggregates(kind, expected):
    assert value({"kind": kind, "parts": [plain(s) for s in "abc"]}, ALL) == expected


def test_a_trimmed_mean_over_parts():
    node = {
        "kind": "trimmed_mean",
        "parts": [plain(s) for s in "abc"],
        "trim": {"highest": 1, "lowest": 1},
    }

    assert value(node, {"a": 100, "b": 80, "c": 0}) == 80


def test_a_sum_with_a_part_left_out_is_brought_back_to_full_marks():
    node = {
        "kind": "sum",
        "missing": "renormalise",
        "parts": [plain("a", full=40), plain("b", full=40), plain("c", full=20, label="竞赛")],
    }

    found = result(node, {"a": 30, "b": 34})

    assert found.value == 80
    assert found.explanation["score"]["notes"] == ["缺 竞赛，按满分 80 折算到 100"]


# -- matrix

MATRIX = {
    "kind": "matrix",
    "scale": {"好": 100, "中": 60},
    "indicators": [{"key": "德", "weight": "40%"}, {"key": "绩", "weight": "60%"}],
    "raters": [
        {"source": "leader", "label": "领导", "weight": "70%"},
        {"source": "peers", "label": "同事", "weight": "30%"},
    ],
}
SHEETS = {
    "leader": {"德": {"好": 1}, "绩": {"中": 1}},
    "peers": {"德": {"好": 1, "中": 1}, "绩": {"好": 2}},
}


def test_evaluators_times_indicators():
    moral = Fraction(7, 10) * 100 + Fraction(3, 10) * 80
    work = Fraction(7, 10) * 60 + Fraction(3, 10) * 100

    assert value(MATRIX, SHEETS) == Fraction(4, 10) * moral + Fraction(6, 10) * work


def test_an_indicator_may_weigh_its_raters_itself():
    node = {**MATRIX, "indicators": [{"key": "德", "raters": {"peers": 1}, "weight": 1}]}

    assert value(node, SHEETS) == 80


def test_a_missing_rater_in_a_matrix():
    assert value(MATRIX, {"leader": SHEETS["leader"]}) is None
    assert value({**MATRIX, "missing_rater": "renormalise"}, {"leader": SHEETS["leader"]}) == 76


def test_sources_lists_what_a_recipe_reads():
    assert recipe(MATRIX).sources == ("leader", "peers")
