"""The fast way gives the same figures, and steps aside for whatever is out of the ordinary."""

import pytest

from scoring import InputError, compile, rank, score
from tests.scoring.helpers import plain, recipe

VOTES = {"kind": "reviews", "source": "v", "scale": "测评"}
SUM = {
    "kind": "weighted_sum",
    "missing": "renormalise",
    "parts": [{**VOTES, "key": "v", "weight": "60%"}, plain("a", key="a", weight="40%")],
}


@pytest.mark.parametrize(
    "inputs",
    [
        {"v": [1, 2, 0, 0, 1], "a": 80},
        {"v": {"优秀": 1}, "a": "80.5"},
        {"v": {"counts": {"优秀": 5}, "n": 5, "comments": True}, "a": 80},
        {"v": {"grade": "优秀", "n": "3 人以上"}, "a": 80},
        {"v": {"hidden": True, "n": "不足 3 人"}, "a": 80},
        {"v": {"sum": 180, "n": 2}, "a": 80},
        {"v": [0, 0, 0, 0, 0], "a": 80},
        {"v": [0, 0, 0, 0, 3], "a": 80},
        {"v": [1, 0, 0, 0, 0], "a": 80, "exempt": {"a": "产假"}},
        {"v": [1, 0, 0, 0, 0], "a": 80, "exempt": "预备党员"},
        {"v": {"exempt": "产假"}, "a": 80},
        {"a": 1 / 4},
        {},
    ],
)
def test_the_unusual_goes_the_explaining_way(inputs):
    known = recipe(SUM, bands={"优秀": 90, "合格": 0})
    plan, told = compile(known), score(known, inputs)

    assert plan(inputs) == told.value
    assert plan.outcome(inputs) == (told.value, told.rounded, told.band)
    assert plan.result(inputs).exempt == told.exempt


@pytest.mark.parametrize("votes", [{"良": 1}, [1], [-1, 0, 0, 0, 0], [1.5, 0, 0, 0, 0], "优秀"])
def test_wrong_inputs_are_refused_just_the_same(votes):
    with pytest.raises(InputError):
        compile(recipe(SUM))({"v": votes, "a": 1})


def test_gates_and_conditions_are_kept():
    node = {
        "kind": "gate",
        "of": SUM,
        "rules": [{"when": {"source": "w", "is": True}, "band": "合格"}],
    }
    known = recipe(node, bands={"优秀": 90, "合格": 0})

    assert compile(known).outcome({"v": [1, 0, 0, 0, 0], "a": 95, "w": 1})[2] == "合格"
    assert compile(known).result({"v": [1, 0, 0, 0, 0], "a": 95, "w": 1}).limits == ("合格",)


@pytest.mark.parametrize(
    "bands",
    [
        {"优": "[90,100]", "差": "[0,90)"},
        {
            "uses": 0,
            "list": [{"label": "优", "from": 90, "to": 100}, {"label": "差", "from": 0, "to": 89}],
        },
        [{"label": "高", "above": 60}, {"label": "低", "to": 60}],
        [{"label": "低", "below": 60}, {"label": "高", "from": 60}],
    ],
)
def test_every_way_of_writing_bands(bands):
    known = recipe(plain("a"), bands=bands)

    for a in (0, 59, 60, 61, "89.5", 90, 100, 120, -1):
        assert compile(known).outcome({"a": a})[2] == score(known, {"a": a}).band


def test_emphasis_is_compiled_in():
    known = recipe(SUM, emphasis={"窗口": {"v": "10%", "a": "90%"}})
    inputs = {"v": [1, 0, 0, 0, 0], "a": 55}

    assert compile(known, unit_type="窗口")(inputs) == 59
    assert compile(known, unit_type="执法")(inputs) == 79


def test_ranks_with_a_minimum_of_ballots_still_know_n():
    known = recipe(SUM, rank={"minimum_n": 3, "n_of": "v"})
    plan = compile(known)
    people = {"甲": {"v": [2, 0, 0, 0, 0], "a": 1}, "乙": {"v": [3, 0, 0, 0, 0], "a": 1}}

    places = rank({who: plan.result(inputs) for who, inputs in people.items()}, known)

    assert places == {"甲": None, "乙": 1}


def test_a_part_with_a_minimum_or_a_rounding():
    node = {**SUM, "parts": [{**VOTES, "weight": 1, "minimum_n": 3, "rounding": 0}]}
    known = recipe(node)

    for votes in ([1, 1, 0, 0, 0], [1, 2, 0, 0, 0], [1, 1, 1, 0, 0]):
        assert compile(known)({"v": votes}) == score(known, {"v": votes}).value


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"q": {"优秀": 2, "不了解": 1}, "other": {"称职": 9}},
        {"other": {"称职": 9}},
        {"questions": {"q": {"称职": 2}}},
        {"grade": "优秀"},
        {"q": {"优秀": 0}},
        {"q": [1, 0, 2, 0, 0]},
        {"hidden": True},
    ],
)
def test_one_question_of_a_sheet(data):
    known = recipe({**VOTES, "question": "q"})

    assert compile(known)({"v": data}) == score(known, {"v": data}).value
