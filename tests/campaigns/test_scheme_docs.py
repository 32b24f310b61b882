"""docs/schemes.md is complete and its examples are right."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from pydantic import BaseModel

from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models.document import ACTS, MECHANISMS, SchemeDocument
from campaigns.models.document.parts import Part
from campaigns.models.document.recipes import SOURCES
from tests.campaigns.broken import SMALL

PAGE = (Path(settings.BASE_DIR) / "docs" / "schemes.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WORDS = set(re.findall(r"[a-z_0-9]+", PAGE))


def parts(kind: type[BaseModel] = Part):
    for below in kind.__subclasses__():
        yield below
        yield from parts(below)


def test_every_key_is_explained():
    keys = {key for part in parts() for key in part.model_fields}

    assert keys - WORDS == set()


def test_every_mechanism_act_and_source_is_explained():
    assert {*MECHANISMS, *ACTS, *SOURCES} - WORDS == set()


def test_what_is_not_enabled_is_marked():
    for mechanism in MECHANISMS.values():
        assert (f"| `{mechanism.key}` 未启用 |" in PAGE) is (not mechanism.enabled), mechanism.key
        assert (f"| `{mechanism.key}` |" in PAGE) is mechanism.enabled, mechanism.key


def test_the_smallest_example_is_a_scheme():
    document = read_scheme(EXAMPLES[0])

    assert document.slug == "street-office"
    assert document.not_built() == ()


@pytest.mark.parametrize("number", range(1, len(EXAMPLES)))
def test_an_example_has_the_right_shape(number):
    small = yaml.safe_load(SMALL)

    SchemeDocument.model_validate(small | yaml.safe_load(EXAMPLES[number]))
