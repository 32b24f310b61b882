"""Leaves over counts per level: reviews, share of levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.errors import InputError
from scoring.nodes.base import MISSING, Case, Figure, Node, Parsing, common
from scoring.numbers import Rounding, percent, rounded, text
from scoring.reading import Fields, as_key
from scoring.scales import GRADE_ONLY_N, Counts, Scale, parse_scale, picked, read_counts, whole
from scoring.suppression import graded_value
from scoring.weights import settle_weights

NO_DATA = "没有收到评价"


@dataclass(frozen=True)
class Question:
    key: str
    label: str
    weight: Fraction
    scale: Scale


@dataclass(frozen=True, kw_only=True)
class Reviews(Node):
    """Mean level value of one rater class, per question where there are questions."""

    source: str
    questions: tuple[Question, ...]
    single: str
    unknown_counts: bool
    question_rounding: Rounding | None
    missing_question: str

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        data = case.inputs.get(self.source)
        if data is None:
            return Figure(None, NO_DATA, 0)
        if isinstance(data, Mapping) and self.questions[0].key and "grade" in data:
            return self._graded(data)
        if self.questions[0].key:
            return self._several(self._by_question(data))
        if self.single:
            data = picked(data, self.single, self.questions[0].scale, self.source)
        return self._one(self.questions[0], data, self.source)

    def _graded(self, data: Mapping[str, Any]) -> Figure:
        """Too few ballots for a histogram: one rounded grade for all questions together."""
        if data["grade"] is None or self.minimum_n > GRADE_ONLY_N:
            return Figure(None, "人数不足，只有取整等次，不计分", 0)
        grade, scales = as_key(data["grade"]), [question.scale for question in self.questions]
        weights = [question.weight for question in self.questions]
        value = graded_value(grade, scales, weights, f"{self.source}.grade")
        named = scales[0].labels.get(grade, grade)
        told = {
            "counts": {"grade": named},
            "formula": f"人数不足，只用取整等次“{named}” = {text(value)}",
        }
        return Figure(value, n=GRADE_ONLY_N, explanation=told)

    def _by_question(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            data = {} if data.get("hidden") is True else data.get("questions", data)
        if isinstance(data, list | tuple) and len(data) == len(self.questions):
            return dict(zip((q.key for q in self.questions), data, strict=True))
        if not isinstance(data, Mapping):
            raise InputError(self.source, "应为每题的票数")
        for key in data:
            if key not in {question.key for question in self.questions}:
                raise InputError(f"{self.source}.{key}", f"没有这一题“{str(key)[:20]}”")
        return data

    def _one(self, question: Question, data: Any, path: str) -> Figure:
        counts = read_counts(data, question.scale, path)
        if counts is None:
            return Figure(None, NO_DATA, 0)
        told: dict[str, Any] = {"counts": counts.told(question.scale)}
        base = counts.n + (counts.unknown if self.unknown_counts else 0)
        if not base:
            return Figure(None, "全部为不了解，没有有效评价", 0, explanation=told)
        value = counts.total / base
        told["formula"] = f"{_sum_formula(counts, question.scale)} ÷ {base} {self.about(value)}"
        told["unknown"] = self._unknown_text(counts)
        if counts.grade:
            told["formula"] = (
                f"人数不足，只用取整等次“{question.scale.labels[counts.grade]}” = {text(value)}"
            )
        return Figure(value, n=base, explanation=told)

    def _unknown_text(self, counts: Counts) -> str:
        if not counts.unknown:
            return "无不了解票"
        where = "计入分母" if self.unknown_counts else "不计入分母"
        return f"不了解 {counts.unknown} 票，{where}"

    def _several(self, data: Mapping[str, Any]) -> Figure:
        told, present = [], []
        for question in self.questions:
            figure = self._asked(question, data)
            told.append(self._told_question(question, figure))
            if figure.value is not None:
                present.append((question.weight, figure.value))
        value, formula = self._joined(present)
        counted = [item["n"] for item in told if item["value"] is not None]
        n = min(counted) if counted else 0
        explanation = {"questions": told} | ({"formula": formula} if formula else {})
        reason = "" if value is not None else "有题目没有足够的评价" if counted else NO_DATA
        return Figure(value, reason, n, explanation=explanation)

    def _asked(self, question: Question, data: Mapping[str, Any]) -> Figure:
        figure = self._one(question, data.get(question.key), f"{self.source}.{question.key}")
        value = figure.value
        if value is not None and (figure.n or 0) < self.minimum_n:
            reason = f"只有 {figure.n or 0} 份，少于规定的 {self.minimum_n} 份"
            return Figure(None, reason, figure.n, explanation=figure.explanation)
        if value is not None and self.question_rounding:
            value = rounded(value, self.question_rounding)
        return Figure(value, figure.reason, figure.n, explanation=figure.explanation)

    def _told_question(self, question: Question, figure: Figure) -> dict[str, Any]:
        value = figure.value
        told = dict(figure.explanation)
        told |= {"key": question.key, "label": question.label, "n": figure.n or 0}
        told |= {"weight": percent(question.weight)}
        told |= {"value": None if value is None else text(value)}
        told |= {"reason": figure.reason} if figure.reason else {}
        return told

    def _joined(self, present: list[tuple[Fraction, Fraction]]) -> tuple[Fraction | None, str]:
        weights = sum((weight for weight, _ in present), Fraction(0))
        if not weights or (self.missing_question == "none" and len(present) < len(self.questions)):
            return None, ""
        value = sum((weight * value for weight, value in present), Fraction(0))
        formula = " + ".join(f"{percent(w)}×{self.shown(v)}" for w, v in present)
        if self.missing_question == "renormalise" and weights != 1:
            value, formula = value / weights, f"({formula}) ÷ {percent(weights)}"
        return value, f"{formula} {self.about(value)}"


def _sum_formula(counts: Counts, scale: Scale) -> str:
    if not counts.by_level:
        return text(counts.total)
    told = [
        f"{text(level.value)}×{counts.by_level[level.key]}"
        for level in scale.levels
        if level.value is not None and counts.by_level[level.key]
    ]
    return f"({' + '.join(told) or '0'})"


@dataclass(frozen=True, kw_only=True)
class LevelShare(Node):
    """满意率, 优秀率: the share of ballots in the named levels."""

    source: str
    single: str
    scale: Scale
    levels: tuple[str, ...]
    unknown_counts: bool
    denominator: str
    per: Fraction

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def asks(self) -> tuple[str, ...]:
        return (self.denominator,) if self.denominator else ()

    def compute(self, case: Case) -> Figure:
        data = case.inputs.get(self.source)
        if self.single:
            data = picked(data, self.single, self.scale, self.source)
        counts = read_counts(data, self.scale, self.source)
        if counts is None:
            return Figure(None, NO_DATA, 0)
        if not counts.by_level:
            return Figure(None, "只有合计，没有每档票数，不能计算占比", 0)
        base = self._base(counts, case)
        if not base:
            return Figure(None, "全部为不了解，没有有效评价", 0)
        hits = sum(counts.by_level[level] for level in self.levels)
        value = self.per * hits / base
        return Figure(value, n=base, explanation=self._told(counts, hits, base, value))

    def _base(self, counts: Counts, case: Case) -> int:
        """Ballots; or a head count of its own, such as who should have come (应到会人数)."""
        if not self.denominator:
            return counts.n + (counts.unknown if self.unknown_counts else 0)
        heads = whole(case.inputs.get(self.denominator), self.denominator)
        if heads < counts.n + counts.unknown:
            raise InputError(
                self.denominator, f"{heads} 少于收到的票数 {counts.n + counts.unknown}"
            )
        return heads

    def _told(self, counts: Counts, hits: int, base: int, value: Fraction) -> dict[str, Any]:
        where = "计入" if self.unknown_counts else "不计入"
        below = self.denominator or f"票数，不了解{where}分母"
        factor = "" if self.per == 1 else f" × {text(self.per)}"
        return {
            "counts": counts.told(self.scale),
            "k": hits,
            "definition": f"（{' + '.join(self.scale.labels[level] for level in self.levels)}）÷ {below}",
            "formula": f"{hits} ÷ {base}{factor} {self.about(value)}",
        }


def scale_of(fields: Fields, parsing: Parsing, *, needed: bool = True) -> Scale | None:
    """By name from the recipe's `scales`, or written in place."""
    raw = fields.required("scale", "量表") if needed else fields.raw("scale")
    if raw is None:
        return None
    if isinstance(raw, str):
        if raw not in parsing.scales:
            fields.problem("scale", f"没有名为“{raw[:40]}”的量表")
        return parsing.scales.get(raw)
    return parse_scale(raw, fields.at("scale"), parsing.problems)


def parse_questions(fields: Fields, parsing: Parsing, scale: Scale | None) -> tuple[Question, ...]:
    raw = fields.raw("questions", [])
    path, items = fields.at("questions"), []
    if isinstance(raw, str):
        if raw not in parsing.questionnaires:
            fields.problem("questions", f"没有名为“{raw[:40]}”的题目表")
        raw, path = parsing.questionnaires.get(raw, []), f"questionnaires.{raw}"
    if not isinstance(raw, list | tuple):
        fields.problem("questions", "应为题目的列表，或题目表的名称")
        return ()
    for index, item in enumerate(raw):
        items.append(_question(Fields(item, f"{path}[{index}]", parsing.problems), parsing, scale))
    keys = [key for key, *_ in items]
    if len(set(keys)) < len(keys):
        fields.problem("questions", "题目的 key 重复")
    if not items:
        return ()
    weights = settle_weights([item[2] for item in items], path, parsing.problems)
    return tuple(
        Question(key, label, weight, own or Scale(()))
        for (key, label, _, own), weight in zip(items, weights, strict=True)
    )


def _question(
    fields: Fields, parsing: Parsing, scale: Scale | None
) -> tuple[str, str, Fraction | None, Scale | None]:
    if fields.data:
        fields.required("key", "题目的键")
    key = fields.text("key")
    own = scale_of(fields, parsing, needed=False) or scale
    if own is None:
        fields.problem("scale", "这一题没有量表，上一级也没有")
    item = (key, fields.text("label", key), fields.number("weight"), own)
    fields.done()
    return item


def parse_reviews(fields: Fields, parsing: Parsing) -> Reviews:
    fields.required("source", "数据来源")
    asked = bool(fields.raw("questions"))
    scale = scale_of(fields, parsing, needed=not asked)
    questions = parse_questions(fields, parsing, scale) if asked else ()
    single = fields.text("question")
    if single and asked:
        fields.problem("question", "question 与 questions 只能写一个")
    return Reviews(
        **common(fields, parsing, named="评议"),
        source=fields.text("source"),
        questions=questions or (Question("", "", Fraction(1), scale or Scale(())),),
        single=single,
        unknown_counts=fields.flag("unknown_in_denominator"),
        question_rounding=fields.rounding("question_rounding"),
        missing_question=fields.choice("missing_question", MISSING, "none"),
    )


def parse_level_share(fields: Fields, parsing: Parsing) -> LevelShare:
    fields.required("source", "数据来源")
    scale = scale_of(fields, parsing) or Scale(())
    fields.required("levels", "哪几档计入")
    levels = fields.names("levels")
    for level in levels:
        if scale.levels and level not in scale.place:
            fields.problem("levels", f"量表中没有“{level[:20]}”这一档")
        elif level in scale.unknown:
            fields.problem("levels", f"“{level[:20]}”没有分值（不了解），不能计入分子")
    shared = common(fields, parsing, named="占比")
    return LevelShare(
        **shared,
        source=fields.text("source"),
        single=fields.text("question"),
        scale=scale,
        levels=tuple(dict.fromkeys(levels)),
        unknown_counts=fields.flag("unknown_in_denominator"),
        denominator=fields.text("denominator"),
        per=Fraction(100) if shared["full"] is None else shared["full"],
    )
