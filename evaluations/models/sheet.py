"""The questionnaire of a round as frozen at its opening: what is asked, which answers, which quotas.

Plain values: a round keeps its sheet as JSON, whatever becomes of the scheme later.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property

LEVELS = 8  # columns of a wide tally; a scale has at most so many levels
COMMENT_LENGTH = 200
_FIGURE = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class SheetLevel:
    key: str
    name: str
    value: str | None = None  # exact, as text; None is 不了解


@dataclass(frozen=True)
class SheetQuestion:
    key: str
    name: str
    levels: tuple[SheetLevel, ...] = ()  # neither these nor a range: a written answer
    required: bool = True
    note: str = ""
    max_length: int = COMMENT_LENGTH
    weight: str | None = None
    lowest: str | None = None  # a figure from `lowest` to `highest` in steps of `step`
    highest: str | None = None
    step: str = "1"

    @property
    def is_numeric(self):
        return self.lowest is not None

    @property
    def is_text(self):
        return not self.levels and not self.is_numeric

    @property
    def most_number(self):
        """The last place an answer can have; 0 stands for no answer."""
        if not self.is_numeric:
            return len(self.levels)
        return int((Decimal(self.highest) - Decimal(self.lowest)) / Decimal(self.step)) + 1

    @property
    def range_text(self):
        return f"{self.lowest} 到 {self.highest}"

    @property
    def top_number(self):
        """1-based place of the best level; 不了解 is never the best."""
        if self.is_numeric:
            return self.most_number
        values = [Decimal(level.value) if level.value else Decimal(-1) for level in self.levels]
        return values.index(max(values)) + 1

    def number_of(self, level_key):
        """1-based place of a level or of a figure, None when the scale has none such."""
        if self.is_numeric:
            return self._number_of_figure(level_key)
        for number, level in enumerate(self.levels, 1):
            if level.key == level_key:
                return number
        return None

    def _number_of_figure(self, written):
        """Figures stand for their place, so that a ballot is made of small whole numbers either way."""
        written = unicodedata.normalize("NFKC", str(written or "")).strip()
        if not _FIGURE.fullmatch(written):
            return None
        steps = (Decimal(written) - Decimal(self.lowest)) / Decimal(self.step)
        if steps != steps.to_integral_value() or not 0 <= steps < self.most_number:
            return None
        return int(steps) + 1

    def figure_at(self, number):
        """The figure at a place."""
        return Decimal(self.lowest) + Decimal(self.step) * (number - 1)

    def word_at(self, number):
        """The answer at a place as it is read."""
        return str(self.figure_at(number)) if self.is_numeric else self.levels[number - 1].name

    def key_at(self, number):
        """The answer at a place as it is kept."""
        return str(self.figure_at(number)) if self.is_numeric else self.levels[number - 1].key


@dataclass(frozen=True)
class SheetQuota:
    """At most (at least) so many people may (must) get one of these answers in one ballot."""

    name: str
    question: str
    levels: tuple[str, ...]
    at_most: int | None = None
    at_least: int | None = None
    score_from: str | None = None  # figures: from here (included) to `score_below` (not included)
    score_below: str | None = None

    def means(self, question, number):
        """Whether the answer at this place is one of those that are counted."""
        if not question.is_numeric:
            return number in {question.number_of(key) for key in self.levels}
        if not number:
            return False
        figure = question.figure_at(number)
        return (self.score_from is None or figure >= Decimal(self.score_from)) and (
            self.score_below is None or figure < Decimal(self.score_below)
        )


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

    @cached_property
    def scale_questions(self):
        return tuple(question for question in self.questions if not question.is_text)

    @cached_property
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
