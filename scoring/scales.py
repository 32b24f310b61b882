"""Scales (量表): levels with values, and counts per level read against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring.errors import InputError, Problem
from scoring.numbers import exact
from scoring.reading import Fields, as_key

MOST_LEVELS = 200
GRADE_ONLY_N = 3  # a suppressed figure comes from at least this many ballots (design §6)
TOTALS = {"sum", "n", "unknown"}


@dataclass(frozen=True)
class Level:
    key: str
    label: str
    value: Fraction | None  # None: 不了解


@dataclass(frozen=True)
class Scale:
    levels: tuple[Level, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        return {level.key: index for index, level in enumerate(self.levels)}

    @cached_property
    def values(self) -> tuple[Fraction | None, ...]:
        return tuple(level.value for level in self.levels)

    @cached_property
    def unknown(self) -> frozenset[str]:
        return frozenset(level.key for level in self.levels if level.value is None)

    @cached_property
    def labels(self) -> dict[str, str]:
        """How the explanation calls each level; two levels of one label keep their keys."""
        labels = [level.label for level in self.levels]
        return {
            level.key: level.label if labels.count(level.label) == 1 else level.key
            for level in self.levels
        }

    def level(self, key: str, path: str) -> Level:
        if key not in self.place:
            raise InputError(path, f"量表中没有“{key[:20]}”这一档")
        return self.levels[self.place[key]]


@dataclass(frozen=True)
class Counts:
    """One histogram: ballots with a value, their sum, and ballots 不了解."""

    n: int
    total: Fraction
    unknown: int = 0
    by_level: dict[str, int] = field(default_factory=dict)
    grade: str = ""

    def told(self, scale: Scale) -> dict[str, Any]:
        if self.grade:
            return {"grade": scale.labels[self.grade]}
        if self.by_level:
            return {scale.labels[key]: number for key, number in self.by_level.items()}
        return {"sum": str(self.total), "n": self.n, "unknown": self.unknown}


def parse_scale(data: object, path: str, problems: list[Problem]) -> Scale | None:
    """A mapping level → value, or a list of {key, label, value}."""
    if isinstance(data, list | tuple):
        levels = [_listed(item, f"{path}[{index}]", problems) for index, item in enumerate(data)]
    elif isinstance(data, Mapping):
        levels = [_level(as_key(k), as_key(k), v, path, problems) for k, v in data.items()]
    else:
        problems.append((path, "量表应为“档次: 分值”的映射"))
        return None
    if isinstance(data, Mapping) and any(isinstance(key, bool) for key in data):
        problems.append((path, "有档次被 YAML 读成了是/否（on、off、yes、no），请加引号"))
    keys = [level.key for level in levels]
    if len(set(keys)) < len(keys):
        problems.append((path, "量表中有重名的档次"))
    if len(levels) > MOST_LEVELS:
        problems.append((path, f"量表最多 {MOST_LEVELS} 档"))
    if all(level.value is None for level in levels):
        problems.append((path, "量表至少要有一档有分值"))
    return Scale(tuple(levels))


def _listed(item: object, path: str, problems: list[Problem]) -> Level:
    fields = Fields(item, path, problems)
    if fields.data:
        fields.required("key", "档次的键")
        if "value" not in fields.data:
            fields.problem("value", "缺少“value”（分值；不了解写 null）")
    key = fields.text("key")
    level = _level(key, fields.text("label", key), fields.raw("value"), path, problems)
    fields.done()
    return level


def _level(key: str, label: str, raw: object, path: str, problems: list[Problem]) -> Level:
    if raw is None:
        return Level(key, label, None)
    try:
        return Level(key, label, exact(raw))
    except ValueError as error:
        problems.append((f"{path}.{key}", f"分值{error}"))
        return Level(key, label, Fraction(0))


def picked(data: Any, question: str, scale: Scale, path: str) -> Any:
    """One question's counts of a sheet; of a suppressed sheet its one grade, where it fits."""
    if data is None:
        return None
    inner = data.get("questions", data) if isinstance(data, Mapping) else data
    if not isinstance(inner, Mapping):
        raise InputError(path, "应为每题的票数")
    if "grade" in inner and question not in inner:
        return {"grade": inner["grade"]} if as_key(inner["grade"]) in scale.place else None
    return inner.get(question)


def read_counts(data: Any, scale: Scale, path: str) -> Counts | None:
    """None when there is nothing: no data, or suppressed because there were too few."""
    if isinstance(data, Mapping) and "counts" in data:
        data = data["counts"]
    if data is None:
        return None
    if isinstance(data, list | tuple):
        return _positional(data, scale, path)
    if not isinstance(data, Mapping):
        raise InputError(path, "应为每档的票数")
    if "grade" in data and "grade" not in scale.place:
        return _grade_only(data, scale, path)
    if "sum" in data and set(data) <= TOTALS and "sum" not in scale.place:
        return _totals(data, path)
    if data.get("hidden") is True:
        return None
    return _named(data, scale, path)


def whole(raw: object, path: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= 10**9:
        raise InputError(path, f"票数应为非负整数，现为“{str(raw)[:20]}”")
    return raw


def _named(data: Mapping[Any, Any], scale: Scale, path: str) -> Counts | None:
    counts = dict.fromkeys(scale.place, 0)
    for key, number in data.items():
        level = scale.level(as_key(key), f"{path}.{as_key(key)}")
        counts[level.key] += whole(number, f"{path}.{level.key}")
    return _summed(counts, scale)


def _positional(data: list[Any] | tuple[Any, ...], scale: Scale, path: str) -> Counts | None:
    if len(data) != len(scale.levels):
        raise InputError(path, f"有 {len(data)} 个票数，量表有 {len(scale.levels)} 档")
    numbers = [whole(number, f"{path}[{index}]") for index, number in enumerate(data)]
    return _summed(dict(zip(scale.place, numbers, strict=True)), scale)


def _summed(counts: dict[str, int], scale: Scale) -> Counts | None:
    n = unknown = 0
    total = Fraction(0)
    for level in scale.levels:
        number = counts[level.key]
        if level.value is None:
            unknown += number
        else:
            n += number
            total += level.value * number
    return Counts(n, total, unknown, counts) if n + unknown else None


def _grade_only(data: Mapping[Any, Any], scale: Scale, path: str) -> Counts | None:
    if data["grade"] is None:
        return None
    level = scale.level(as_key(data["grade"]), f"{path}.grade")
    if level.value is None:
        return None
    return Counts(GRADE_ONLY_N, level.value * GRADE_ONLY_N, grade=level.key)


def _totals(data: Mapping[Any, Any], path: str) -> Counts | None:
    n, unknown = whole(data.get("n"), f"{path}.n"), whole(data.get("unknown", 0), f"{path}.unknown")
    try:
        total = exact(data["sum"])
    except ValueError as error:
        raise InputError(f"{path}.sum", str(error)) from None
    return Counts(n, total, unknown) if n + unknown else None
