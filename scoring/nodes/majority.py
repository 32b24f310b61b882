"""Leaf: grade each ballot first, then the majority of grades (先定等次, 再看多数)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.bands import Bands, parse_bands
from scoring.errors import InputError
from scoring.inputs import number_at
from scoring.nodes.ballots import marks_of
from scoring.nodes.base import Case, Figure, Node, Parsing, common
from scoring.nodes.reviews import NO_DATA, Question, parse_questions, scale_of
from scoring.numbers import Rounding, percent, rounded
from scoring.reading import Fields, as_key
from scoring.scales import Counts, Level, Scale, picked, read_counts, whole

RULES = {"most": "得票最多", "over_half": "单档过线", "cumulative": "由高到低累计过线"}
TIES = {"lower": "并列取较低等次", "higher": "并列取较高等次", "none": "并列无结果"}


@dataclass(frozen=True)
class Grading:
    """How one ballot becomes a grade: mean of its questions, then bands."""

    questions: tuple[Question, ...]
    rounding: Rounding | None
    bands: Bands


@dataclass(frozen=True, kw_only=True)
class Majority(Node):
    source: str
    single: str
    scale: Scale
    rule: str
    need: Fraction
    at_least: bool
    ties: str
    grading: Grading | None
    unknown_counts: bool

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        counts = self._counts(case.inputs.get(self.source))
        if counts is None:
            return Figure(None, NO_DATA, 0)
        if counts.grade:
            level = self.scale.level(counts.grade, self.source)
            return Figure(
                level.value,
                n=counts.n,
                level=level.label,
                explanation={"counts": counts.told(self.scale)},
            )
        if not counts.by_level:
            raise InputError(self.source, "只有合计，没有每档票数")
        base = counts.n + (counts.unknown if self.unknown_counts else 0)
        winner = self._winner(counts, base) if base else None
        told = {"counts": counts.told(self.scale), "formula": self._formula(winner)}
        if winner is None:
            return Figure(None, "没有一档过线" if base else "没有有效评价", base, explanation=told)
        return Figure(winner.value, n=base, level=winner.label, explanation=told)

    def _formula(self, winner: Level | None) -> str:
        sign = "不低于" if self.at_least else "超过"
        line = "" if self.rule == "most" else f" {sign} {percent(self.need)}"
        return f"{RULES[self.rule]}{line}，{TIES[self.ties]}：{winner.label if winner else '无'}"

    def _ranked(self) -> list[Level]:
        """Best first."""
        valued = [level for level in self.scale.levels if level.value is not None]
        return sorted(valued, key=lambda level: -(level.value or 0))

    def _winner(self, counts: Counts, base: int) -> Level | None:
        votes = [(level, counts.by_level[level.key]) for level in self._ranked()]
        if self.rule == "cumulative":
            return self._cumulative(votes, base)
        most = max(number for _, number in votes)
        tied = [level for level, number in votes if number == most]
        if not most or (self.rule == "over_half" and not self._over(most, base)):
            return None
        if len(tied) > 1 and self.ties == "none":
            return None
        return tied[0] if self.ties == "higher" else tied[-1]

    def _cumulative(self, votes: list[tuple[Level, int]], base: int) -> Level | None:
        reached = 0
        for level, number in votes:
            reached += number
            if self._over(reached, base):
                return level
        return None

    def _over(self, number: int, base: int) -> bool:
        share = Fraction(number, base)
        return share >= self.need if self.at_least else share > self.need

    def _counts(self, data: Any) -> Counts | None:
        if self.grading is not None and not self.grading.questions:
            return self._marked(marks_of(data, self.single, self.source))
        if self.single:
            data = picked(data, self.single, self.scale, self.source)
        return self._counted(data)

    def _marked(self, data: Any) -> Counts | None:
        """Each mark graded by itself: {mark: how often}, or the list of them."""
        if isinstance(data, Mapping) and "scores" in data:
            data = data["scores"]
        if not isinstance(data, Mapping) or "ballots" in data:
            return self._counted(data)
        if "grade" in data and "grade" not in self.scale.place:
            grade = data["grade"]
            told = None if grade is None else self.grade(grade, f"{self.source}.grade")
            return read_counts({"grade": told}, self.scale, self.source)
        counts = dict.fromkeys(self.scale.place, 0)
        for mark, times in data.items():
            where = f"{self.source}.{as_key(mark)}"
            counts[self.grade(as_key(mark), where)] += whole(times, where)
        return read_counts(counts, self.scale, self.source)

    def _counted(self, data: Any) -> Counts | None:
        if isinstance(data, Mapping) and "ballots" in data:
            data = data["ballots"]
        single = isinstance(data, list | tuple) and not (
            data
            and len(data) == len(self.scale.levels)
            and all(type(item) is int for item in data)
            and self.grading is None
        )
        if not single:
            return read_counts(data, self.scale, self.source)
        counts = dict.fromkeys(self.scale.place, 0)
        for index, ballot in enumerate(data):
            counts[self.grade(ballot, f"{self.source}[{index}]")] += 1
        return read_counts(counts, self.scale, self.source)

    def grade(self, ballot: Any, path: str) -> str:
        """The level of one ballot."""
        if self.grading is None or as_key(ballot) in self.scale.place:
            return self.scale.level(as_key(ballot), path).key
        value = self._mean(ballot, self.grading, path)
        if self.grading.rounding:
            value = rounded(value, self.grading.rounding)
        return self.grading.bands.of(value)

    def _mean(self, ballot: Any, grading: Grading, path: str) -> Fraction:
        if not grading.questions:
            return number_at(ballot, path)
        if not isinstance(ballot, Mapping):
            raise InputError(path, "应为每题的分数或等次")
        value = Fraction(0)
        for question in grading.questions:
            raw, where = ballot.get(question.key), f"{path}.{question.key}"
            if question.scale.levels and as_key(raw) in question.scale.place:
                mark = question.scale.level(as_key(raw), where).value
                if mark is None:
                    raise InputError(where, "这一题选了不了解，不能评定本票等次")
            else:
                mark = number_at(raw, where)
            value += question.weight * mark
        return value


def parse_majority(fields: Fields, parsing: Parsing) -> Majority:
    fields.required("source", "数据来源")
    scale = scale_of(fields, parsing) or Scale(())
    need = fields.share("need")
    return Majority(
        **common(fields, parsing, named="多数等次"),
        source=fields.text("source"),
        single=fields.text("question"),
        scale=scale,
        rule=fields.choice("rule", RULES, "most"),
        need=Fraction(1, 2) if need is None else need,
        at_least=fields.flag("need_at_least"),
        ties=fields.choice("ties", TIES, "lower"),
        grading=_grading(fields, parsing, scale),
        unknown_counts=fields.flag("unknown_in_denominator"),
    )


def _grading(fields: Fields, parsing: Parsing, scale: Scale) -> Grading | None:
    if not fields.has("grade"):
        fields.raw("grade")
        return None
    inner = fields.inner("grade")
    questions: tuple[Question, ...] = ()
    if inner.has("questions"):
        questions = parse_questions(
            inner, parsing, scale_of(inner, parsing, needed=False) or Scale(())
        )
    inner.required("bands", "每票的等次线")
    bands = parse_bands(inner.raw("bands", []), inner.at("bands"), parsing.problems)
    for name in bands.labels:
        if name not in scale.place:
            inner.problem("bands", f"量表中没有“{name}”这一档")
    grading = Grading(questions, inner.rounding("rounding"), bands)
    inner.done()
    return grading
