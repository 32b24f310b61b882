"""Places: 1,2,2,4 by default, on exact values, inside a group; a tie is never broken by chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.errors import Problem, RecipeError
from scoring.reading import Fields
from scoring.results import Result

METHODS = {"competition": "1,2,2,4", "dense": "1,2,2,3", "modified": "1,3,3,4"}
ORDERS = {"high_first": "高者在前", "low_first": "低者在前"}
Key = tuple[tuple[bool, int], ...]


@dataclass(frozen=True)
class RankRule:
    method: str = "competition"
    order: str = "high_first"
    then: tuple[tuple[str, str], ...] = ()
    groups: str = ""
    minimum_n: int = 0
    n_of: str = ""
    uses: str = "exact"

    def figures(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.then) + ((self.n_of,) if self.n_of else ())


def parse_rank(data: object, path: str, problems: list[Problem]) -> RankRule:
    fields = Fields(data, path, problems)
    then = [_then(item, where, problems) for where, item in fields.items("then")]
    rule = RankRule(
        method=fields.choice("method", METHODS, "competition"),
        order=fields.choice("order", ORDERS, "high_first"),
        then=tuple(then),
        groups=fields.text("groups"),
        minimum_n=fields.whole("minimum_n"),
        n_of=fields.text("n_of"),
        uses=fields.choice("uses", ("exact", "rounded"), "exact"),
    )
    fields.done()
    return rule


def _then(item: object, path: str, problems: list[Problem]) -> tuple[str, str]:
    """A tie-breaker: the key of a figure, or {figure, order}."""
    fields = Fields({"figure": item} if isinstance(item, str) else item, path, problems)
    fields.required("figure", "得分的 key")
    found = fields.text("figure"), fields.choice("order", ORDERS, "high_first")
    fields.done()
    return found


def rule_of(rule: object) -> RankRule:
    """A rule, a recipe's rule, or data."""
    if isinstance(rule, RankRule):
        return rule
    found = getattr(rule, "rank", None)
    if isinstance(found, RankRule):
        return found
    problems: list[Problem] = []
    parsed = parse_rank(rule or {}, "rank", problems)
    if problems:
        raise RecipeError.of(problems)
    return parsed


def sort_keys(results: Mapping[str, Result], rule: RankRule) -> dict[str, Key]:
    """Smaller sorts first; a missing tie-breaker sorts last.

    Fractions become whole numbers in the same order and with the same ties: two that differ do so
    by more than one over the product of their denominators.
    """
    columns = [(_column(results, None, rule), rule.order)]
    columns += [(_column(results, key, rule), order) for key, order in rule.then]
    keyed = [_wholes(values, order) for values, order in columns]
    return dict(zip(results, zip(*keyed, strict=True), strict=True))


def _column(
    results: Mapping[str, Result], key: str | None, rule: RankRule
) -> list[Fraction | None]:
    if key is not None:
        return [result.figures.get(key) for result in results.values()]
    if rule.uses == "exact":
        return [result.value for result in results.values()]
    return [None if r.rounded is None else Fraction(r.rounded) for r in results.values()]


def whole_keys(above: Sequence[int], below: Sequence[int], order: str) -> list[int]:
    """The same for pairs; what has no value (below 0) sorts last."""
    shift = 2 * max((one.bit_length() for one in below), default=0)
    sign = -1 if order == "high_first" else 1
    keys = [
        sign * ((one << shift) // part) if part else 0
        for one, part in zip(above, below, strict=True)
    ]
    if 0 in below:
        last = max(keys) + 1
        keys = [key if part else last for key, part in zip(keys, below, strict=True)]
    return keys


def _wholes(values: list[Fraction | None], order: str) -> list[tuple[bool, int]]:
    widest = max((v.denominator.bit_length() for v in values if v is not None), default=0)
    shift, sign = 2 * widest, -1 if order == "high_first" else 1
    return [
        (True, 0) if v is None else (False, sign * ((v.numerator << shift) // v.denominator))
        for v in values
    ]


def rank(
    results: Mapping[str, Result],
    rule: RankRule | Mapping[str, Any] | object | None = None,
    *,
    groups: Mapping[str, str] | None = None,
    n: Mapping[str, int] | None = None,
) -> dict[str, int | None]:
    """Places by subject id inside each group; None for who has no score or too few ballots."""
    known = rule_of(rule)
    places: dict[str, int | None] = dict.fromkeys(results)
    keys = sort_keys(results, known)
    members: dict[str, list[tuple[Key, str]]] = {}
    for subject, result in results.items():
        if result.value is not None and result.eligible and _enough(subject, result, known, n):
            group = (groups or {}).get(subject, "")
            members.setdefault(group, []).append((keys[subject], subject))
    for ordered in members.values():
        places |= _places(sorted(ordered), known.method)
    return places


def _enough(subject: str, result: Result, rule: RankRule, n: Mapping[str, int] | None) -> bool:
    if not rule.minimum_n:
        return True
    ballots = n.get(subject, 0) if n is not None else result.ns.get(rule.n_of or "score", 0)
    return ballots >= rule.minimum_n


def ordered_places(
    members: Sequence[int], keys: Sequence[int], method: str
) -> Iterator[tuple[int, int]]:
    """(member, place) of one group by keys."""
    ordered = sorted(members, key=keys.__getitem__)
    start, level = 0, 0
    while start < len(ordered):
        end, key = start + 1, keys[ordered[start]]
        while end < len(ordered) and keys[ordered[end]] == key:
            end += 1
        level += 1
        place = {"competition": start + 1, "dense": level, "modified": end}[method]
        for member in ordered[start:end]:
            yield member, place
        start = end


def _places(ordered: list[tuple[Key, str]], method: str) -> dict[str, int]:
    ties: list[list[str]] = []
    previous: Key | None = None
    for key, subject in ordered:
        if key != previous:
            ties.append([])
        ties[-1].append(subject)
        previous = key
    places: dict[str, int] = {}
    before = 0
    for level, tied in enumerate(ties, start=1):
        place = {"competition": before + 1, "dense": level, "modified": before + len(tied)}[method]
        places |= dict.fromkeys(tied, place)
        before += len(tied)
    return places
