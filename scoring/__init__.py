"""Recipes in, explained scores out: plain Python, exact arithmetic, no clock, no database.

The format of a recipe and of its inputs is written down in docs/scoring.md.
"""

from scoring.ballot_rules import ballot_check
from scoring.compiled import Plan, compile
from scoring.engine import score, values_by_place
from scoring.errors import InputError, RecipeError, ScoringError
from scoring.groups import needs_groups, with_groups
from scoring.intervals import satisfaction, wilson_interval
from scoring.quotas import apply_quota
from scoring.ranking import rank
from scoring.recipe import Recipe, parse_recipe
from scoring.results import Result, to_json
from scoring.sheets import grade_ballots, sort_ballots
from scoring.suppression import Marks, suppress
from scoring.table import Table
from scoring.votes import Votes

__all__ = [
    "InputError",
    "Marks",
    "Plan",
    "Recipe",
    "RecipeError",
    "Result",
    "ScoringError",
    "Table",
    "Votes",
    "apply_quota",
    "ballot_check",
    "compile",
    "grade_ballots",
    "needs_groups",
    "parse_recipe",
    "rank",
    "satisfaction",
    "score",
    "sort_ballots",
    "suppress",
    "to_json",
    "values_by_place",
    "wilson_interval",
    "with_groups",
]
