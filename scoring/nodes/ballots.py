"""Leaf over single ballots: mean, median, trimmed mean of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scoring.errors import InputError
from scoring.inputs import number_at
from scoring.nodes.base import Case, Figure, Node, Parsing, common
from scoring.nodes.reviews import Question, parse_questions, scale_of
from scoring.numbers import Rounding, exact, rounded, text
from scoring.reading import Fields, as_key
from scoring.sample import (
    STATISTICS,
    Bag,
    Tier,
    bag_of,
    listed,
    parse_trim,
    size,
    statistic,
    told_bag,
    total,
    trimmed,
)
from scoring.scales import GRADE_ONLY_N, Scale, read_counts, whole

NO_DATA = "没有收到打分"
QUIET = "票数不到 10 张，不列出各张票的分数"
ROUNDED = "人数不足，只用取整的分数"


@dataclass(frozen=True, kw_only=True)
class Ballots(Node):
    source: str
    single: str
    scale: Scale | None
    low: Fraction | None
    high: Fraction | None
    questions: tuple[Question, ...]
    ballot_rounding: Rounding | None
    statistic: str
    trim: tuple[Tier, ...]
    unknown_counts: bool

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        data = marks_of(case.inputs.get(self.source), self.single, self.source)
        if isinstance(data, Mapping) and "grade" in data and not self.scale:
            return self._grade_only(data["grade"])
        quiet = isinstance(data, Mapping) and data.get("quiet") is True
        if isinstance(data, Mapping) and "scores" in data:
            data = data["scores"]
        if data is None or data == []:
            return Figure(None, NO_DATA, 0)
        bag, unknown = self._bag(data)
        if self.unknown_counts and unknown:
            bag, unknown = (
                bag_of([v for v, n in bag for _ in range(n)] + [Fraction(0)] * unknown),
                0,
            )
        if not bag:
            return Figure(None, NO_DATA, 0, explanation={"unknown": unknown})
        figure = self._figure(bag, unknown)
        return figure if not quiet else replace(figure, explanation={"notes": [QUIET]})

    def _grade_only(self, grade: Any) -> Figure:
        """What is left of a sheet that few people marked: one rounded score (design §6)."""
        if grade is None:
            return Figure(None, NO_DATA, 0)
        path = f"{self.source}.grade"
        value = self._in_range(number_at(as_key(grade), path), path)
        told = {"counts": {"grade": text(value)}, "notes": [ROUNDED]}
        return Figure(value, n=GRADE_ONLY_N, explanation=told)

    def _figure(self, bag: Bag, unknown: int) -> Figure:
        kept, low, high = trimmed(bag, self.trim)
        value = statistic(kept, self.statistic)
        told: dict[str, Any] = {"scores": told_bag(bag), "formula": self._formula(kept, value)}
        if unknown:
            told["unknown"] = f"不了解或弃权 {unknown} 票，不计入"
        if low or high:
            told["removed"] = {"highest": told_bag(high), "lowest": told_bag(low)}
            told["notes"] = [f"去掉最高分 {listed(high) or '无'}，去掉最低分 {listed(low) or '无'}"]
        elif self.trim:
            told["notes"] = [f"{size(bag)} 人评分，未达到去掉最高、最低分的人数"]
        return Figure(value, n=size(bag), explanation=told)

    def _formula(self, kept: Bag, value: Fraction) -> str:
        if self.statistic == "mean":
            return f"{text(total(kept))} ÷ {size(kept)} {self.about(value)}"
        return f"{STATISTICS[self.statistic]} {self.about(value)}"

    def _bag(self, data: Any) -> tuple[Bag, int]:
        if isinstance(data, list | tuple):
            values = [self._ballot(item, f"{self.source}[{i}]") for i, item in enumerate(data)]
            valued = [value for value in values if value is not None]
            return bag_of(valued), len(values) - len(valued)
        if not isinstance(data, Mapping):
            raise InputError(self.source, "应为分数的列表")
        return self._counted(data)

    def _counted(self, data: Mapping[Any, Any]) -> tuple[Bag, int]:
        if self.scale:
            counts = read_counts(data, self.scale, self.source)
            if counts and not counts.by_level:
                return [(counts.total / counts.n, counts.n)], counts.unknown
            by_level = counts.by_level if counts else {}
            values = [
                level.value
                for level in self.scale.levels
                if level.value is not None
                for _ in range(by_level.get(level.key, 0))
            ]
            return bag_of(values), counts.unknown if counts else 0
        if set(data) == {"sum", "n"}:
            return self._totals(data)
        found: dict[Fraction, int] = {}
        for key, times in data.items():
            path = f"{self.source}.{key}"
            value = self._in_range(number_at(as_key(key), path), path)
            found[value] = found.get(value, 0) + whole(times, path)
        return sorted((value, n) for value, n in found.items() if n), 0

    def _totals(self, data: Mapping[Any, Any]) -> tuple[Bag, int]:
        n = whole(data["n"], f"{self.source}.n")
        if self.trim or self.statistic not in ("mean", "sum"):
            raise InputError(self.source, "只有合计，不能去掉最高、最低分，也不能求中位数")
        return ([(number_at(data["sum"], f"{self.source}.sum") / n, n)] if n else []), 0

    def _ballot(self, item: Any, path: str) -> Fraction | None:
        if item is None:
            return None
        if self.questions:
            return self._asked(item, path)
        return self._mark(item, self.scale, path)

    def _asked(self, item: Any, path: str) -> Fraction:
        if not isinstance(item, Mapping):
            raise InputError(path, "应为每题的分数")
        value = Fraction(0)
        for question in self.questions:
            mark = self._mark(item.get(question.key), question.scale, f"{path}.{question.key}")
            if mark is None:
                raise InputError(f"{path}.{question.key}", "这一题没有分数")
            value += question.weight * mark
        return rounded(value, self.ballot_rounding) if self.ballot_rounding else value

    def _mark(self, raw: Any, scale: Scale | None, path: str) -> Fraction | None:
        if scale and scale.levels and as_key(raw) in scale.place:
            return scale.level(as_key(raw), path).value
        return None if raw is None else self._in_range(number_at(raw, path), path)

    def _in_range(self, value: Fraction, path: str) -> Fraction:
        if self.low is not None and value < self.low:
            raise InputError(path, f"{text(value)} 低于最低分 {text(self.low)}")
        if self.high is not None and value > self.high:
            raise InputError(path, f"{text(value)} 高于满分 {text(self.high)}")
        return value


def marks_of(data: Any, question: str, path: str) -> Any:
    """The marks of one question of a sheet; of a sheet with a single question, of that one."""
    if not isinstance(data, Mapping) or data.get("hidden") is True:
        return None if isinstance(data, Mapping) else data
    inner = data.get("questions", data)
    sheet = isinstance(inner, Mapping) and all(isinstance(v, Mapping) for v in inner.values())
    if not sheet or not inner or set(inner) == {"scores"}:
        return data if not question or "grade" in data else {}
    if question:
        return inner.get(question)
    if len(inner) > 1:
        raise InputError(path, "问卷不止一题，请用 question 写明取哪一题")
    return next(iter(inner.values()))


def parse_range(fields: Fields, key: str = "range") -> tuple[Fraction | None, Fraction | None]:
    """[low, high]; null leaves an end open."""
    raw = fields.raw(key)
    if raw is None:
        return None, None
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        fields.problem(key, "应为 [最低, 最高]")
        return None, None
    ends: list[Fraction | None] = []
    for end in raw:
        try:
            ends.append(None if end is None else exact(end))
        except ValueError as error:
            fields.problem(key, str(error))
            ends.append(None)
    if ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]:
        fields.problem(key, "最低应小于最高")
    return ends[0], ends[1]


def parse_ballots(fields: Fields, parsing: Parsing) -> Ballots:
    kind = str(fields.data.get("kind"))
    fields.required("source", "数据来源")
    scale = scale_of(fields, parsing, needed=False)
    asked = bool(fields.raw("questions"))
    low, high = parse_range(fields)
    questions = parse_questions(fields, parsing, scale or Scale(())) if asked else ()
    if kind == "trimmed_mean":
        fields.required("trim", "去掉几个最高分、几个最低分")
    name = kind if kind in STATISTICS else fields.choice("statistic", STATISTICS, "mean")
    return Ballots(
        **common(fields, parsing, named="打分"),
        source=fields.text("source"),
        single=fields.text("question"),
        scale=scale,
        low=low,
        high=high,
        questions=questions,
        ballot_rounding=fields.rounding("ballot_rounding"),
        statistic=name,
        trim=parse_trim(fields),
        unknown_counts=fields.flag("unknown_in_denominator"),
    )
