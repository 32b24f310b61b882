"""A recipe as a whole: parsed, checked, ready to score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scoring.ballot_rules import BallotRules, parse_ballot_rules
from scoring.bands import Bands, parse_bands
from scoring.conditions import OUTCOME, Condition, parse_condition
from scoring.errors import Problem, RecipeError
from scoring.nodes.base import Node, Parsing, blank
from scoring.nodes.registry import parse_node
from scoring.nodes.sums import WeightedSum
from scoring.numbers import Rounding
from scoring.quotas import Quota, parse_quotas
from scoring.ranking import RankRule, parse_rank
from scoring.reading import Fields, as_key
from scoring.scales import Scale, parse_scale
from scoring.weights import settle_weights

DEPTH = 20
MOST_VALUES = 20_000
PUBLISHED = Rounding(2)


@dataclass(frozen=True)
class Requirement:
    """参评条件: whoever does not meet it gets a score, but no band and no place."""

    label: str
    when: Condition


@dataclass(frozen=True)
class Recipe:
    data: Mapping[str, Any]
    name: str
    root: Node
    figures: tuple[Node, ...]
    index: Mapping[str, Node]
    sources: tuple[str, ...]
    rounding: Rounding
    bands: Bands
    eligible: tuple[Requirement, ...]
    quotas: tuple[Quota, ...]
    rank: RankRule
    emphasis: Mapping[str, Mapping[str, Fraction]]
    scales: Mapping[str, Scale]
    ballot_rules: BallotRules

    def nodes(self) -> Iterator[Node]:
        for top in (self.root, *self.figures):
            yield from walk(top)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts():
        yield from walk(part)


def parse_recipe(data: Mapping[str, Any]) -> Recipe:
    """Check everything; raise RecipeError with all problems, each with its place."""
    problems: list[Problem] = []
    _bounded(data)
    fields = Fields(data, "", problems)
    recipe = _parsed(fields, problems) if fields.data else None
    if problems or recipe is None:
        raise RecipeError.of(problems or [("", "方案是空的")])
    return recipe


def _bounded(data: object) -> None:
    """A YAML anchor can hold itself or unfold to billions of values; neither gets further."""
    seen = 0
    stack: list[tuple[object, str, tuple[int, ...]]] = [(data, "", ())]
    while stack:
        value, path, above = stack.pop()
        seen += 1
        if id(value) in above:
            raise RecipeError(path, "循环引用：这一处又引用了包含它的上一级")
        if len(above) > DEPTH * 3 or seen > MOST_VALUES:
            raise RecipeError(path, f"层次过深或内容过多（最多 {MOST_VALUES} 项）")
        inside = (*above, id(value))
        if isinstance(value, Mapping):
            stack += [(v, f"{path}.{k}".strip("."), inside) for k, v in value.items()]
        elif isinstance(value, list | tuple):
            stack += [(v, f"{path}[{i}]", inside) for i, v in enumerate(value)]


def _parsed(fields: Fields, problems: list[Problem]) -> Recipe:
    fields.text("note")
    rounding = fields.rounding("rounding", PUBLISHED) or PUBLISHED
    bands = _bands(fields, rounding)
    parsing = _parsing(fields, problems, rounding, bands)
    fields.required("score", "得分树")
    root = (parsing.child(fields.raw("score"), "score") if fields.has("score") else None) or blank(
        "score"
    )
    figures = _figures(fields, parsing)
    index = _index([root, *figures], problems)
    recipe = Recipe(
        data=fields.data,
        name=fields.text("name", "综合得分"),
        root=root,
        figures=figures,
        index=index,
        sources=(),
        rounding=rounding,
        bands=bands,
        eligible=_eligible(fields),
        quotas=parse_quotas(fields, bands, problems),
        rank=parse_rank(fields.raw("rank", {}), "rank", problems),
        emphasis=_emphasis(fields, index, [root, *figures]),
        scales=parsing.scales,
        ballot_rules=parse_ballot_rules(fields.raw("ballot_rules", []), "ballot_rules", problems),
    )
    fields.done()
    _check_references(recipe, problems)
    return replace(recipe, sources=_sources(recipe))


def _parsing(fields: Fields, problems: list[Problem], rounding: Rounding, bands: Bands) -> Parsing:
    scales = {}
    for name, raw in fields.inner("scales").data.items():
        scale = parse_scale(raw, f"scales.{name}", problems)
        if scale:
            scales[name] = scale
    questionnaires = fields.inner("questionnaires").data
    depth = 0

    def child(data: object, path: str) -> Node | None:
        nonlocal depth
        if depth >= DEPTH:
            problems.append((path, f"得分树最多 {DEPTH} 层"))
            return None
        depth += 1
        node = parse_node(data, path, parsing)
        depth -= 1
        return node

    parsing = Parsing(problems, scales, questionnaires, rounding.digits, child, bands.labels)
    return parsing


def _figures(fields: Fields, parsing: Parsing) -> tuple[Node, ...]:
    """Figures beside the score: shown, used by conditions and tie-breakers, not added up."""
    found = []
    for key, raw in fields.inner("figures").data.items():
        if isinstance(raw, Mapping) and "key" not in raw:
            raw = {**raw, "key": key}
        node = parsing.child(raw, f"figures.{key}")
        if node and node.weight is not None:
            parsing.problems.append((f"figures.{key}.weight", "figures 不计入得分，不写权重"))
        found += [node] if node else []
    return tuple(found)


def _bands(fields: Fields, rounding: Rounding) -> Bands:
    raw = fields.raw("bands")
    return Bands() if raw is None else parse_bands(raw, "bands", fields.problems, rounding)


def _eligible(fields: Fields) -> tuple[Requirement, ...]:
    found = []
    for path, item in fields.items("eligible"):
        inner = Fields(item, path, fields.problems)
        inner.required("when", "条件")
        when = parse_condition(inner.raw("when", {}), inner.at("when"), fields.problems)
        found.append(Requirement(inner.text("label"), when))
        inner.done()
    return tuple(found)


def _index(tops: list[Node], problems: list[Problem]) -> dict[str, Node]:
    index: dict[str, Node] = {}
    for top in tops:
        for node in walk(top):
            if node.key == OUTCOME and node.path != "score":
                problems.append((f"{node.path}.key", f"“{OUTCOME}”是总分的键，不能另用"))
            elif node.key and node.key in index:
                problems.append(
                    (f"{node.path}.key", f"key“{node.key}”重复，已用于 {index[node.key].path}")
                )
            elif node.key:
                index[node.key] = node
    index[OUTCOME] = tops[0]
    return index


def _emphasis(
    fields: Fields, index: Mapping[str, Node], tops: list[Node]
) -> dict[str, dict[str, Fraction]]:
    """unit type → {node key: weight}; every sum it touches must still add up."""
    found: dict[str, dict[str, Fraction]] = {}
    for unit_type, raw in fields.inner("emphasis").data.items():
        inner = Fields(raw, f"emphasis.{unit_type}", fields.problems)
        stated = {key: inner.number_or(key, 0) for key in inner.data}
        sums = [n for top in tops for n in walk(top) if isinstance(n, WeightedSum)]
        settled: dict[str, Fraction] = {}
        for node in sums:
            settled |= _overridden(node, stated, inner)
        for key in stated:
            if key not in settled:
                known = (
                    "没有这个 key"
                    if key not in index
                    else "它不是 weighted_sum 的一部分，没有权重可改"
                )
                inner.problem(key, known)
        found[as_key(unit_type)] = settled
    return found


def _overridden(
    node: WeightedSum, stated: Mapping[str, Fraction], inner: Fields
) -> dict[str, Fraction]:
    touched = [child.key for child in node.children if child.key in stated]
    if not touched or len(node.weights) != len(node.children):
        return {}
    weights = [
        stated.get(child.key, weight)
        for child, weight in zip(node.children, node.weights, strict=True)
    ]
    if sum(weights) != 1 and len(touched) < len(node.children):
        hundred = sum(stated[key] for key in touched) > 1
        weights = [
            stated[c.key] / (100 if hundred else 1) if c.key in stated else w
            for c, w in zip(node.children, node.weights, strict=True)
        ]
    settled = settle_weights(weights, inner.path, inner.problems)
    pairs = zip(node.children, settled, strict=True)
    return {child.key: weight for child, weight in pairs if child.key in touched}


def _check_references(recipe: Recipe, problems: list[Problem]) -> None:
    """Every key that is referred to exists, and no figure needs itself."""
    for node in recipe.nodes():
        for key in node.references():
            if key not in recipe.index:
                problems.append((node.path, f"引用了不存在的 key“{key}”"))
    wanted = [
        (band.path, key)
        for band in recipe.bands.items
        for key in (band.when.references() if band.when else ())
    ]
    wanted += [("rank", key) for key in recipe.rank.figures()]
    wanted += [("eligible", key) for need in recipe.eligible for key in need.when.references()]
    for path, key in wanted:
        if key not in recipe.index:
            problems.append((path, f"引用了不存在的 key“{key}”"))
    if recipe.rank.minimum_n and not recipe.rank.n_of and recipe.root.parts():
        problems.append(("rank.n_of", "写了 minimum_n，还要写 n_of：按哪一部分（key）的份数"))
    _check_cycles(recipe, problems)


def _check_cycles(recipe: Recipe, problems: list[Problem]) -> None:
    state: dict[str, int] = {}

    def visit(node: Node) -> bool:
        if state.get(node.path):
            return state[node.path] == 1
        state[node.path] = 1
        needed = [*node.parts(), *(recipe.index[k] for k in node.references() if k in recipe.index)]
        for other in needed:
            if visit(other):
                problems.append((node.path, f"循环引用：“{node.label}”的得分又要用到它自己"))
                state[node.path] = 2
                return False
        state[node.path] = 2
        return False

    for node in recipe.nodes():
        visit(node)


def _sources(recipe: Recipe) -> tuple[str, ...]:
    names = {name for node in recipe.nodes() for name in (*node.sources(), *node.asks())}
    for band in recipe.bands.items:
        names |= set(band.when.sources() if band.when else ())
    names |= {name for need in recipe.eligible for name in need.when.sources()}
    return tuple(sorted(names))
