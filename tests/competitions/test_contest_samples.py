"""The published examples W05 and W12 through the contest pages, digit for digit (B02, B08)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from competitions.models import Entrant
from tests.competitions.contests import begun, deed, sheet_data, url

SAMPLES = Path(__file__).parents[1] / "scoring" / "data"

# -- the published examples, digit for digit


def room_scores(facts):
    """Single scores with the given sum, number and ends: what the published sample stands for."""
    kept = Decimal(facts["sum_after"])
    even = (kept / facts["n_after"]).quantize(Decimal("0.01"))
    rest = [even] * (facts["n_after"] - 1)
    rest.append(kept - sum(rest))
    return [Decimal(one) for one in facts["removed_high"] + facts["removed_low"]] + rest


@pytest.mark.parametrize(
    ("rooms", "expected"),
    [
        (
            ("W05_101520001_考场1.json",),
            {"1": ("73.6664", "73.1596", "0.9931"), "2": ("72.6445", "73.1596", "1.0071")},
        ),
        (
            ("W05_101529001_考场3.json",),
            {"3": ("77.5258", "75.9255", "0.9794"), "4": ("74.2988", "75.9255", "1.0219")},
        ),
    ],
)
def test_w05_room_coefficients_through_the_pages(fair, as_person, rooms, expected):
    facts = json.loads((SAMPLES / rooms[0]).read_text())["rooms"]["groups"]
    contest = begun(fair, as_person, item="room_contest/", subject="team", name="面试")
    scores = {
        f"{room}考场{number}号": (room, score)
        for room, group in facts.items()
        for number, score in enumerate(room_scores(group), start=1)
    }
    names = "\n".join(f"{name}，{room}" for name, (room, _) in scores.items())
    client = as_person(fair.committee_member)
    deed(client, contest, "entrants", names=names)
    deed(client, contest, "judges", names="褚局长")
    sheet = {name: {"total": str(score)} for name, (_, score) in scores.items()}
    judge = as_person(fair.leader)
    judge.post(url("sheet_write", contest.pk), sheet_data(contest, sheet) | {"do": "submit"})
    deed(as_person(fair.committee_member), contest, "close")

    for room, (mean, overall, coefficient) in expected.items():
        told = Entrant.objects.get(label=f"{room}考场1号").explanation["score"]
        assert (
            told["group_mean"]["value"], told["overall_mean"]["value"], told["coefficient"]
        ) == (mean, overall, coefficient)  # fmt: skip


def test_w12_equal_scores_share_a_place_through_the_pages(fair, as_person):
    contest = begun(fair, as_person, item="written_test/", subject="team", name="笔试")
    scores = {"甲": 72, "乙": 71, "丙": 71, "丁": 71, "戊": 70}
    client = as_person(fair.committee_member)
    deed(client, contest, "entrants", names="\n".join(scores))
    deed(client, contest, "judges", names="褚局长")
    sheet = {name: {"total": score} for name, score in scores.items()}
    as_person(fair.leader).post(
        url("sheet_write", contest.pk), sheet_data(contest, sheet) | {"do": "submit"}
    )
    deed(as_person(fair.committee_member), contest, "close")

    rows = contest.entrants.order_by("number").values_list("score", "place")
    assert [place for _, place in rows] == [1, 2, 2, 2, 5]


# -- lists
