"""Leaves over counts per level."""

from fractions import Fraction

import pytest

from scoring import InputError, grade_ballots
from tests.scoring.helpers import recipe, result, value

PEERS = {"kind": "reviews", "source": "peers", "scale": "测评"}
VOTES = {"优秀": 5, "称职": 2, "基本称职": 1, "不了解": 2}


def test_mean_of_level_values_leaves_unknown_out():
    assert value(PEERS, {"peers": VOTES}) == Fraction(5 * 95 + 2 * 80 + 65, 8)


def test_unknown_may_count_in_the_denominator():
    node = {**PEERS, "unknown_in_denominator": True}

    assert value(node, {"peers": VOTES}) == Fraction(5 * 95 + 2 * 80 + 65, 10)


def test_counts_may_come_in_the_order_of_the_scale():
    assert value(PEERS, {"peers": [5, 2, 1, 0, 2]}) == value(PEERS, {"peers": VOTES})


def test_counts_may_come_as_a_sum():
    data = {"sum": 5 * 95 + 2 * 80 + 65, "n": 8, "unknown": 2}

    assert value(PEERS, {"peers": data}) == value(PEERS, {"peers": VOTES})


def test_the_explanation_goes_down_to_counts_per_level():
    told = result(PEERS, {"peers": VOTES}).explanation["score"]

    assert told["counts"] == {"优秀": 5, "称职": 2, "基本称职": 1, "不称职": 0, "不了解": 2}
    assert told["formula"] == "(95×5 + 80×2 + 65×1) ÷ 8 = 87.50"
    assert told["unknown"] == "不了解 2 票，不计入分母"
    assert told["n"] == 8


def test_levels_are_explained_by_their_labels():
    scale = [{"key": "a", "label": "好", "value": 100}, {"key": "b", "label": "差", "value": 0}]

    told = result({**PEERS, "scale": scale}, {"peers": {"a": 3, "b": 1}}).explanation["score"]

    assert told["counts"] == {"好": 3, "差": 1}


@pytest.mark.parametrize("data", [{}, {"peers": None}, {"peers": {}}, {"peers": {"优秀": 0}}])
def test_no_ballots_is_missing_not_zero(data):
    found = result(PEERS, data)

    assert found.value is None
    assert found.explanation["reason"] == "没有收到评价"


def test_no_ballots_counts_zero_only_when_the_recipe_says_so():
    found = result({**PEERS, "missing": "zero"}, {})

    assert found.value == 0
    assert found.explanation["score"]["reason"] == "没有收到评价，按规定计 0"


def test_only_unknown_is_missing():
    assert value(PEERS, {"peers": {"不了解": 4}}) is None


def test_below_the_minimum_there_is_no_score():
    found = result({**PEERS, "minimum_n": 9}, {"peers": VOTES})

    assert found.value is None
    assert found.explanation["reason"] == "只有 8 份，少于规定的 9 份，不计分"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"良好": 1}, "没有“良好”"),
        ({"优秀": -1}, "非负整数"),
        ({"优秀": 1.5}, "非负整数"),
        ({"优秀": True}, "非负整数"),
        ([1, 2], "5 档"),
        ("优秀", "每档的票数"),
    ],
)
def test_wrong_counts_are_refused(data, words):
    with pytest.raises(InputError, match=words):
        value(PEERS, {"peers": data})


# -- questions

SHEET = {
    "kind": "reviews",
    "source": "peers",
    "questions": [
        {"key": "德", "weight": "40%", "scale": {"好": 100, "中": 60}},
        {"key": "能", "weight": "60%", "scale": {"5": 5, "3": 3, "1": 1}},
    ],
}


def test_questions_have_weights_and_scales_of_their_own():
    found = value(SHEET, {"peers": {"德": {"好": 1, "中": 1}, "能": {"5": 1, "3": 1}}})

    assert found == Fraction(4, 10) * 80 + Fraction(6, 10) * 4


def test_questions_without_weights_weigh_the_same():
    questions = [{"key": "a"}, {"key": "b"}]

    node = {**PEERS, "questions": questions}

    assert value(node, {"peers": {"a": {"优秀": 1}, "b": {"称职": 1}}}) == Fraction(175, 2)


def test_a_question_nobody_could_answer_follows_missing_question():
    data = {"peers": {"德": {"好": 1}, "能": {}}}

    assert value(SHEET, data) is None
    assert value({**SHEET, "missing_question": "renormalise"}, data) == 100
    assert value({**SHEET, "missing_question": "zero"}, data) == 40


def test_each_question_may_be_rounded_before_it_is_weighed():
    data = {"peers": {"德": {"好": 1, "中": 2}, "能": {"5": 1, "3": 2}}}

    assert value(SHEET, data) == Fraction(4, 10) * Fraction(220, 3) + Fraction(6, 10) * Fraction(
        11, 3
    )
    assert value({**SHEET, "question_rounding": 1}, data) == Fraction("0.4") * Fraction(
        "73.3"
    ) + Fraction("0.6") * Fraction("3.7")


def test_a_question_that_is_not_asked_is_refused():
    with pytest.raises(InputError, match="没有这一题"):
        value(SHEET, {"peers": {"德": {"好": 1}, "勤": {"好": 1}}})


def test_one_question_of_a_sheet_can_be_picked():
    node = {**PEERS, "question": "总体"}

    assert value(node, {"peers": {"总体": {"优秀": 1}, "德": {"称职": 1}}}) == 95


def test_a_named_questionnaire_is_shared():
    sheet = [{"key": "德", "weight": 1, "scale": "测评"}]

    node = {"kind": "reviews", "source": "peers", "questions": "互评表"}

    assert value(node, {"peers": {"德": {"称职": 1}}}, questionnaires={"互评表": sheet}) == 80


# -- shares of levels

RATE = {"kind": "level_share", "source": "public", "scale": "测评", "levels": ["优秀", "称职"]}


def test_share_of_levels():
    assert value(RATE, {"public": VOTES}) == Fraction(700, 8)
    assert value({**RATE, "unknown_in_denominator": True}, {"public": VOTES}) == 70
    assert value({**RATE, "full": 1}, {"public": VOTES}) == Fraction(7, 8)


def test_a_share_says_which_one_it_is():
    told = result(RATE, {"public": VOTES}).explanation["score"]

    assert told["definition"] == "（优秀 + 称职）÷ 票数，不了解不计入分母"
    assert (told["k"], told["n"]) == (7, 8)


def test_a_share_of_a_question():
    node = {**RATE, "question": "总体"}

    assert value(node, {"public": {"总体": {"优秀": 1, "不称职": 1}}}) == 50


def test_a_share_cannot_be_taken_of_a_sum_or_a_grade():
    assert value(RATE, {"public": {"sum": 100, "n": 2}}) is None
    assert value(RATE, {"public": {"grade": "优秀", "n": "3 人以上"}}) is None


# -- majority

GRADES = {"优秀": 95, "合格": 80, "不合格": 40}


def majority(**more):
    return {"kind": "majority", "source": "m", "scale": GRADES, **more}


@pytest.mark.parametrize(
    ("rules", "votes", "level"),
    [
        ({}, [3, 2, 1], "优秀"),
        ({}, [2, 2, 1], "合格"),
        ({"ties": "higher"}, [2, 2, 1], "优秀"),
        ({"ties": "none"}, [2, 2, 1], None),
        ({"rule": "over_half"}, [3, 2, 1], None),
        ({"rule": "over_half"}, [4, 2, 1], "优秀"),
        (
            {"rule": "over_half", "need": "50%", "need_at_least": True, "ties": "none"},
            [3, 2, 1],
            "优秀",
        ),
        ({"rule": "cumulative"}, [3, 2, 1], "合格"),
        ({"rule": "cumulative", "need": "2/3", "need_at_least": True}, [4, 1, 1], "优秀"),
        ({"rule": "cumulative", "need": "2/3"}, [4, 1, 1], "合格"),
    ],
)
def test_majority(rules, votes, level):
    found = result(majority(**rules), {"m": votes})

    assert found.band == level
    assert found.value == (None if level is None else GRADES[level])


def test_each_ballot_is_graded_before_the_majority_is_taken():
    grade = {
        "questions": [{"key": "德", "weight": "60%"}, {"key": "绩", "weight": "40%"}],
        "scale": {},
        "bands": {"优秀": 90, "合格": 60, "不合格": 0},
    }
    del grade["scale"]
    grade["questions"] = [{**q, "scale": GRADES} for q in grade["questions"]]
    ballots = [{"德": 95, "绩": 85}, {"德": 95, "绩": 82}, {"德": 70, "绩": 80}]
    node = majority(grade=grade)

    found = result(node, {"m": ballots})

    # graded first: 91, 89.8, 74 -> one 优秀, two 合格; the mean of all would not tell
    assert found.band == "合格"
    assert found.explanation["score"]["counts"] == {"优秀": 1, "合格": 2, "不合格": 0}
    assert grade_ballots(recipe({**node, "key": "m"}), "m", ballots) == {
        "优秀": 1,
        "合格": 2,
        "不合格": 0,
    }


def test_a_majority_can_be_taken_of_one_question_or_of_a_suppressed_grade():
    assert result(majority(question="总体"), {"m": {"总体": {"优秀": 1}}}).band == "优秀"
    assert result(majority(), {"m": {"grade": "合格", "n": "3 人以上"}}).band == "合格"
    assert result(majority(), {"m": {"ballots": ["优秀", "优秀", "合格"]}}).band == "优秀"
    assert result(majority(), {}).value is None


def test_unknown_may_keep_a_level_from_its_majority():
    node = {**majority(rule="over_half"), "scale": {**GRADES, "不了解": None}}

    assert result(node, {"m": [2, 1, 0, 1]}).band == "优秀"
    assert result({**node, "unknown_in_denominator": True}, {"m": [2, 1, 0, 1]}).band is None
    assert result(node, {"m": [0, 0, 0, 3]}).value is None


@pytest.mark.parametrize(
    ("ballots", "words"),
    [
        ([{"德": 95}], "绩"),
        ([90], "每题"),
        ([{"德": "不了解", "绩": 80}], "不了解"),
    ],
)
def test_a_ballot_that_cannot_be_graded_is_refused(ballots, words):
    questions = [{"key": key, "scale": {**GRADES, "不了解": None}} for key in ("德", "绩")]
    grade = {"questions": questions, "rounding": 0, "bands": {"优秀": 90, "合格": 60, "不合格": 0}}

    with pytest.raises(InputError, match=words):
        value(majority(grade=grade), {"m": ballots})


def test_ballots_of_one_number_are_graded_by_bands():
    node = majority(grade={"rounding": 0, "bands": {"优秀": 90, "合格": 60, "不合格": 0}})

    assert result(node, {"m": ["89.5", 90, 60]}).band == "优秀"


def test_a_majority_needs_votes_per_level():
    with pytest.raises(InputError, match="只有合计"):
        value(majority(), {"m": {"sum": 180, "n": 2}})


def test_only_a_majority_node_grades_ballots():
    with pytest.raises(InputError):
        grade_ballots(recipe({**PEERS, "key": "p"}), "p", [])


def test_a_share_of_all_who_should_have_come():
    node = {**RATE, "denominator": "应到会人数"}

    assert value(node, {"public": VOTES, "应到会人数": 20}) == 35
    assert result(node, {"public": VOTES, "应到会人数": 20}).explanation["score"]["definition"] == (
        "（优秀 + 称职）÷ 应到会人数"
    )
    assert recipe(node).sources == ("public", "应到会人数")
    with pytest.raises(InputError, match="少于收到的票数"):
        value(node, {"public": VOTES, "应到会人数": 9})
