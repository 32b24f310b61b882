"""What is asked: scales, questionnaires, rules for a ballot, satisfaction, public channels."""

from collections.abc import Container, Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from campaigns.models.document.parts import (
    Count,
    Days,
    Key,
    Label,
    Named,
    Number,
    Part,
    Percent,
    Row,
    Subject,
    Text,
    plain_number,
)

Share = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,3}/[1-9][0-9]{0,3}$|^[0-9]{1,3}(\.[0-9]+)?%$")
]
MOST_LEVELS = 8  # a ballot counts so many columns per question
Rounding = Literal["down", "up", "half_up"]


def share_as_fraction(share: str) -> Fraction:
    """`1/3` and `33.3%` as exact fractions."""
    if share.endswith("%"):
        return Fraction(share[:-1]) / 100
    return Fraction(share)


def _plain(number: Decimal | None) -> int | str | None:
    return None if number is None else plain_number(number)


class Level(Part):
    """One answer of a scale; without a value it is 不了解 and counts in no mean."""

    key: Key
    name: Label
    value: Number | None = None


class Scale(Named):
    """Either named levels, or any figure from `lowest` to `highest` in steps."""

    levels: Annotated[tuple[Level, ...], Field(max_length=MOST_LEVELS)] = ()
    lowest: Number | None = None
    highest: Number | None = None
    step: Number | None = None

    @property
    def is_numeric(self) -> bool:
        return not self.levels

    @property
    def values(self) -> dict[str, Decimal | None]:
        return {level.key: level.value for level in self.levels}

    @property
    def top(self) -> Decimal | None:
        """The best value of the scale."""
        if self.is_numeric:
            return self.highest
        return max((level.value for level in self.levels if level.value is not None), default=None)

    def answer_name(self, key: str) -> str:
        """The level's name; a figure stands for itself."""
        return key if self.is_numeric else self.level(key).name

    def value_of(self, key: str) -> Decimal | None:
        """What an answer counts; None is 不了解 and everything that is not on the scale."""
        if not self.is_numeric:
            return self.values.get(key)
        try:
            return Decimal(key)
        except InvalidOperation:
            return None

    def level(self, key: str) -> Level:
        return next(level for level in self.levels if level.key == key)

    def as_data(self) -> list[dict[str, Any]]:
        """The levels as scoring reads a scale."""
        return [
            {"key": level.key, "label": level.name, "value": _plain(level.value)}
            for level in self.levels
        ]


class Question(Named):
    """`scale` picks a level, `text` is written, `check` is yes or no."""

    name: Label
    kind: Literal["scale", "text", "check"] = "scale"
    scale: Key | None = None
    weight: Percent | None = None
    required: bool = True
    comment: bool = False
    placeholder: bool = False
    max_length: Annotated[int, Field(ge=10, le=2000)] = 500


class Limit(Part):
    """A number of people: fixed, or a share of those on the ballot."""

    count: Annotated[int, Field(ge=0, le=10_000)] | None = None
    share: Share | None = None
    rounding: Rounding = "down"
    minimum: Annotated[int, Field(ge=0, le=100)] = 0

    def people(self, rated: int) -> int:
        """How many of `rated` people this limit is; exact arithmetic."""
        if self.count is not None:
            return self.count
        exact = share_as_fraction(self.share or "0/1") * rated
        floor = exact.numerator // exact.denominator
        rest = exact - floor
        up = (self.rounding == "up" and rest > 0) or (self.rounding == "half_up" and 2 * rest >= 1)
        return max(floor + int(up), self.minimum)


class Quota(Part):
    """Within one ballot: how many of the rated may or must get these answers."""

    name: Label
    question: Key | None = None
    levels: tuple[Key, ...] = ()
    score_from: Number | None = None
    score_below: Number | None = None
    at_most: Limit | None = None
    at_least: Limit | None = None
    rows: tuple[Row, ...] = ()


class BallotRules(Part):
    """When a whole ballot is refused."""

    quotas: tuple[Quota, ...] = ()
    refuse_uniform: bool = False
    refuse_all_top: bool = False


class Questionnaire(Named):
    """Questions about one kind of subject."""

    subject: Subject
    questions: tuple[Question, ...] = Field(min_length=1)
    ballot: BallotRules = BallotRules()
    order: Literal["roll", "pinyin", "strokes"] = "roll"
    comment: bool = True

    @property
    def scale_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.kind == "scale")

    @property
    def text_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.kind == "text")

    def question(self, key: str) -> Question:
        return next(question for question in self.questions if question.key == key)

    def as_data(self, *, known: Container[str]) -> list[dict[str, Any]]:
        """The questions as scoring reads them: those on a scale of levels."""
        return [
            {"key": question.key, "label": question.name, "scale": question.scale}
            | ({} if question.weight is None else {"weight": _plain(question.weight)})
            for question in self.scale_questions
            if question.scale in known
        ]

    def placeholders(self) -> Iterator[Question]:
        return (question for question in self.questions if question.placeholder)


class Satisfaction(Part):
    """Which 满意率 is meant; every page that shows one says this."""

    questionnaire: Key
    question: Key
    satisfied: tuple[Key, ...] = Field(min_length=1)
    bad: tuple[Key, ...] = ()
    excluded: tuple[Key, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    rounding: Rounding = "half_up"
    rank_min_n: Count = 30
    answer_bad_within_working_days: Days = 10
    rows: tuple[Row, ...] = ()


class Channel(Named):
    """How the public answers reach the portal, and how much they weigh."""

    kind: Literal["open", "ticket", "tablet", "paper", "vote"]
    verified: bool = False
    weight: Annotated[Number, Field(ge=0, le=1)] = Decimal(1)
    at_most: Share | None = None
    advisory: bool = False


class Thresholds(Part):
    """Below these numbers nothing is shown; a scheme may ask for more, never for less."""

    histogram: Annotated[int, Field(ge=5, le=1000)] = 5
    grade: Annotated[int, Field(ge=3, le=1000)] = 3
    comments: Annotated[int, Field(ge=5, le=1000)] = 5
    public_results: Annotated[int, Field(ge=5, le=1000)] = 5
    peer_round: Annotated[int, Field(ge=6, le=1000)] = 6
    rows: tuple[Row, ...] = ()
    note: Text | None = None
