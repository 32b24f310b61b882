"""What every node of a recipe has, and how a figure with its explanation comes out of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.errors import Problem
from scoring.numbers import Rounding, about, rounded, shown, text
from scoring.reading import Fields
from scoring.scales import Scale

MISSING = {"none": "无结果", "renormalise": "其余权重归一", "zero": "按 0 计"}


@dataclass(frozen=True)
class Figure:
    """A value or the reason why there is none, with what explains it."""

    value: Fraction | None
    reason: str = ""
    n: int | None = None
    level: str | None = None
    limits: tuple[str, ...] = ()
    exempt: bool = False
    explanation: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Node:
    kind: str
    path: str
    key: str
    label: str
    weight: Fraction | None
    full: Fraction | None
    minimum_n: int
    rounding: Rounding | None
    display: int
    missing: str
    required: bool
    optional: bool
    exempt: Fraction | None

    def parts(self) -> tuple[Node, ...]:
        return ()

    def references(self) -> tuple[str, ...]:
        """Keys of other nodes whose figures this one reads."""
        return ()

    def sources(self) -> tuple[str, ...]:
        """Inputs this figure is made of; an exemption from one of them exempts the figure."""
        return ()

    def asks(self) -> tuple[str, ...]:
        """Inputs that its conditions look at."""
        return ()

    def compute(self, case: Case) -> Figure:
        raise NotImplementedError

    def shown(self, value: Fraction) -> str:
        if self.rounding:
            return shown(value, self.rounding.digits, self.rounding.mode)
        return shown(value, self.display)

    def about(self, value: Fraction) -> str:
        return about(value, self.display)


@dataclass
class Case:
    """One subject being scored: its inputs, its weights, what was computed so far."""

    inputs: Mapping[str, Any]
    weights: Mapping[str, Fraction]
    index: Mapping[str, Node]
    exempt: Mapping[str, str]
    found: dict[str, Figure] = field(default_factory=dict)

    def weight(self, node: Node) -> Fraction:
        return self.weights.get(node.key, node.weight or Fraction(0))

    def figure(self, key: str) -> Figure:
        return evaluate(self.index[key], self)


@dataclass
class Parsing:
    """What the parser carries along the tree."""

    problems: list[Problem]
    scales: Mapping[str, Scale]
    questionnaires: Mapping[str, Any]
    digits: int
    child: Callable[[object, str], Node | None]
    bands: tuple[str, ...] = ()


def blank(path: str) -> Node:
    """Stands where a part could not be read; a recipe with problems never gets to score."""
    return Node(
        kind="blank",
        path=path,
        key="",
        label="",
        weight=None,
        full=None,
        minimum_n=0,
        rounding=None,
        display=0,
        missing="none",
        required=False,
        optional=False,
        exempt=None,
    )


def evaluate(node: Node, case: Case) -> Figure:
    done = case.found.get(node.path)
    if done is None:
        done = case.found[node.path] = _explained(node, case)
    return done


def _explained(node: Node, case: Case) -> Figure:
    figure = _exempted(node, case) or _counted(node, node.compute(case))
    value, told = figure.value, dict(figure.explanation)
    if value is not None and node.rounding:
        exact_value, value = value, rounded(value, node.rounding)
        told["rounding"] = node.rounding.text
        told["unrounded"] = text(exact_value)
    told |= {"kind": node.kind, "label": node.label}
    told |= {"key": node.key} if node.key else {}
    told["value"] = None if value is None else text(value)
    told["shown"] = None if value is None else node.shown(value)
    told |= {"reason": figure.reason} if figure.reason else {}
    told |= {"n": figure.n} if figure.n is not None else {}
    told |= {"level": figure.level} if figure.level else {}
    told |= {"limits": list(figure.limits)} if figure.limits else {}
    return Figure(value, figure.reason, figure.n, figure.level, figure.limits, figure.exempt, told)


def _exempted(node: Node, case: Case) -> Figure | None:
    reason = exemption(node, case)
    if reason is None:
        return None
    if node.exempt is None:
        return Figure(None, f"免予评价：{reason}", exempt=True)
    return Figure(
        node.exempt, explanation={"notes": [f"免予评价（{reason}），按规定计 {text(node.exempt)}"]}
    )


def exemption(node: Node, case: Case) -> str | None:
    if not case.exempt and not node.sources():
        return None
    for name in (node.key, *node.sources()):
        if name and name in case.exempt:
            return case.exempt[name]
    sources = node.sources()
    data = case.inputs.get(sources[0]) if sources else None
    if isinstance(data, Mapping) and "exempt" in data:
        return str(data["exempt"] or "已批准")
    return None


def _counted(node: Node, figure: Figure) -> Figure:
    """Too few ballots or parts: no value; no data on a leaf may count 0."""
    value, reason = figure.value, figure.reason
    if value is not None and node.minimum_n and (figure.n or 0) < node.minimum_n:
        value, reason = None, f"只有 {figure.n or 0} 份，少于规定的 {node.minimum_n} 份，不计分"
    if value is None and not node.parts() and node.missing == "zero" and not figure.exempt:
        value, reason = Fraction(0), f"{reason}，按规定计 0"
    return Figure(
        value,
        reason,
        figure.n,
        figure.level if value is not None else None,
        figure.limits,
        figure.exempt,
        figure.explanation,
    )


def common(
    fields: Fields, parsing: Parsing, *, named: str, missing: str = "none"
) -> dict[str, Any]:
    """The keys that every node may have (docs/scoring.md §2)."""
    fields.raw("kind")
    rounding = fields.rounding("rounding")
    weight = fields.number("weight")
    if weight is not None and weight < 0:
        fields.problem("weight", "权重不能为负")
    name = fields.text("key")
    found: dict[str, Any] = {
        "kind": str(fields.data.get("kind")),
        "path": fields.path,
        "key": name,
        "label": fields.text("label", name or named),
        "weight": weight,
        "full": fields.number("full"),
        "minimum_n": fields.whole("minimum_n"),
        "rounding": rounding,
        "display": fields.whole("display", rounding.digits if rounding else parsing.digits),
        "missing": fields.choice("missing", MISSING, missing),
        "required": fields.flag("required"),
        "optional": fields.flag("optional"),
        "exempt": _exempt(fields),
    }
    if found["required"] and found["optional"]:
        fields.problem("required", "required 与 optional 不能同时为 true")
    if found["display"] > 6:
        fields.problem("display", "小数位数最多 6 位")
    return found


def _exempt(fields: Fields) -> Fraction | None:
    return None if fields.raw("exempt", "leave_out") == "leave_out" else fields.number("exempt")
