"""Recipes: scoring accepts them, and what they read exists in this scheme."""

import re
from collections.abc import Iterator

import scoring
from campaigns.models.document.checks.names import repeated
from campaigns.models.document.reasons import Path, Problem


def recipe_problems(document) -> Iterator[Problem]:
    yield from repeated(document.recipes, ("recipes",), "subject")
    for place, part in enumerate(document.recipes):
        path: Path = ("recipes", place, "formula")
        try:
            scoring.parse_recipe(document.formula(part.subject))
        except scoring.RecipeError as error:
            for where, reason in error.problems:
                yield Problem((*path, *_as_path(where)), reason)


def _as_path(place: str) -> Path:
    """`score.parts[1].weight` as a path."""
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", place)
    return tuple(int(number) if number else name for number, name in found)
