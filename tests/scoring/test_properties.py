"""What must hold for any recipe of a kind and any inputs."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring import Result, apply_quota, ballot_check, compile, rank, score, suppress, to_json
from scoring.numbers import MODES, Rounding, as_decimal, exact, rounded, text
from tests.scoring.helpers import FIVE, FOUR, plain, recipe, value

marks = st.decimals(0, 100, places=2).map(str)
counts = st.lists(st.integers(0, 9), min_size=5, max_size=5)
weights = st.lists(st.integers(1, 50), min_size=2, max_size=5)


def weighted(shares, **more):
    parts = [plain(f"s{i}", key=f"s{i}", weight=w) for i, w in enumerate(shares)]
    return {"kind": "weighted_sum", "normalise": True, "parts": parts, **more}


@given(weights, st.data())
def test_a_weighted_sum_lies_between_its_parts(shares, data):
    scores = {f"s{i}": data.draw(marks) for i in range(len(shares))}

    found = value(weighted(shares), scores)

    assert min(map(Fraction, scores.values())) <= found <= max(map(Fraction, scores.values()))


@given(weights, marks)
def test_equal_parts_give_that_score_whatever_the_weights_and_whoever_is_missing(shares, mark):
    scores = {f"s{i}": mark for i in range(len(shares))}
    fewer = dict(list(scores.items())[1:])

    assert value(weighted(shares), scores) == Fraction(mark)
    assert value(weighted(shares, missing="renormalise"), fewer) == Fraction(mark)


@given(weights, st.integers(2, 9))
def test_only_the_ratio_of_weights_matters(shares, factor):
    scores = {f"s{i}": 7 * i + 1 for i in range(len(shares))}

    assert value(weighted(shares), scores) == value(weighted([factor * w for w in shares]), scores)


@given(st.lists(marks, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_no_byte(scores, chance):
    node = {"kind": "trimmed_mean", "source": "j", "trim": {"above": 5, "highest": 1, "lowest": 1}}
    shuffled = list(scores)
    chance.shuffle(shuffled)

    first, second = (score(recipe(node), {"j": found}) for found in (scores, shuffled))

    assert to_json(first.data()) == to_json(second.data())


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.data())
def test_a_better_ballot_never_lowers_a_score(scores, data):
    at = data.draw(st.integers(0, len(scores) - 1))
    better = [*scores]
    better[at] = data.draw(st.integers(scores[at], 100))
    kinds = [
        {"kind": "ballots", "source": "j"},
        {"kind": "median", "source": "j"},
        {"kind": "trimmed_mean", "source": "j", "trim": {"above": 5, "highest": 1, "lowest": 1}},
        {"kind": "trimmed_mean", "source": "j", "trim": {"highest": "20%", "lowest": "20%"}},
    ]

    for node in kinds:
        assert value(node, {"j": better}) >= value(node, {"j": scores})


@given(counts, st.integers(0, 3), st.integers(0, 3))
def test_a_vote_moved_to_a_better_level_never_lowers_a_score(votes, start, end):
    start, end = max(start, end), min(start, end)
    if not votes[start]:
        return
    better = [*votes]
    better[start] -= 1
    better[end] += 1
    share = {"kind": "level_share", "source": "v", "scale": "测评", "levels": ["优秀", "称职"]}
    kinds = [
        {"kind": "reviews", "source": "v", "scale": "测评"},
        {"kind": "reviews", "source": "v", "scale": "测评", "unknown_in_denominator": True},
        {"kind": "majority", "source": "v", "scale": "测评", "rule": "cumulative"},
        share,
    ]

    for node in kinds:
        assert value(node, {"v": better}) >= value(node, {"v": votes})


@given(counts)
def test_unknown_left_out_changes_nothing(votes):
    node = {"kind": "reviews", "source": "v", "scale": "测评"}

    assert value(node, {"v": votes}) == value(node, {"v": [*votes[:4], 0]})


@given(
    st.lists(st.integers(0, 20), max_size=25),
    st.integers(0, 9),
    st.sampled_from(["floor", "round", "ceil"]),
    st.booleans(),
)
def test_a_quota_is_never_exceeded_nor_left_to_chance(scores, tenths, rounding, everybody):
    rule = {"band": "优秀", "share": f"{tenths}/10", "rounding": rounding, "minimum": 1}
    rule |= {"candidates": "all"} if everybody else {}
    known = recipe(plain("a"), bands={"优秀": 10, "合格": 0}, quota=[rule])
    people = {f"p{i}": score(known, {"a": s}) for i, s in enumerate(scores)}

    told = apply_quota(people, known)

    best = [who for who in told if told[who]["band"] == "优秀"]
    assert len(best) <= known.quotas[0].seats(len(scores))
    lucky = {people[who].value for who in best}
    assert all(told[who]["band"] == "优秀" for who in people if people[who].value in lucky)
    if best:
        assert min(lucky) > max(
            (people[w].value for w in people if w not in best and people[w].value >= 10), default=-1
        )


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 5), max_size=12),
    st.randoms(use_true_random=False),
)
def test_names_and_order_decide_no_place(scores, chance):
    found = {who: Result(Fraction(s, 7), None, None) for who, s in scores.items()}
    names = list(found)
    chance.shuffle(names)

    places = rank({who: found[who] for who in names})

    assert places == rank(found)
    for who, place in places.items():
        assert place == 1 + sum(other > scores[who] for other in scores.values())


@given(st.lists(st.fractions(-5, 5, max_denominator=10**6), min_size=2, max_size=20))
def test_places_agree_with_comparing_fractions(values):
    found = {str(i): Result(v, None, None) for i, v in enumerate(values)}

    assert list(rank(found).values()) == [1 + sum(w > v for w in values) for v in values]


@given(st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True), st.fractions(-50, 150))
def test_bands_are_total(lines, mark):
    names = {f"第{i}档": line for i, line in enumerate(sorted(lines, reverse=True))} | {"末档": 0}
    known = recipe(plain("a"), bands=names)

    band = score(known, {"a": mark.limit_denominator(999)}).band

    reached = [name for name, line in names.items() if mark.limit_denominator(999) >= line]
    assert band == (reached[0] if reached else "末档")


@given(st.fractions(-1000, 1000), st.integers(0, 4), st.sampled_from(sorted(MODES)))
def test_rounding_moves_less_than_one_step(number, digits, mode):
    rule = Rounding(digits, mode)
    step = Fraction(1, 10**digits)

    near = rounded(number, rule)

    assert abs(near - number) <= (step / 2 if mode.startswith("half") else step)
    assert rounded(near, rule) == near
    assert Fraction(as_decimal(number, rule)) == near


@given(st.fractions())
def test_a_number_written_is_the_number_read(number):
    if abs(number.numerator) < 10**9 and number.denominator < 10**9 and number >= 0:
        assert exact(text(number)) == number


@given(counts)
def test_nothing_below_the_threshold_is_told(votes):
    told = suppress(dict(zip(FOUR, votes, strict=True)), FOUR)

    assert ("counts" in told) == (sum(votes) >= 5)
    assert told["comments"] == (sum(votes) >= 5)
    if sum(votes) < 5:
        assert ("grade" in told) == (sum(votes[:4]) >= 3)
        assert not any(
            isinstance(part, int) and not isinstance(part, bool) for part in told.values()
        )


@given(st.integers(3, 60), st.integers(0, 60))
def test_a_ballot_passes_exactly_up_to_its_quota(n, excellent):
    rule = [{"kind": "at_most", "share": "1/3", "where": {"levels": ["优秀"]}}]
    ballot = {str(i): "优秀" if i < excellent else "合格" for i in range(n)}

    assert (ballot_check(ballot, rule) == []) == (min(excellent, n) <= n // 3)


SHEET = [{"key": "德", "weight": "30%"}, {"key": "能", "weight": "70%"}]
CLOSING = {
    "kind": "weighted_sum",
    "missing": "renormalise",
    "parts": [
        {
            "key": "peers",
            "weight": "30%",
            "kind": "reviews",
            "source": "peers",
            "questions": SHEET,
            "scale": "测评",
            "minimum_n": 2,
        },
        {
            "key": "public",
            "weight": "30%",
            "kind": "reviews",
            "source": "public",
            "scale": "五级",
            "rounding": 1,
        },
        {
            "key": "rate",
            "weight": "20%",
            "kind": "level_share",
            "source": "public",
            "scale": "五级",
            "levels": ["满意", "非常满意"],
        },
        {"key": "kept", "weight": "10%", "kind": "fulfilment", "source": "pledges"},
        {
            "key": "duty",
            "weight": "10%",
            "kind": "indicator",
            "source": "i",
            "convert": {"linear": {"from": [0, 9], "to": [0, 100]}},
        },
    ],
}


@given(
    st.lists(counts, min_size=2, max_size=2) | st.none(),
    counts | st.none(),
    st.integers(0, 9),
    st.integers(0, 9) | st.none(),
    st.sampled_from(["renormalise", "zero", "none"]),
    st.booleans(),
)
def test_closing_in_integers_gives_the_explained_figures(
    sheet, public, kept, reading, missing, named
):
    known = recipe(
        {**CLOSING, "missing": missing},
        bands={"优": 90, "良": 60, "差": 0},
        rank={"then": ["kept"]},
    )
    peers = sheet
    if named and sheet:
        peers = {
            q: dict(zip(FOUR, c, strict=True)) for q, c in zip(["德", "能"], sheet, strict=True)
        }
        public = None if public is None else dict(zip(FIVE, public, strict=True))
    inputs = {"peers": peers, "public": public, "pledges": {"kept": kept, "total": 9}, "i": reading}
    plan = compile(known)

    told = score(known, inputs)

    assert plan(inputs) == told.value
    assert plan.outcome(inputs) == (told.value, told.rounded, told.band)
    fast = plan.result(inputs)
    assert (fast.value, fast.rounded, fast.band) == (told.value, told.rounded, told.band)
    assert fast.figures["kept"] == told.figures["kept"]


@given(st.permutations(["peers", "public", "pledges", "i"]), st.integers(0, 99))
def test_the_order_of_inputs_changes_no_byte(order, seed):
    chance = random.Random(seed)
    inputs = {
        "peers": [[chance.randint(1, 9) for _ in FOUR] for _ in range(2)],
        "public": {level: chance.randint(1, 9) for level in chance.sample(list(FIVE), 5)},
        "pledges": {"total": 9, "kept": chance.randint(0, 9)},
        "i": 5,
    }
    known = recipe(CLOSING)

    assert to_json(score(known, inputs).data()) == to_json(
        score(known, {k: inputs[k] for k in order}).data()
    )
