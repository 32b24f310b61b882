"""Leaves over plain figures: value, indicator, count, contest, kept/total, done/total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.conversion import Conversion, parse_conversion
from scoring.errors import InputError
from scoring.inputs import field_of, mapping_at, number_at
from scoring.nodes.ballots import parse_range
from scoring.nodes.base import Case, Figure, Node, Parsing, common
from scoring.numbers import exact, text
from scoring.reading import Fields, as_key
from scoring.scales import whole

MEASURES = {"value": "数值", "rate": "完成率", "growth": "增长率", "change": "变化量"}
TAKES = {"best": "取最好一次", "sum": "合计", "mean": "平均"}


@dataclass(frozen=True, kw_only=True)
class Value(Node):
    source: str
    field: str
    low: Fraction | None
    high: Fraction | None
    table: tuple[tuple[str, Fraction], ...]

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        raw = field_of(case.inputs.get(self.source), self.field, self.source)
        if raw is None:
            return Figure(None, "没有数据")
        table = dict(self.table)
        if table:
            if as_key(raw) not in table:
                raise InputError(self.source, f"分值表中没有“{as_key(raw)[:20]}”")
            value = table[as_key(raw)]
            return Figure(
                value, explanation={"input": raw, "formula": f"{as_key(raw)} 得 {text(value)} 分"}
            )
        value = number_at(int(raw) if isinstance(raw, bool) else raw, self.source)
        for wrong, word in (
            (self.low is not None and value < self.low, "低于下限"),
            (self.high is not None and value > self.high, "高于上限"),
        ):
            if wrong:
                raise InputError(self.source, f"{text(value)} {word}")
        return Figure(value, explanation={"input": text(value)})


@dataclass(frozen=True, kw_only=True)
class Constant(Node):
    value: Fraction

    def compute(self, case: Case) -> Figure:
        return Figure(self.value)


@dataclass(frozen=True, kw_only=True)
class Indicator(Node):
    source: str
    measure: str
    convert: Conversion | None

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        data = case.inputs.get(self.source)
        reading, told = self._reading(data)
        if reading is None:
            return Figure(None, "没有数据", explanation=told)
        if self.convert is None:
            return Figure(reading, explanation=told)
        points = self.convert.points(reading)
        if points is None:
            return Figure(None, self.convert.told(reading), explanation=told)
        told["formula"] = f"{self.convert.told(reading)}，{self.about(points)}".replace(
            "，=", " ="
        ).replace("，≈", " ≈")
        return Figure(points, explanation=told)

    def _reading(self, data: Any) -> tuple[Fraction | None, dict[str, Any]]:
        if not isinstance(data, Mapping):
            data = {} if data is None else {"value": data}
        mapping_at(data, self.source, {"value", "target", "previous"})
        found = {k: number_at(v, f"{self.source}.{k}") for k, v in data.items() if v is not None}
        told: dict[str, Any] = {"inputs": {key: text(number) for key, number in found.items()}}
        value, target, previous = (found.get(key) for key in ("value", "target", "previous"))
        reference = {"rate": target, "growth": previous, "change": previous}.get(self.measure)
        if value is None or (self.measure != "value" and reference is None):
            return None, told
        return self._measured(value, reference or Fraction(0)), told

    def _measured(self, value: Fraction, reference: Fraction) -> Fraction:
        if self.measure == "value":
            return value
        if self.measure == "change":
            return value - reference
        if reference == 0:
            raise InputError(self.source, "目标值或上期值为 0，不能计算比率")
        return value / reference - (1 if self.measure == "growth" else 0)


@dataclass(frozen=True, kw_only=True)
class Count(Node):
    source: str
    field: str
    each: Fraction
    cap: Fraction | None

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        raw = field_of(case.inputs.get(self.source), self.field, self.source)
        if raw is None:
            return Figure(None, "没有数据")
        number = whole(raw, self.source)
        value = self.each * number
        formula = f"{number} 次 × {text(self.each)} = {text(value)}"
        if self.cap is not None and value > self.cap:
            value, formula = self.cap, f"{formula}，封顶 {text(self.cap)}"
        return Figure(value, n=number, explanation={"count": number, "formula": formula})


@dataclass(frozen=True, kw_only=True)
class Rate(Node):
    """承诺兑现率 kept/total, 任务完成率 done/total."""

    source: str
    part: str
    per: Fraction
    late: Fraction

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        data = case.inputs.get(self.source)
        if data is None:
            return Figure(None, "没有数据", 0)
        data = mapping_at(data, self.source, {self.part, "total", "late", "excused"})
        done, total, late, excused = (
            whole(data.get(key, 0), f"{self.source}.{key}")
            for key in (self.part, "total", "late", "excused")
        )
        if done > total - excused or late > done:
            raise InputError(
                self.source, f"{self.part} 不能多于 total 减 excused，late 不能多于 {self.part}"
            )
        if total == excused:
            return Figure(None, "本期没有应完成的事项", 0)
        value = (done - late * (1 - self.late)) * self.per / (total - excused)
        return Figure(value, n=total - excused, explanation=self._told(data, value, late))

    def _told(self, data: Mapping[str, Any], value: Fraction, late: int) -> dict[str, Any]:
        done, base = int(data.get(self.part, 0)), int(data["total"]) - int(data.get("excused", 0))
        slow = f" - 逾期 {late} × {text(1 - self.late)}" if late and self.late != 1 else ""
        top = f"({done}{slow})" if slow else f"{done}"
        factor = "" if self.per == 1 else f" × {text(self.per)}"
        return {"inputs": dict(data), "formula": f"{top} ÷ {base}{factor} {self.about(value)}"}


@dataclass(frozen=True, kw_only=True)
class Contest(Node):
    source: str
    table: tuple[tuple[str, Fraction], ...]
    otherwise: Fraction | None
    take: str

    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def compute(self, case: Case) -> Figure:
        data = case.inputs.get(self.source)
        entries = data if isinstance(data, list | tuple) else [] if data is None else [data]
        if not entries:
            return Figure(None, "没有参加竞赛", 0)
        marks = [self._mark(entry, f"{self.source}[{i}]") for i, entry in enumerate(entries)]
        points = sorted((points for points, _ in marks), reverse=True)
        total = sum(points, Fraction(0))
        value = {"best": points[0], "sum": total, "mean": total / len(points)}[self.take]
        told = {
            "entries": sorted(word for _, word in marks),
            "formula": f"{TAKES[self.take]} {self.about(value)}",
        }
        return Figure(value, n=len(points), explanation=told)

    def _mark(self, entry: Any, path: str) -> tuple[Fraction, str]:
        if not isinstance(entry, Mapping):
            entry = {"place": entry}
        entry = mapping_at(entry, path, {"place", "award", "score", "full", "name"})
        name = f"{entry['name']}：" if entry.get("name") else ""
        if "score" in entry:
            score = number_at(entry["score"], f"{path}.score")
            full = number_at(entry.get("full", 100), f"{path}.full")
            if full <= 0:
                raise InputError(f"{path}.full", "满分应大于 0")
            points = score / full * (Fraction(100) if self.full is None else self.full)
            return points, f"{name}{text(score)}/{text(full)} 得 {text(points)} 分"
        won = as_key(entry.get("award", entry.get("place")))
        points_for = dict(self.table).get(won, self.otherwise)
        if points_for is None:
            raise InputError(path, f"分值表中没有“{won[:20]}”，也没有写 otherwise")
        return points_for, f"{name}{won} 得 {text(points_for)} 分"


def parse_value(fields: Fields, parsing: Parsing) -> Value:
    fields.required("source", "数据来源")
    low, high = parse_range(fields)
    return Value(
        **common(fields, parsing, named="数值"),
        source=fields.text("source"),
        field=fields.text("field"),
        low=low,
        high=high,
        table=_table(fields, "table"),
    )


def _table(fields: Fields, key: str) -> tuple[tuple[str, Fraction], ...]:
    raw = fields.raw(key, {})
    if not isinstance(raw, Mapping):
        fields.problem(key, "应为“名称: 分值”的映射")
        return ()
    found = []
    for name, points in raw.items():
        try:
            found.append((as_key(name), exact(points)))
        except ValueError as error:
            fields.problem(f"{key}.{as_key(name)}", str(error))
    return tuple(found)


def parse_constant(fields: Fields, parsing: Parsing) -> Constant:
    fields.required("value", "数值")
    return Constant(**common(fields, parsing, named="常数"), value=fields.number_or("value", 0))


def parse_indicator(fields: Fields, parsing: Parsing) -> Indicator:
    fields.required("source", "数据来源")
    return Indicator(
        **common(fields, parsing, named="指标"),
        source=fields.text("source"),
        measure=fields.choice("measure", MEASURES, "value"),
        convert=parse_conversion(fields),
    )


def parse_count(fields: Fields, parsing: Parsing) -> Count:
    fields.required("source", "数据来源")
    return Count(
        **common(fields, parsing, named="次数"),
        source=fields.text("source"),
        field=fields.text("field"),
        each=fields.number_or("each", 1),
        cap=fields.number("cap"),
    )


def parse_rate(fields: Fields, parsing: Parsing) -> Rate:
    fulfilment = fields.data.get("kind") == "fulfilment"
    fields.required("source", "数据来源")
    shared = common(fields, parsing, named="承诺兑现率" if fulfilment else "任务完成率")
    late = fields.share("late_counts")
    return Rate(
        **shared,
        source=fields.text("source"),
        part="kept" if fulfilment else "done",
        per=Fraction(100) if shared["full"] is None else shared["full"],
        late=Fraction(1) if late is None else late,
    )


def parse_contest(fields: Fields, parsing: Parsing) -> Contest:
    fields.required("source", "数据来源")
    return Contest(
        **common(fields, parsing, named="竞赛"),
        source=fields.text("source"),
        table=_table(fields, "points"),
        otherwise=fields.number("otherwise"),
        take=fields.choice("take", TAKES, "best"),
    )
