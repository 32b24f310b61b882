"""Short ways to write a recipe in a test."""

import pytest
import yaml

from scoring import RecipeError, parse_recipe, score

FIVE = {"非常满意": 100, "满意": 80, "基本满意": 60, "不满意": 30, "非常不满意": 0}
FOUR = {"优秀": 95, "称职": 80, "基本称职": 65, "不称职": 40, "不了解": None}


def recipe(node, **more):
    return parse_recipe({"score": node, "scales": {"五级": FIVE, "测评": FOUR}, **more})


def result(node, inputs, **more):
    unit_type = more.pop("unit_type", None)
    return score(recipe(node, **more), inputs, unit_type=unit_type)


def value(node, inputs, **more):
    return result(node, inputs, **more).value


def plain(source, **more):
    return {"kind": "value", "source": source, **more}


def refuses(text, path, words):
    """The recipe is refused, at this place, in these words."""
    with pytest.raises(RecipeError) as refused:
        parse_recipe(yaml.safe_load(text))
    found = [message for where, message in refused.value.problems if where == path]
    assert any(words in message for message in found), refused.value.problems
