"""The published examples, to the digit, through `python -m scoring`."""

import json
from pathlib import Path

import pytest

from scoring.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "scoring" / "examples"
DATA = Path(__file__).parent / "data"


@pytest.fixture
def run(capsys):
    def run(recipe, inputs):
        code = main([str(EXAMPLES / recipe), str(DATA / inputs)])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(
    ("inputs", "group_mean", "overall_mean", "coefficient", "rounded"),
    [
        ("W05_101520001_考场1.json", "73.6664", "73.1596", "0.9931", "79.45"),
        ("W05_101520001_考场2.json", "72.6445", "73.1596", "1.0071", "80.57"),
        ("W05_101529001_考场3.json", "77.5258", "75.9255", "0.9794", "78.35"),
        ("W05_101529001_考场4.json", "74.2988", "75.9255", "1.0219", "81.75"),
    ],
)
def test_w05_room_coefficients(run, inputs, group_mean, overall_mean, coefficient, rounded):
    code, told = run("W05_考场系数.yaml", inputs)

    node = told["explanation"]["score"]
    assert code == 0
    assert node["group_mean"]["value"] == group_mean
    assert node["overall_mean"]["value"] == overall_mean
    assert node["coefficient"] == coefficient
    assert told["rounded"] == rounded


def test_w05_shows_what_was_removed_and_the_sums_that_remain(run):
    _, told = run("W05_考场系数.yaml", "W05_101520001_考场1.json")

    assert told["explanation"]["score"]["overall_mean"] == {
        "n": 46,
        "removed": {"highest": "79.24、77.94", "lowest": "68.64、64.22"},
        "sum": "3365.34",
        "value": "73.1596",
    }


def test_w12_equal_scores_share_a_place(run):
    code, told = run("W12_并列名次.yaml", "W12.json")

    places = sorted((subject["value"], subject["rank"]) for subject in told["subjects"])
    assert code == 0
    assert places == [("70", 5), ("71", 2), ("71", 2), ("71", 2), ("72", 1)]


def test_w15_is_the_mean_of_the_scores_never_a_running_mean(run):
    code, told = run("W15_互评平均.yaml", "W15.json")

    assert code == 0
    assert (told["value"], told["rounded"], told["band"]) == ("809/9", "89.9", "合格")


def test_w17_total_and_means(run):
    code, told = run("W17_服务之星.yaml", "W17.json")

    shown = [part["shown"] for part in told["explanation"]["score"]["parts"]]
    assert code == 0
    assert told["rounded"] == "8.7300"
    assert shown == ["8.86", "8.33", "9.00"]


@pytest.mark.parametrize(
    ("recipe", "figure", "rate", "eligible"),
    [
        ("W17_服务之星.yaml", "满意率", "86.00", False),
        ("W17_服务之星_含一般.yaml", "满意率含一般", "96.00", True),
    ],
)
def test_w17_two_definitions_of_satisfaction_decide_differently(
    run, recipe, figure, rate, eligible
):
    _, told = run(recipe, "W17.json")

    assert told["explanation"]["figures"][figure]["shown"] == rate
    assert told["explanation"]["eligible"][0]["holds"] is eligible


@pytest.mark.parametrize(
    ("recipe", "inputs", "rounded"),
    [
        ("W20_五主体_缺项无结果.yaml", "W20_齐全.json", "89.30"),
        ("W20_五主体_缺项归一.yaml", "W20_齐全.json", "89.30"),
        ("W20_五主体_缺项计零.yaml", "W20_齐全.json", "89.30"),
        ("W20_五主体_缺项归一.yaml", "W20_缺第三方.json", "91.38"),
        ("W20_五主体_缺项计零.yaml", "W20_缺第三方.json", "73.10"),
        ("W20_五主体_缺项无结果.yaml", "W20_缺第三方.json", None),
    ],
)
def test_w20_five_raters_and_a_missing_one(run, recipe, inputs, rounded):
    code, told = run(recipe, inputs)

    assert code == 0
    assert told["rounded"] == rounded


def test_s07_invalid_ballots_are_refused_whole_and_extremes_removed(run):
    code, told = run("S07_民主测评选票.yaml", "S07.json")

    scores = {s["id"]: (s["rounded"], s["band"], s["rank"]) for s in told["subjects"]}
    assert code == 0
    assert [one["ballot"] for one in told["refused_ballots"]] == [7, 8, 9]
    assert scores == {
        "甲": ("92.50", "A优秀", 1),
        "乙": ("87.25", "B称职", 2),
        "丙": ("82.75", "B称职", 3),
        "戊": ("66.38", "C基本称职", 4),
        "丁": ("64.00", "C基本称职", 5),
    }
