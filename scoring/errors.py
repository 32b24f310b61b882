"""What can be wrong with a recipe or with its inputs: every problem with its place."""

from __future__ import annotations

Problem = tuple[str, str]


class ScoringError(ValueError):
    """`problems` lists every (path, Chinese message); the exception's text shows the first."""

    def __init__(self, path: str, message: str, problems: list[Problem] | None = None) -> None:
        self.path = path
        self.message = message
        self.problems = problems or [(path, message)]
        super().__init__(f"{path}：{message}" if path else message)

    @classmethod
    def of(cls, problems: list[Problem]) -> ScoringError:
        path, message = problems[0]
        return cls(path, message, problems)


class RecipeError(ScoringError):
    """The recipe is wrong."""


class InputError(ScoringError):
    """The recipe is fine, the inputs are not."""
