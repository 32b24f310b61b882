"""The scheme as a whole: what has the right shape but does not fit together."""

from campaigns.models.document.checks.items import item_problems
from campaigns.models.document.checks.names import name_problems
from campaigns.models.document.checks.questions import question_problems
from campaigns.models.document.checks.recipes import recipe_problems
from campaigns.models.document.checks.timing import timing_problems
from campaigns.models.document.reasons import Problem


def problems_of(document) -> list[Problem]:
    """Everything that contradicts itself, each with its place; empty when the scheme can run."""
    checks = (name_problems, item_problems, question_problems, timing_problems, recipe_problems)
    return [problem for check in checks for problem in check(document)]
