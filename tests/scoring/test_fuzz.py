"""Whatever is handed in, the answer is a score or a sentence: nothing else is ever raised."""

import copy
import json
import random
import re

import pytest
import yaml

from scoring import ScoringError, compile, parse_recipe, score, to_json
from scoring.listing import score_subjects
from tests.scoring.test_docs import EXAMPLES
from tests.scoring.test_samples import DATA
from tests.scoring.test_samples import EXAMPLES as FILES

JUNK = [
    None, True, False, 0, -1, 1, 3, 10**30, 1.5, float("nan"), float("inf"), "", "x", "50%", "1/0",
    "分", "score", [], [1], [[]], {}, {"a": 1}, {"kind": "value"}, {"key": "q"}, {1: 2}, "9" * 400,
    {"kind": "value", "source": "a"}, {"exempt": "x"}, {"sum": 1, "n": 0}, {"grade": "优秀"}, "优秀",
    {"label": "优", "from": 1}, {"figure": "score", "above": 1}, [None], ["a", "b"], {"scores": [1]},
]  # fmt: skip


MANY = """
scales: {四档: [{key: a, label: 好, value: 100}, {key: b, value: 60}, {key: c, value: 0}, {key: u, value: null}]}
questionnaires: {表: [{key: q1, weight: 50}, {key: q2, weight: 50, scale: {是: 1, 否: 0}}]}
score:
  kind: sum
  missing: renormalise
  parts:
  - {kind: reviews, source: peers, questions: 表, scale: 四档, missing_question: renormalise, full: 10}
  - {kind: reviews, source: sheet, question: q1, scale: 四档, unknown_in_denominator: true, full: 10}
  - {kind: level_share, source: v, scale: 四档, levels: [a], denominator: heads, full: 10}
  - {kind: majority, source: v, scale: 四档, rule: over_half, full: 10, key: m}
  - {kind: ballots, source: b, questions: [{key: x}, {key: y}], ballot_rounding: 1, full: 10}
  - {kind: median, source: s, range: [0, 10], scale: 四档, full: 10}
  - {kind: indicator, source: i, measure: growth, convert: {curve: [[0, 0], [1, 10]]}, full: 10}
  - {kind: contest, source: c, points: {1: 10, 2: 5}, otherwise: 1, take: mean, full: 10}
  - {kind: compliance, source: d, late_counts: 50%, full: 10}
  - {kind: relative, source: g, method: standard, base: 5, step: 2, of: {kind: value, source: x, field: y}, full: 10}
  - {kind: relative, source: g, method: place, points: {1: 9}, of: {kind: constant, value: 3}, full: 10}
  - kind: choose
    full: 10
    when: {any: [{figure: m, in: [好]}, {source: w, field: z, is: true}, {none: [{source: w, missing: true}]}]}
    then: {kind: first_of, parts: [{kind: value, source: t, table: {甲: 1}}, {kind: figure, to: m}]}
    otherwise: {kind: scale, times: 2, plus: 1, of: {kind: count, source: n, cap: 3}}
  - {kind: product, full: 10, parts: [{kind: constant, value: 2}, {kind: value, source: f, optional: true}]}
bands: {uses: 1, range: [0, 200], list: [{label: 高, range: '(60,200]', when: {source: w, missing: false}}, {label: 低, to: 60}]}
"""
ALL = {
    "peers": {"q1": {"a": 2, "u": 1}, "q2": [3, 1]},
    "sheet": {"questions": {"q1": {"a": 1, "u": 2}}, "n": 3},
    "v": [3, 1, 0, 1],
    "heads": 9,
    "b": [{"x": 5, "y": 6}, {"x": 7, "y": 8.25}],
    "s": ["a", 9, None],
    "i": {"value": 3, "previous": 2},
    "c": [{"place": 1}, {"score": 4, "full": 5}],
    "d": {"done": 3, "late": 1, "excused": 1, "total": 5},
    "g": {"values": [1, 2, 3], "max": 3},
    "x": {"y": 2},
    "w": {"z": 0},
    "n": 4,
    "t": "甲",
    "exempt": {"t": "新调入"},
}


def pairs():
    yield yaml.safe_load(MANY), ALL
    for example in EXAMPLES:
        yield yaml.safe_load(example["recipe"]), json.loads(example["inputs"])
    inputs = {path.stem: json.loads(path.read_text("utf-8")) for path in DATA.glob("*.json")}
    for path in FILES.glob("*.yaml"):
        recipe = yaml.safe_load(path.read_text("utf-8"))
        for stem, data in inputs.items():
            if re.match(r"\w\d\d", stem)[0] == path.stem[:3]:
                yield recipe, data


PAIRS = list(pairs())


def places(data, above=()):
    """Every (container, key) below."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(items):
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


def mutated(data, chance):
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 2)):
        found = list(places(data))
        if not found:
            break
        container, key = chance.choice(found)
        what = chance.random()
        if what < 0.2:
            del container[key]
        elif what < 0.3 and isinstance(container, dict):
            container[chance.choice(["kind", "of", "x", "weight", "when", 7])] = container.pop(key)
        elif what < 0.5:
            container[key] = copy.deepcopy(chance.choice(found)[0])
        else:
            container[key] = copy.deepcopy(chance.choice(JUNK))
    return data


def answer(made, *given):
    """What came out, or the problems; nothing but a ScoringError may be raised."""
    try:
        return made(*given), []
    except ScoringError as error:
        return None, error.problems


def told_in_chinese(problems):
    return all(re.search("[一-鿿]", message) for _, message in problems)


@pytest.mark.parametrize("seed", range(30))
def test_a_broken_recipe_is_refused_or_scores(seed):
    chance = random.Random(seed)
    for recipe, inputs in PAIRS:
        known, problems = answer(parse_recipe, mutated(recipe, chance))

        assert told_in_chinese(problems)
        if known:
            told, problems = answer(score_subjects, known, inputs)
            assert told_in_chinese(problems)
            assert to_json(told)


@pytest.mark.parametrize("seed", range(30))
def test_broken_inputs_are_refused_in_both_ways_or_in_none(seed):
    chance = random.Random(seed)
    for recipe, inputs in PAIRS:
        known, broken = parse_recipe(recipe), mutated(inputs, chance)

        told, problems = answer(score_subjects, known, broken)
        assert told_in_chinese(problems)
        assert to_json(told)
        if "subjects" in broken or "sheets" in broken or known.figures:
            continue
        slow, refused = answer(score, known, broken)
        fast, also = answer(compile(known).outcome, broken)
        assert fast == (None if slow is None else (slow.value, slow.rounded, slow.band))
        assert refused == also
