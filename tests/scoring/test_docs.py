"""Every complete example of docs/scoring.md gives what the page says."""

import json
import re
from pathlib import Path

import pytest
import yaml

from scoring import parse_recipe
from scoring.listing import score_subjects
from scoring.nodes.registry import KINDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"```yaml\n(?P<recipe>[^`]*?)```\s[^`]*```json\n(?P<inputs>[^`]*?)```\s*"
    r"```json\n(?P<told>[^`]*?)```"
)
EXAMPLES = [found.groupdict() for found in EXAMPLE.finditer(PAGE)]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_gives_what_the_page_says(example):
    recipe = parse_recipe(yaml.safe_load(example["recipe"]))
    expected = json.loads(example["told"])

    told = score_subjects(recipe, json.loads(example["inputs"]))

    if "subjects" in told:
        by_id = {one["id"]: one for one in told["subjects"]}
        found = {who: {key: by_id[who][key] for key in some} for who, some in expected.items()}
    else:
        found = {key: told[key] for key in expected}
    assert found == expected
    assert "unused" not in told


def test_there_are_examples():
    assert len(EXAMPLES) == 9


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_down(kind):
    assert f"`{kind}`" in PAGE
