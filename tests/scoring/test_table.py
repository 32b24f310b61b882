"""Columns give the figures that `score`, `rank` and `apply_quota` give one by one (issue 3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import InputError, Table, Votes, apply_quota, compile, rank, score
from scoring.numbers import Rounding, as_decimal
from tests.scoring.helpers import FIVE, FOUR, plain, recipe

STORED = Rounding(6)
BANDS = {"优": 90, "良": 60, "差": 0}
NODE = {
    "kind": "weighted_sum",
    "missing": "renormalise",
    "parts": [
        {
            "key": "peers",
            "kind": "reviews",
            "source": "peers",
            "weight": "70%",
            "questions": [{"key": "德", "scale": "测评"}, {"key": "能", "scale": "五级"}],
        },
        plain("i", key="i", weight="30%"),
    ],
}
GATE = {"kind": "gate", "of": NODE, "rules": [{"when": {"source": "i", "from": 80}, "band": "良"}]}
RECIPES = [
    {},
    {"bands": BANDS},
    {"bands": BANDS, "rounding": 0, "rank": {"method": "dense", "uses": "rounded"}},
    {"bands": BANDS, "rank": {"method": "modified", "order": "low_first"}},
    {"bands": BANDS, "quota": [{"band": "优", "share": "1/3"}]},
    {"bands": BANDS, "quota": [{"band": ["优", "良"], "count": 2, "per": "all"}]},
    {"bands": BANDS, "quota": [{"band": "优", "count": 1, "candidates": "all", "base": "scored"}]},
    {"bands": BANDS, "quota": [{"band": "优", "share": "50%", "base": "not_exempt"}]},
    {"bands": BANDS, "rank": {"then": ["i"]}, "quota": [{"band": "优", "count": 1}]},
    {"bands": BANDS, "rank": {"minimum_n": 3, "n_of": "peers"}},
]
few = st.integers(0, 3)


def votes(scale):
    return st.tuples(*[few] * len(scale)).map(lambda found: Votes(zip(scale, found, strict=True)))


people = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "peers": st.tuples(votes(FOUR), votes(FIVE)).map(
                lambda pair: dict(zip(["德", "能"], pair, strict=True))
            ),
            "i": st.sampled_from([-5, 0, 60, 80, "89.5", 90, 100]),
            "exempt": st.just("产假"),
        },
    ),
    max_size=9,
)


@pytest.mark.parametrize("node", [NODE, GATE], ids=["plain", "gate"])
@pytest.mark.parametrize("more", RECIPES, ids=range(len(RECIPES)))
@given(people, st.integers(1, 3))
@settings(max_examples=25)
def test_the_table_agrees_with_single_scores(node, more, found, groups):
    known = recipe(node, **({"bands": BANDS} if node is GATE else {}) | more)
    named = [str(index % groups) for index in range(len(found))]
    plan, table = compile(known), Table(known, STORED)

    for inputs in found:
        table.add(plan, inputs)
    table.settle(named)

    results = {str(index): score(known, inputs) for index, inputs in enumerate(found)}
    keyed = {str(index): group for index, group in enumerate(named)}
    bands = apply_quota(results, known, groups=keyed)
    assert table.places == list(rank(results, known, groups=keyed).values())
    assert [table.line(index) for index in range(len(found))] == [
        (
            None if result.value is None else str(as_decimal(result.value, STORED)),
            "" if result.rounded is None else str(result.rounded),
            bands[key]["band"] or "",
        )
        for key, result in results.items()
    ]


@given(st.lists(few, min_size=5, max_size=5))
def test_votes_count_like_a_list(numbers):
    plan = compile(recipe({"kind": "reviews", "source": "v", "scale": "测评"}))
    votes = Votes(zip(FOUR, numbers, strict=True))

    assert plan({"v": votes}) == plan({"v": votes}) == plan({"v": numbers})


@pytest.mark.parametrize("wrong", [True, 1.0, -1, "1", 10**9 + 1])
def test_wrong_votes_are_refused(wrong):
    with pytest.raises(InputError):
        compile(recipe({"kind": "reviews", "source": "v", "scale": "测评"}))(
            {"v": Votes(优秀=wrong)}
        )
