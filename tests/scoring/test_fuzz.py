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


def pairs():
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
