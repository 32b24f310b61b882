"""Bands, places, quotas, conditions for taking part."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring import RecipeError, Result, apply_quota, rank, score
from tests.scoring.helpers import plain, recipe, result

SCORE = plain("a", key="a")


def results(*values, **more):
    return {
        f"p{i}": Result(None if v is None else Fraction(str(v)), None, None, **more)
        for i, v in enumerate(values)
    }


# -- bands

FOUR_BANDS = {"优秀": 90, "合格": 75, "基本合格": 60, "不合格": 0}


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, "优秀"),
        (90, "优秀"),
        ("89.99", "合格"),
        (75, "合格"),
        ("74.999", "基本合格"),
        (0, "不合格"),
        (120, "优秀"),
        (-3, "不合格"),
    ],
)
def test_bands_are_half_open_and_total(score, band):
    assert result(SCORE, {"a": score}, bands=FOUR_BANDS).band == band


def test_a_score_outside_the_stated_range_is_said_to_be():
    bands = {"优": "[60,100]", "差": "[0,60)"}

    notes = [result(SCORE, {"a": a}, bands=bands).explanation["band_notes"] for a in (101, 60, -1)]

    assert notes == [
        ["101 超出分数范围，归入 优 [60, 100]"],
        ["60 属于 优 [60, 100]"],
        ["-1 超出分数范围，归入 差 [0, 60)"],
    ]


def test_a_band_tells_an_endless_figure_as_a_decimal():
    notes = result(SCORE, {"a": "1940/21"}, bands=FOUR_BANDS).explanation["band_notes"]

    assert notes == ["≈ 92.380952 属于 优秀 [90, +∞)"]


def test_bands_may_close_at_the_top_instead():
    bands = [{"label": "高", "above": 60}, {"label": "低", "to": 60}]

    assert [result(SCORE, {"a": a}, bands=bands).band for a in (60, "60.01")] == ["低", "高"]


def test_low_scores_may_be_the_good_ones():
    bands = [{"label": "好", "below": 3}, {"label": "差", "from": 3}]

    assert [result(SCORE, {"a": a}, bands=bands).band for a in (2, 3, 99)] == ["好", "差", "差"]


@pytest.mark.parametrize(
    ("on", "band"), [("exact", "合格"), ("rounded", "优秀"), (0, "优秀"), (2, "合格")]
)
def test_which_figure_is_graded_is_stated(on, band):
    bands = {"uses": on, "list": [{"label": "优秀", "from": 90}, {"label": "合格", "below": 90}]}

    assert result(SCORE, {"a": "89.95"}, bands=bands, rounding=1).band == band


def test_a_band_may_need_more_than_the_score():
    bands = [
        {"label": "优秀", "from": 90, "when": {"source": "rate", "from": "2/3"}},
        {"label": "合格", "from": 60},
        {"label": "不合格", "from": 0},
    ]

    assert result(SCORE, {"a": 95, "rate": "0.7"}, bands=bands).band == "优秀"
    assert result(SCORE, {"a": 95, "rate": "0.6"}, bands=bands).band == "合格"
    assert result(SCORE, {"a": 95}, bands=bands).explanation["band_notes"][1] == (
        "未满足“rate ≥ 2/3”，不能评为优秀"
    )


def test_bands_may_be_a_ladder_of_conditions_alone():
    votes = {"kind": "reviews", "source": "v", "scale": "测评"}
    share = {"kind": "level_share", "source": "v", "scale": "测评"}
    more = {
        "figures": {
            "优秀率": {**share, "levels": ["优秀"]},
            "称职率": {**share, "levels": ["优秀", "称职"]},
        },
        "bands": [
            {"label": "优秀", "when": {"figure": "优秀率", "above": "66.6"}},
            {"label": "称职", "when": {"figure": "称职率", "from": 80}},
            {"label": "基本称职"},
        ],
    }

    bands = [
        result(votes, {"v": v}, **more).band
        for v in ([7, 3, 0, 0, 0], [5, 3, 2, 0, 0], [5, 2, 3, 0, 0])
    ]

    assert bands == ["优秀", "称职", "基本称职"]


def test_without_a_score_there_is_no_band():
    assert result(SCORE, {}, bands=FOUR_BANDS).band is None


def test_published_figure_keeps_its_zeros():
    assert result(SCORE, {"a": "89.3"}).rounded == Decimal("89.30")
    assert str(result(SCORE, {"a": 90}, rounding=4).rounded) == "90.0000"


# -- taking part


def test_who_may_not_take_part_has_a_score_but_no_band_and_no_place():
    known = recipe(
        SCORE,
        bands=FOUR_BANDS,
        eligible=[{"label": "出勤过半", "when": {"source": "b", "above": "0.5"}}],
    )
    found = {who: score(known, {"a": 95, "b": b}) for who, b in (("甲", "0.6"), ("乙", "0.5"))}

    assert {who: (r.value, r.band, r.eligible) for who, r in found.items()} == {
        "甲": (95, "优秀", True),
        "乙": (95, None, False),
    }
    assert rank(found, known) == {"甲": 1, "乙": None}
    assert found["乙"].explanation["band_notes"] == ["不符合参评条件：出勤过半"]


# -- places


@pytest.mark.parametrize(
    ("method", "places"),
    [
        ("competition", [1, 2, 2, 4, None]),
        ("dense", [1, 2, 2, 3, None]),
        ("modified", [1, 3, 3, 4, None]),
    ],
)
def test_places(method, places):
    assert list(rank(results(90, 80, 80, 70, None), {"method": method}).values()) == places


def test_low_may_be_first():
    assert list(rank(results(90, 80, 70), {"order": "low_first"}).values()) == [3, 2, 1]


def test_ranks_use_exact_values_not_published_ones():
    found = {
        "甲": Result(Fraction("89.951"), Decimal("89.95"), None),
        "乙": Result(Fraction("89.954"), Decimal("89.95"), None),
    }

    assert rank(found) == {"甲": 2, "乙": 1}
    assert rank(found, {"uses": "rounded"}) == {"甲": 1, "乙": 1}


def test_fractions_that_almost_agree_are_told_apart():
    found = {
        "甲": Result(Fraction(10**9, 3 * 10**9 + 1), None, None),
        "乙": Result(Fraction(1, 3), None, None),
    }

    assert rank(found) == {"甲": 2, "乙": 1}


def test_tie_breakers_in_order_then_a_shared_place():
    def one(total, paper, ability):
        figures = {"笔试": None if paper is None else Fraction(paper), "能力": Fraction(ability)}
        return Result(Fraction(total), None, None, figures=figures)

    found = {
        "甲": one(80, 70, 60),
        "乙": one(80, 75, 50),
        "丙": one(80, 70, 65),
        "丁": one(80, 70, 65),
        "戊": one(80, None, 99),
    }

    assert rank(found, {"then": ["笔试", {"figure": "能力"}]}) == {
        "甲": 4,
        "乙": 1,
        "丙": 2,
        "丁": 2,
        "戊": 5,
    }


def test_only_alike_are_ranked_together():
    groups = {"p0": "审批", "p1": "窗口", "p2": "审批"}

    assert rank(results(90, 80, 70), groups=groups) == {"p0": 1, "p1": 1, "p2": 2}


def test_no_place_below_a_minimum_of_ballots():
    found = {
        "甲": Result(Fraction(99), None, None, ns={"public": 3}),
        "乙": Result(Fraction(80), None, None, ns={"public": 30}),
    }

    assert rank(found, {"minimum_n": 10, "n_of": "public"}) == {"甲": None, "乙": 1}
    assert rank(found, {"minimum_n": 10}, n={"甲": 30}) == {"甲": 1, "乙": None}


def test_a_wrong_rule_is_refused():
    with pytest.raises(RecipeError):
        rank(results(1), {"method": "lottery"})


# -- quotas


def graded(quota, scores, bands=None, **more):
    known = recipe(SCORE, bands=bands or {"优秀": 90, "合格": 60, "不合格": 0}, quota=quota)
    people = {who: score(known, {"a": v}) for who, v in scores.items()}
    return {who: told["band"] for who, told in apply_quota(people, known, **more).items()}


def many(n, top=90):
    return {f"p{i:02}": top + Fraction(i, 10) for i in range(n)}


@pytest.mark.parametrize(
    ("rule", "n", "seats"),
    [
        ({"share": "1/3"}, 8, 2),
        ({"share": "1/3", "rounding": "round"}, 8, 3),
        ({"share": "1/3", "rounding": "ceil"}, 7, 3),
        ({"share": "1/3"}, 2, 0),
        ({"share": "1/3", "minimum": 1}, 2, 1),
        ({"share": "20%", "maximum": 3}, 30, 3),
        ({"count": 2}, 9, 2),
        ({"table": [{"from": 3, "seats": 1}, {"from": 6, "seats": 2}]}, 5, 1),
        ({"table": [{"from": 3, "seats": 1}, {"from": 6, "seats": 2}]}, 2, 0),
        ({"share": "100%"}, 5, 5),
    ],
)
def test_seats(rule, n, seats):
    bands = list(graded([{"band": "优秀", **rule}], many(n)).values())

    assert bands.count("优秀") == seats
    assert bands.count("合格") == n - seats


def test_a_tie_at_the_limit_leaves_seats_empty_rather_than_to_chance():
    known = recipe(SCORE, bands={"优秀": 90, "合格": 0}, quota=[{"band": "优秀", "count": 2}])
    people = {
        who: score(known, {"a": v}) for who, v in {"甲": 99, "乙": 95, "丙": 95, "丁": 80}.items()
    }

    told = apply_quota(people, known)

    assert {who: one["band"] for who, one in told.items()} == {
        "甲": "优秀",
        "乙": "合格",
        "丙": "合格",
        "丁": "合格",
    }
    assert [who for who, one in told.items() if one.get("tied")] == ["丙", "乙"]
    assert told["乙"]["notes"] == [
        "优秀名额：全体 4 人定额 = 2 名；在限额处并列，不随机取舍，一并归入合格"
    ]


def test_tie_breakers_of_the_rank_rule_decide_at_the_limit():
    known = recipe(
        SCORE,
        figures={"b": plain("b")},
        bands={"优秀": 90, "合格": 0},
        quota=[{"band": "优秀", "count": 1}],
        rank={"then": ["b"]},
    )
    people = {who: score(known, {"a": 95, "b": b}) for who, b in {"甲": 1, "乙": 2}.items()}

    assert {who: one["band"] for who, one in apply_quota(people, known).items()} == {
        "甲": "合格",
        "乙": "优秀",
    }


def test_a_quota_does_not_lift_anybody_unless_it_says_so():
    scores = {"甲": 85, "乙": 80, "丙": 50}

    assert graded([{"band": "优秀", "count": 1}], scores)["甲"] == "合格"
    assert graded([{"band": "优秀", "count": 1, "candidates": "all"}], scores) == {
        "甲": "优秀",
        "乙": "合格",
        "丙": "不合格",
    }


def test_bands_in_turn_the_overflow_of_one_competes_in_the_next():
    bands = {"优秀": 90, "良好": 80, "一般": 0}
    quota = [{"band": "优秀", "count": 1}, {"band": "良好", "count": 2}]

    found = graded(quota, {"a": 99, "b": 95, "c": 94, "d": 85, "e": 10}, bands)

    assert found == {"a": "优秀", "b": "良好", "c": "良好", "d": "一般", "e": "一般"}


def test_a_quota_for_two_bands_together():
    bands = {"优秀": 90, "良好": 80, "一般": 0}

    found = graded([{"band": ["优秀", "良好"], "count": 2}], {"a": 99, "b": 85, "c": 84}, bands)

    assert found == {"a": "优秀", "b": "良好", "c": "一般"}


def test_the_base_of_the_share():
    known = recipe(
        SCORE,
        bands={"优秀": 90, "合格": 0},
        quota=[{"band": "优秀", "share": "1/3", "base": "scored"}],
    )
    people = {"甲": score(known, {"a": 95}), "乙": score(known, {"a": 94}), "丙": score(known, {})}

    assert apply_quota(people, known)["甲"]["band"] == "合格"
    assert apply_quota(people, known, base=3)["甲"]["band"] == "优秀"
    assert apply_quota(people, known, base={"": 6})["乙"]["band"] == "优秀"


def test_the_exempt_are_not_in_the_base_when_the_recipe_says_so():
    known = recipe(
        SCORE,
        bands={"优秀": 90, "合格": 0},
        quota=[{"band": "优秀", "share": "1/3", "base": "not_exempt"}],
    )
    people = {
        "甲": score(known, {"a": 95}),
        "乙": score(known, {}),
        "丙": score(known, {"exempt": "预备党员"}),
    }

    assert apply_quota(people, known)["甲"]["band"] == "合格"


def test_quotas_are_per_group_or_over_all():
    groups = {"甲": "一", "乙": "一", "丙": "二"}
    scores = {"甲": 99, "乙": 98, "丙": 91}

    per_group = graded([{"band": "优秀", "count": 1}], scores, groups=groups)
    over_all = graded([{"band": "优秀", "count": 1, "per": "all"}], scores, groups=groups)

    assert per_group == {"甲": "优秀", "乙": "合格", "丙": "优秀"}
    assert over_all == {"甲": "优秀", "乙": "合格", "丙": "合格"}


def test_nobody_is_lifted_over_the_limit_of_a_gate():
    node = {
        "kind": "gate",
        "of": SCORE,
        "rules": [{"when": {"source": "w", "is": True}, "band": "合格"}],
    }
    known = recipe(
        node,
        bands={"优秀": 90, "合格": 0},
        quota=[{"band": "优秀", "count": 1, "candidates": "all"}],
    )
    people = {"甲": score(known, {"a": 99, "w": 1}), "乙": score(known, {"a": 70})}

    assert {who: one["band"] for who, one in apply_quota(people, known).items()} == {
        "甲": "合格",
        "乙": "优秀",
    }


def test_a_forced_distribution_by_place():
    bands = {"优秀": 90, "良好": 80, "一般": 0}
    quota = [
        {"band": "优秀", "share": "20%", "candidates": "all"},
        {"band": "良好", "share": "60%", "candidates": "all"},
    ]

    high = list(graded(quota, many(10, top=95), bands).values())
    low = list(graded(quota, many(10, top=30), bands).values())

    assert [high.count(band) for band in bands] == [2, 6, 2]
    assert high == low
