"""Recipes: scoring accepts them, and what they read exists in this scheme."""

import re
from collections.abc import Iterator

import scoring
from campaigns.models.document.checks.names import repeated
from campaigns.models.document.checks.references import keys_of
from campaigns.models.document.reasons import Path, Problem, suggestion
from campaigns.models.document.recipes import SOURCES


def recipe_problems(document) -> Iterator[Problem]:
    yield from repeated(document.recipes, ("recipes",), "subject")
    for place, part in enumerate(document.recipes):
        path: Path = ("recipes", place, "formula")
        try:
            recipe = scoring.parse_recipe(document.formula_of(part))
        except scoring.RecipeError as error:
            for where, reason in error.problems:
                yield Problem((*path, *_as_path(where)), reason)
        else:
            yield from _sources(document, recipe, part, path)
            yield from _emphasis(document, part, path)


def _sources(document, recipe, part, path: Path) -> Iterator[Problem]:
    known = [rater.key for rater in document.rater_classes] + list(SOURCES)
    for source in recipe.sources:
        if source not in known:
            reason = f"没有数据来源“{source}”{suggestion(source, known)}；可用：{'、'.join(known)}"
            yield Problem(_place_of(source, part.formula, path), reason)


def _place_of(source: str, formula, path: Path) -> Path:
    """Where the formula first names the source."""
    entries = formula.items() if isinstance(formula, dict) else enumerate(formula)
    for key, value in entries:
        if key == "source" and value == source:
            return (*path, key)
        if isinstance(value, dict | list | tuple):
            found = _place_of(source, value, (*path, key))
            if found != (*path, key):
                return found
    return path


def _emphasis(document, part, path: Path) -> Iterator[Problem]:
    known = keys_of(document, "unit_types")
    for unit_type in part.formula.get("emphasis") or {}:
        if unit_type not in known:
            reason = f"方案里没有单位类型“{unit_type}”{suggestion(unit_type, known)}"
            yield Problem((*path, "emphasis", unit_type), reason)


def _as_path(place: str) -> Path:
    """`score.parts[1].weight` as a path."""
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", place)
    return tuple(int(number) if number else name for number, name in found)
