"""Intervals, 满意率 by definition, thresholds, ballot rules."""

from decimal import Decimal

import pytest

from scoring import InputError, RecipeError, ballot_check, satisfaction, suppress, wilson_interval
from tests.scoring.helpers import FIVE, FOUR, value

# -- intervals: figures of Wilson (1927) as tabulated by Newcombe (1998)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
        (29, 29, "0.8830", "1.0000"),
        (0, 0, "0.0000", "1.0000"),
    ],
)
def test_wilson_interval(k, n, low, high):
    assert wilson_interval(k, n) == (Decimal(low), Decimal(high))


def test_wilson_interval_refuses_nonsense():
    with pytest.raises(InputError):
        wilson_interval(3, 2)
    with pytest.raises(InputError):
        wilson_interval(1, 2, confidence="100%")


# -- satisfaction

VOTES = {"满意": 61, "基本满意": 25, "不满意": 10, "不了解": 4}


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        ({"levels": ["满意"], "unknown": "不了解"}, "63.54"),
        ({"levels": ["满意", "基本满意"], "unknown": "不了解"}, "89.58"),
        (
            {"levels": ["满意", "基本满意"], "unknown": "不了解", "unknown_in_denominator": True},
            "86.00",
        ),
        ({"weights": {"满意": 1, "基本满意": "60%"}, "unknown": "不了解", "digits": 1}, "79.2"),
        ({"levels": ["满意"], "unknown": "不了解", "minimum_n": 97}, None),
    ],
)
def test_four_meanings_of_one_word(definition, shown):
    assert satisfaction(VOTES, definition)["shown"] == shown


def test_a_rate_comes_with_n_interval_and_definition():
    told = satisfaction(VOTES, {"levels": ["满意", "基本满意"], "unknown": ["不了解"]})

    assert told == {
        "label": "满意率",
        "definition": "满意率 =（满意 + 基本满意）÷ 有效票，不了解不计入分母",
        "share": "43/48",
        "shown": "89.58",
        "k": 86,
        "n": 96,
        "low": "0.8188",
        "high": "0.9424",
        "interval": "Wilson 95% 置信区间",
    }


def test_no_ballots_no_rate():
    assert satisfaction({}, {"levels": ["满意"]})["reason"] == "没有有效评价"


@pytest.mark.parametrize(
    "definition", [{}, {"levels": ["满意"], "weights": {"满意": 1}}, {"level": ["满意"]}]
)
def test_a_definition_that_does_not_define_is_refused(definition):
    with pytest.raises(RecipeError):
        satisfaction(VOTES, definition)


# -- thresholds of design §6


@pytest.mark.parametrize("n", [0, 1, 2])
def test_below_three_there_is_nothing(n):
    told = suppress({"优秀": n}, FOUR)

    assert sorted(told) == ["comments", "hidden", "n"]
    assert told["comments"] is False


@pytest.mark.parametrize("votes", [{"优秀": 3}, {"优秀": 2, "称职": 1}, {"优秀": 3, "不称职": 1}])
def test_from_three_there_is_one_rounded_grade_and_no_count(votes):
    told = suppress(votes, FOUR)

    assert sorted(told) == ["comments", "grade", "n"]
    assert (told["comments"], told["n"]) == (False, "3 人以上")


def test_half_way_between_two_grades_the_lower_is_told():
    assert suppress({"a": 2, "b": 2}, {"a": 100, "b": 80})["grade"] == "b"


def test_from_five_there_are_histogram_and_comments():
    assert suppress({"优秀": 4, "称职": 1}, FOUR) == {
        "counts": {"优秀": 4, "称职": 1, "基本称职": 0, "不称职": 0, "不了解": 0},
        "n": 5,
        "comments": True,
    }


def test_a_sheet_of_questions_below_five_is_told_as_one_grade():
    scales = {"德": {"好": 100, "中": 60, "差": 0}, "能": {"5": 5, "3": 3, "1": 1}}

    assert suppress({"德": {"好": 4}, "能": {"1": 4}}, scales)["grade"] == "中"
    assert (
        suppress({"德": {"好": 4}, "能": {"1": 4}}, scales, weights={"德": "90%", "能": "10%"})[
            "grade"
        ]
        == "好"
    )


def test_one_question_with_few_answers_hides_the_whole_sheet():
    told = suppress({"德": {"优秀": 6}, "能": {"优秀": 4}}, FOUR)

    assert told["grade"] == "优秀"
    assert "questions" not in told


def test_unknown_does_not_make_a_grade_of_two_opinions():
    assert suppress({"优秀": 2, "不了解": 2}, FOUR)["hidden"] is True


def test_a_scheme_may_ask_for_more():
    assert "grade" in suppress({"优秀": 9}, FOUR, k=10)
    assert suppress({"优秀": 4}, FOUR, grade_from=5)["hidden"] is True


@pytest.mark.parametrize(
    ("votes", "expected"),
    [({"优秀": 2}, None), ({"优秀": 3}, 95), ({"优秀": 4, "称职": 4}, 87.5)],
)
def test_what_suppress_leaves_is_what_is_scored(votes, expected):
    node = {"kind": "reviews", "source": "peers", "scale": "测评"}

    assert value(node, {"peers": suppress(votes, FOUR)}) == expected


def test_a_suppressed_sheet_is_scored_by_its_one_grade():
    node = {
        "kind": "reviews",
        "source": "p",
        "questions": [{"key": "a", "scale": "五级"}, {"key": "b", "scale": "五级"}],
    }
    three = suppress({"a": {"满意": 3}, "b": {"满意": 3}}, FIVE)
    five = suppress({"a": {"满意": 5}, "b": {"非常满意": 5}}, FIVE)
    none = suppress({"a": {"满意": 1}, "b": {"满意": 1}}, FIVE)

    assert [value(node, {"p": data}) for data in (three, five, none)] == [80, 90, None]
    assert value({**node, "minimum_n": 5}, {"p": three}) is None


# -- rules inside a ballot

S07 = [
    {"kind": "range", "where": {"from": 0, "to": 100}, "digits": 1},
    {"kind": "at_most", "count": 3, "where": {"from": 90}},
    {"kind": "at_least", "count": 2, "where": {"below": 70}},
    {"kind": "not_all_same"},
]


@pytest.mark.parametrize(
    ("marks", "reasons"),
    [
        ([95, 90, 90, 89.9, 69.9, 60], []),
        ([95, 90, 90, 90, 69, 60], ["≥90 分最多 3 人，本票有 4 人"]),
        ([95, 80, 70, 70, 70, 60], ["<70 分至少 2 人，本票只有 1 人"]),
        ([60, 60.0, "60"], ["对全部 3 人的评价相同（60），为无效票"]),
        ([101, 60, 61], ["评分应为 ≥0 分且≤100 分、最多 1 位小数，有 1 人的评分不符"]),
        ([80.55, 60, 61], ["评分应为 ≥0 分且≤100 分、最多 1 位小数，有 1 人的评分不符"]),
        (["优", 60, 61], ["评分应为 ≥0 分且≤100 分、最多 1 位小数，有 1 人的评分不符"]),
    ],
)
def test_rules_of_one_ballot(marks, reasons):
    assert ballot_check({f"p{i}": mark for i, mark in enumerate(marks)}, S07) == reasons


THIRD = [{"kind": "at_most", "share": "1/3", "where": {"levels": ["优秀"]}, "label": "优秀比例"}]


@pytest.mark.parametrize("n", range(3, 61))
def test_at_most_a_third_may_be_excellent(n):
    def ballot(k):
        return {f"p{i}": "优秀" if i < k else "合格" for i in range(n)}

    assert ballot_check(ballot(n // 3), THIRD) == []
    assert ballot_check(ballot(n // 3 + 1), THIRD) == [
        f"优秀比例：“优秀”最多 {n // 3} 人（{n} 人的 1/3，向下取整），本票有 {n // 3 + 1} 人"
    ]


def test_the_base_may_be_the_frozen_roll():
    assert ballot_check({"a": "优秀", "b": "合格"}, THIRD, n=3) == []


def test_a_sheet_with_questions_is_checked_question_by_question():
    ballot = {p: {"德": "优秀", "能": "优秀" if p == "a" else "合格"} for p in "abc"}

    assert ballot_check(ballot, THIRD) == [
        "德：优秀比例：“优秀”最多 1 人（3 人的 1/3，向下取整），本票有 3 人"
    ]
    assert ballot_check(ballot, [{**THIRD[0], "question": "能"}]) == []


def test_who_is_left_out_or_not_on_the_roll():
    rule = [{"kind": "complete"}]

    assert ballot_check({"a": 1, "b": None}, rule) == ["还有 1 人没有评"]
    assert ballot_check({"a": 1}, rule, roll=["a", "b"]) == ["还有 1 人没有评"]
    assert ballot_check({"a": 1, "c": 2}, rule, roll=["a"]) == ["有 1 人不在名册上"]


def test_one_person_cannot_make_all_the_same():
    assert ballot_check({"a": 90}, [{"kind": "not_all_same"}]) == []


def test_wrong_rules_are_refused():
    with pytest.raises(RecipeError, match="种类"):
        ballot_check({}, [{"count": 3}])


def test_a_scale_may_be_a_list_or_of_one_value_and_nothing_is_hidden():
    listed = [{"key": "a", "value": 100}, {"key": "b", "value": 50}]

    assert suppress({"a": 3}, {"": 0} | {"a": 100, "b": 50})["grade"] == "a"
    assert suppress({"问": {"a": 4}}, {"问": listed})["grade"] == "a"
    assert suppress({"a": 3}, {"a": 100})["grade"] == "a"
    assert suppress({}, FOUR)["hidden"] is True


def test_a_scale_that_is_none_is_refused():
    with pytest.raises(RecipeError):
        suppress({"a": 3}, {"a": "好"})


def test_a_grade_that_is_no_level_is_refused():
    questions = [{"key": "a", "scale": "测评"}, {"key": "b", "scale": "测评"}]
    node = {"kind": "reviews", "source": "p", "questions": questions}

    for grade, words in (("良", "没有“良”"), ("不了解", "不能是不了解")):
        with pytest.raises(InputError, match=words):
            value(node, {"p": {"grade": grade}})
    assert value(node, {"p": {"grade": None}}) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"grade": "优秀", "n": "3 人以上"}, 95),
        ({"grade": "非常满意"}, None),
        ({"hidden": True}, None),
        ({"questions": {"a": {"优秀": 5}}, "n": 5}, 95),
        ({"questions": {"b": {"优秀": 5}}, "n": 5}, None),
    ],
)
def test_one_question_of_a_suppressed_sheet(data, expected):
    node = {"kind": "reviews", "source": "p", "scale": "测评", "question": "a"}

    assert value(node, {"p": data}) == expected
    assert value({**node, "kind": "majority"}, {"p": data}) == expected


@pytest.mark.parametrize("kind", ["reviews", "level_share", "majority"])
@pytest.mark.parametrize("data", [[1, 2], "优秀", {"questions": [1]}, 3])
def test_a_sheet_that_is_none_is_refused(kind, data):
    node = {"kind": kind, "source": "p", "scale": "测评", "question": "a"}
    node |= {"levels": ["优秀"]} if kind == "level_share" else {}

    with pytest.raises(InputError, match="每题的票数"):
        value(node, {"p": data})
