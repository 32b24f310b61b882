"""Reading a mapping key by key: every problem is collected with its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Any

from scoring.errors import Problem
from scoring.numbers import MODES, Rounding, exact

MAX_DIGITS = 6
MAX_TEXT = 200


def as_key(raw: object) -> str:
    """YAML turns 10 into a number; as a level or a unit type it is a name."""
    return str(raw).strip()


class Fields:
    """One mapping of the recipe. Take what you know, then `done()` refuses the rest by name."""

    def __init__(self, data: object, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.data: dict[str, Any] = {}
        self.known: list[str] = []
        if isinstance(data, Mapping):
            self.data = {as_key(key): value for key, value in data.items()}
            for key in data:
                if isinstance(key, bool):  # YAML reads on, off, yes, no as true and false
                    self.problem(as_key(key), "这个键被 YAML 读成了是/否，请加引号")
        else:
            self.problem("", f"应为“键: 值”的映射，现为{kind_of(data)}")

    def at(self, key: str) -> str:
        return ".".join(filter(None, [self.path, key]))

    def problem(self, key: str, message: str) -> None:
        self.problems.append((self.at(key), message))

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def raw(self, key: str, default: Any = None) -> Any:
        self.known.append(key)
        value = self.data.get(key)
        return default if value is None else value

    def required(self, key: str, meaning: str) -> Any:
        if not self.has(key):
            self.problem(key, f"缺少“{key}”（{meaning}）")
        return self.raw(key)

    def text(self, key: str, default: str = "") -> str:
        value = self.raw(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            if value != default:
                self.problem(key, f"应为文字，现为{kind_of(value)}")
            return default
        if len(str(value)) > MAX_TEXT:
            self.problem(key, f"文字过长（最多 {MAX_TEXT} 字）")
        return as_key(value)

    def names(self, key: str) -> tuple[str, ...]:
        value = self.raw(key, [])
        if isinstance(value, str | int) and not isinstance(value, bool):
            value = [value]
        if not isinstance(value, list | tuple):
            self.problem(key, f"应为名称的列表，现为{kind_of(value)}")
            return ()
        return tuple(as_key(name) for name in value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.raw(key, default)
        if not isinstance(value, bool):
            self.problem(key, "应为 true 或 false")
            return default
        return value

    def choice(self, key: str, options: Collection[str], default: str) -> str:
        value = self.raw(key, default)
        if not isinstance(value, str) or value not in options:
            self.problem(key, f"“{value}”不在可选范围：{'、'.join(options)}")
            return default
        return value

    def number(self, key: str) -> Fraction | None:
        self.known.append(key)
        return self._checked(key, exact) if self.has(key) else None

    def number_or(self, key: str, default: Fraction | int) -> Fraction:
        number = self.number(key)
        return Fraction(default) if number is None else number

    def share(self, key: str) -> Fraction | None:
        number = self.number(key)
        if number is not None and not 0 <= number <= 1:
            self.problem(key, f"应在 0 与 1（100%）之间，现为 {self.data[key]}")
        return number

    def _checked(self, key: str, read: Callable[[object], Fraction]) -> Fraction | None:
        try:
            return read(self.raw(key))
        except ValueError as error:
            self.problem(key, str(error))
            return None

    def whole(self, key: str, default: int = 0, least: int = 0) -> int:
        value = self.raw(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(key, f"应为整数，现为{kind_of(value)}")
            return default
        if not least <= value <= 10**9:
            self.problem(key, f"不能小于 {least}，也不能过大")
        return value

    def rounding(self, key: str, default: Rounding | None = None) -> Rounding | None:
        if not self.has(key):
            self.known.append(key)
            return default
        value = self.raw(key)
        inner = Fields(
            {"digits": value} if isinstance(value, int) else value, self.at(key), self.problems
        )
        if not inner.data:
            return default
        inner.required("digits", "保留几位小数")
        rule = Rounding(inner.whole("digits"), inner.choice("mode", MODES, "half_up"))
        inner.done()
        if rule.digits > MAX_DIGITS:
            inner.problem("digits", f"小数位数最多 {MAX_DIGITS} 位")
            return default
        return rule

    def inner(self, key: str) -> Fields:
        return Fields(self.raw(key, {}), self.at(key), self.problems)

    def items(self, key: str) -> list[tuple[str, Any]]:
        """(path, value) of a list; a problem when it is something else."""
        value = self.raw(key, [])
        if not isinstance(value, list | tuple):
            self.problem(key, f"应为列表，现为{kind_of(value)}")
            return []
        return [(f"{self.at(key)}[{index}]", item) for index, item in enumerate(value)]

    def done(self) -> None:
        for key in self.data:
            if key not in self.known:
                near = difflib.get_close_matches(key, self.known, n=1)
                hint = f"，是不是“{near[0]}”？" if near else ""
                self.problem(key, f"不认识的键“{key[:40]}”{hint}")


def kind_of(value: object) -> str:
    names = {dict: "映射", list: "列表", str: "文字", bool: "是/否", type(None): "空"}
    return names.get(type(value), "数字" if isinstance(value, int | float) else "其他类型")
