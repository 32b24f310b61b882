"""Leaves over single scores: means, trimmed means, medians."""

from fractions import Fraction

import pytest

from scoring import InputError
from tests.scoring.helpers import result, value

JUDGES = [95, 90, 88, 85, 70, 92]


def ballots(**more):
    return {"kind": "ballots", "source": "j", **more}


def trimmed(**trim):
    return {"kind": "trimmed_mean", "source": "j", "trim": trim}


@pytest.mark.parametrize(
    ("trim", "scores", "mean"),
    [
        ({"highest": 1, "lowest": 1}, JUDGES, Fraction(355, 4)),
        ({"highest": 1, "lowest": 1, "above": 5}, JUDGES[:5], Fraction(428, 5)),
        ({"highest": 1, "lowest": 1, "above": 5}, JUDGES, Fraction(355, 4)),
        ({"highest": 1, "lowest": 1, "from": 5}, JUDGES[:5], Fraction(263, 3)),
        ({"highest": 1}, [90, 80], 80),
        ({"lowest": 1}, [90, 80], 90),
        ({"highest": 1, "lowest": 1}, [90, 80], 85),
        ({"highest": 1, "lowest": 1}, [90, 90, 90, 60], 90),
        ({"highest": "10%", "lowest": "10%"}, list(range(1, 20)), 10),
        ({"highest": "10%", "lowest": "10%", "rounding": "ceil"}, [1, 2, 3, 50], Fraction(5, 2)),
        ({"highest": 2, "lowest": 2}, [60, 70, 80, 90, 100], 80),
    ],
)
def test_trimmed_mean(trim, scores, mean):
    assert value(trimmed(**trim), {"j": scores}) == mean


def test_the_trim_may_grow_with_the_number_of_judges():
    node = {
        "kind": "trimmed_mean",
        "source": "j",
        "trim": [
            {"above": 4, "highest": 1, "lowest": 1},
            {"above": 9, "highest": 2, "lowest": 2},
        ],
    }

    assert value(node, {"j": [0, 10, 20, 100]}) == Fraction(130, 4)
    assert value(node, {"j": [0, 10, 20, 30, 100]}) == 20
    assert value(node, {"j": [0, 0, 10, 20, 30, 40, 50, 60, 100, 100]}) == Fraction(210, 6)


def test_a_histogram_can_be_trimmed():
    node = {
        "kind": "trimmed_mean",
        "source": "j",
        "scale": "测评",
        "trim": {"highest": 1, "lowest": 1},
    }

    assert value(node, {"j": {"优秀": 2, "称职": 1, "不称职": 1}}) == Fraction(175, 2)


def test_what_was_removed_is_shown():
    told = result(trimmed(highest=1, lowest=1), {"j": JUDGES}).explanation["score"]

    assert told["notes"] == ["去掉最高分 95，去掉最低分 70"]
    assert told["formula"] == "355 ÷ 4 = 88.75"
    assert told["n"] == 6


def test_when_nobody_is_removed_that_is_said():
    told = result(trimmed(highest=1, lowest=1, above=9), {"j": JUDGES}).explanation["score"]

    assert told["notes"] == ["6 人评分，未达到去掉最高、最低分的人数"]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [("mean", Fraction(260, 3)), ("median", 89), ("sum", 520), ("highest", 95), ("lowest", 70)],
)
def test_statistics(statistic, expected):
    assert value(ballots(statistic=statistic), {"j": JUDGES}) == expected
    assert value({"kind": statistic, "source": "j"}, {"j": JUDGES}) == expected


def test_scores_may_come_counted():
    assert value(ballots(), {"j": {"95": 1, "80": 3}}) == Fraction(335, 4)
    assert value(ballots(), {"j": {"sum": 335, "n": 4}}) == Fraction(335, 4)
    assert value(ballots(), {"j": {"scores": ["95", 80, 80.0, 80]}}) == Fraction(335, 4)


def test_an_abstention_is_left_out_or_counts_zero():
    assert value(ballots(), {"j": [90, None]}) == 90
    assert value(ballots(unknown_in_denominator=True), {"j": [90, None]}) == 45


def test_levels_may_be_written_by_name():
    assert value(ballots(scale="测评"), {"j": ["优秀", "称职", "不了解"]}) == Fraction(175, 2)


def test_a_ballot_with_questions_is_weighed_and_rounded_first():
    questions = [{"key": "德", "weight": "1/3"}, {"key": "能", "weight": "2/3"}]
    data = {"j": [{"德": 90, "能": 80}, {"德": 70, "能": 85}]}

    assert value(ballots(questions=questions), data) == (Fraction(250, 3) + 80) / 2
    assert value(ballots(questions=questions, ballot_rounding=1), data) == Fraction("81.65")


@pytest.mark.parametrize(
    ("node", "data", "words"),
    [
        (ballots(range=[0, 100]), [101], "高于满分 100"),
        (ballots(range=[60, 100]), [59], "低于最低分 60"),
        (ballots(), ["优秀"], "不是数字"),
        (ballots(), 90, "列表"),
        (ballots(questions=[{"key": "德"}]), [{"能": 1}], "没有分数"),
        (ballots(questions=[{"key": "德"}]), [90], "每题"),
        (trimmed(highest=1), {"sum": 10, "n": 2}, "只有合计"),
    ],
)
def test_wrong_scores_are_refused(node, data, words):
    with pytest.raises(InputError, match=words):
        value(node, {"j": data})


def test_no_scores_is_missing():
    assert value(ballots(), {}) is None
    assert value(ballots(), {"j": []}) is None
    assert value(ballots(), {"j": [None]}) is None
