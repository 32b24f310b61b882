"""The questionnaire of a round as frozen at its opening: what is asked, which answers, which quotas.

Plain values: a round keeps its sheet as JSON, whatever becomes of the scheme later.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal

LEVELS = 8  # columns of a wide tally; a scale has at most so many levels
COMMENT_LENGTH = 200


@dataclass(frozen=True)
class SheetLevel:
    key: str
    name: str
    value: str | None = None  # exact, as text; None is 不了解


@dataclass(frozen=True)
class SheetQuestion:
    key: str
    name: str
    levels: tuple[SheetLevel, ...] = ()  # none: a written answer
    required: bool = True
    note: str = ""
    max_length: int = COMMENT_LENGTH
    weight: str | None = None

    @property
    def is_text(self):
        return not self.levels

    @property
    def top_number(self):
        """1-based place of the best level; 不了解 is never the best."""
        values = [Decimal(level.value) if level.value else Decimal(-1) for level in self.levels]
        return values.index(max(values)) + 1

    def number_of(self, level_key):
        """1-based place of a level, None when the scale has no such level."""
        for number, level in enumerate(self.levels, 1):
            if level.key == level_key:
                return number
        return None


@dataclass(frozen=True)
class SheetQuota:
    """At most (at least) so many people may (must) get one of these levels in one ballot."""

    name: str
    question: str
    levels: tuple[str, ...]
    at_most: int | None = None
    at_least: int | None = None


@dataclass(frozen=True)
class Sheet:
    name: str
    questions: tuple[SheetQuestion, ...]
    quotas: tuple[SheetQuota, ...] = ()
    comment: bool = True
    comment_length: int = COMMENT_LENGTH
    refuse_uniform: bool = False
    refuse_all_top: bool = False
    histogram_from: int = 5
    grade_from: int = 3
    comments_from: int = 5

    @property
    def scale_questions(self):
        return tuple(question for question in self.questions if not question.is_text)

    @property
    def text_questions(self):
        return tuple(question for question in self.questions if question.is_text)

    def as_data(self):
        return asdict(self)

    @classmethod
    def from_data(cls, data):
        questions = tuple(
            SheetQuestion(**{**part, "levels": tuple(SheetLevel(**one) for one in part["levels"])})
            for part in data["questions"]
        )
        quotas = tuple(
            SheetQuota(**{**part, "levels": tuple(part["levels"])}) for part in data["quotas"]
        )
        return cls(**{**data, "questions": questions, "quotas": quotas})
