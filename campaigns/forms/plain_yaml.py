"""A small, safe part of YAML: mappings, lists and plain values, with the line of each.

No anchors, aliases, tags or merge keys; no key twice; nothing deeper than MAX_DEPTH. Values are read
as YAML 1.2 does: `yes`, `on` and `2026-03-01` stay text, `010` is text too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]

MAX_DEPTH = 24
MAX_NODES = 60_000
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,12}")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
SYNTAX = (
    ("found character that cannot start any token", "这里不能用制表符或这个符号开头；缩进请用空格"),
    ("mapping values are not allowed", "这里不能再写“键: 值”；检查缩进，文字里有冒号时请加引号"),
    ("did not find expected key", "缩进与上下文对不齐"),
    ("did not find expected '-' indicator", "列表的各项没有对齐"),
    ("could not find expected ':'", "缺少冒号；键与值之间写“: ”"),
    ("found unexpected end of stream", "引号或括号没有闭合"),
    ("did not find expected ',' or", "方括号或花括号没有闭合，或缺少逗号"),
    ("did not find expected <document start>", "这里多出了内容；检查上一行的引号和缩进"),
    ("control characters are not allowed", "含有不可见的控制字符"),
)


@dataclass(frozen=True)
class YamlProblem:
    line: int
    path: Path
    reason: str


@dataclass
class PlainYaml:
    """What was read: plain data, the line of every place, everything that was refused."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[YamlProblem] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a place, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def refuse(self, event, path: Path, reason: str) -> None:
        self.problems.append(YamlProblem(event.start_mark.line + 1, path, reason))


class _Stop(Exception):
    """Too deep, too much, or a second document: reading on would be pointless."""


def read_plain_yaml(text: str) -> PlainYaml:
    """Read a text; never raises, problems are collected in the answer."""
    result = PlainYaml()
    try:
        events = yaml.parse(text, Loader=PARSER)
        _Reader(result, events).read_document()
    except yaml.YAMLError as error:
        result.problems.append(_syntax_problem(error, text))
    except _Stop:
        pass
    return result


def _syntax_problem(error: yaml.YAMLError, text: str) -> YamlProblem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0) or 0
        line = text[:position].count("\n") + 1
    else:
        line = mark.line + 1
    said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    reason = next((chinese for english, chinese in SYNTAX if english in said), None)
    reason = reason or f"请检查这一行前后的缩进、引号和冒号（{said}）"
    return YamlProblem(line, (), f"YAML 写法有误：{reason}")


class _Reader:
    """Turns parser events into plain data without ever resolving an alias or a tag."""

    def __init__(self, result: PlainYaml, events: Iterator):
        self.result = result
        self.events = events
        self.nodes = 0

    def read_document(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
            if isinstance(event, yaml.StreamEndEvent):
                return
        self.result.data = self._node(next(self.events), ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.result.refuse(event, (), "一个文件只能写一个方案（不能用“---”分成几份）")
                raise _Stop

    def _node(self, event, path: Path) -> Any:
        self._guard(event, path)
        self.result.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            self.result.refuse(event, path, f"不允许引用（*{event.anchor}）；请把内容写全")
            return None
        self._refuse_extras(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return _plain_value(event)

    def _guard(self, event, path: Path) -> None:
        self.nodes += 1
        if len(path) > MAX_DEPTH:
            self.result.refuse(event, path[:6], f"嵌套太深，最多 {MAX_DEPTH} 层")
            raise _Stop
        if self.nodes > MAX_NODES:
            self.result.refuse(event, path, f"内容太多，最多 {MAX_NODES} 项")
            raise _Stop

    def _refuse_extras(self, event, path: Path) -> None:
        if event.anchor:
            self.result.refuse(event, path, f"不允许锚点（&{event.anchor}）；请直接写内容")
        if event.tag and event.tag != "!":
            self.result.refuse(event, path, f"不允许标签（{event.tag[:60]}）")
        if isinstance(event, yaml.ScalarEvent) and UNPRINTABLE.search(event.value):
            self.result.refuse(event, path, "含有不可见的控制字符")

    def _mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, path)
            where = (*path, key)
            if key in data:
                first = self.result.lines[where]
                self.result.refuse(event, where, f"键“{key}”重复：第 {first} 行已经写过")
            self.result.lines.setdefault(where, event.start_mark.line + 1)
            value = self._node(next(self.events), where)
            data.setdefault(key, value)
        return data

    def _key(self, event, path: Path) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event, path)
            if event.value == "<<" and event.implicit[0]:
                self.result.refuse(event, path, "不允许合并键（<<）；请把内容写全")
            return event.value
        if isinstance(event, yaml.AliasEvent):
            self.result.refuse(event, path, f"不允许引用（*{event.anchor}）；请把内容写全")
            return f"*{event.anchor}"
        self.result.refuse(event, path, "键只能是文字")
        raise _Stop

    def _sequence(self, path: Path) -> list[Any]:
        data: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            data.append(self._node(event, (*path, len(data))))
        return data


def _plain_value(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if not event.implicit[0]:  # quoted or a block of text
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text) if str(float(text)) == text else text
    return text
