"""Quotas on the outcome (优秀不超过三分之一): never exceeded, never filled by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from scoring.bands import Bands
from scoring.errors import Problem
from scoring.numbers import Rounding, percent, rounded
from scoring.ranking import sort_keys
from scoring.reading import Fields
from scoring.results import Result

if TYPE_CHECKING:
    from scoring.recipe import Recipe

Member = TypeVar("Member")
Order = TypeVar("Order")
ROUNDINGS = {"floor": "down", "round": "half_up", "ceil": "up"}
WORDS = {"floor": "向下取整", "round": "四舍五入", "ceil": "向上取整"}
BASES = {"all": "全体", "scored": "有成绩者", "not_exempt": "应参评者"}
CANDIDATES = {"band": "分数达到等次者", "all": "全体有成绩者按名次"}


@dataclass(frozen=True)
class Quota:
    bands: tuple[str, ...]
    share: Fraction | None
    count: int | None
    table: tuple[tuple[int, int], ...]
    rounding: str
    minimum: int
    maximum: int | None
    base: str
    candidates: str
    overflow: str
    per_group: bool

    def seats(self, base: int) -> int:
        if self.table:
            seats = max((s for n, s in self.table if base >= n), default=0)
        elif self.count is not None:
            seats = self.count
        else:
            share = (self.share or Fraction(0)) * base
            seats = int(rounded(share, Rounding(0, ROUNDINGS[self.rounding])))
        if self.maximum is not None:
            seats = min(seats, self.maximum)
        return min(max(seats, self.minimum), base)

    def told(self, base: int) -> str:
        names = "、".join(self.bands)
        if self.table or self.count is not None:
            how = "按名额表" if self.table else "定额"
        else:
            how = f"× {percent(self.share or Fraction(0))} {WORDS[self.rounding]}"
        least = f"，至少 {self.minimum} 名" if self.minimum else ""
        return f"{names}名额：{BASES[self.base]} {base} 人{how}{least} = {self.seats(base)} 名"


def parse_quotas(fields: Fields, bands: Bands, problems: list[Problem]) -> tuple[Quota, ...]:
    items = (
        fields.items("quota")
        if isinstance(fields.raw("quota", []), list | tuple)
        else [("quota", fields.raw("quota"))]
    )
    quotas = [_quota(Fields(item, path, problems), bands) for path, item in items]
    return tuple(quota for quota in quotas if quota.bands)


def _quota(fields: Fields, bands: Bands) -> Quota:
    fields.required("band", "等次")
    names = fields.names("band")
    for name in names:
        if name not in bands.labels:
            fields.problem("band", f"等次表 bands 中没有“{name}”")
    stated = [key for key in ("share", "count", "table") if fields.has(key)]
    if len(stated) != 1:
        fields.problem("share", "名额要写 share（比例）、count（定额）、table（名额表）之一")
    count = fields.whole("count") if fields.has("count") else None
    maximum = fields.whole("maximum") if fields.has("maximum") else None
    quota = Quota(
        bands=names,
        share=fields.share("share"),
        count=count,
        table=_table(fields),
        rounding=fields.choice("rounding", ROUNDINGS, "floor"),
        minimum=fields.whole("minimum"),
        maximum=maximum,
        base=fields.choice("base", BASES, "all"),
        candidates=fields.choice("candidates", CANDIDATES, "band"),
        overflow=fields.text("overflow", _next(names, bands)),
        per_group=fields.choice("per", ("group", "all"), "group") == "group",
    )
    _checked(quota, fields, bands)
    fields.done()
    return quota


def _next(names: tuple[str, ...], bands: Bands) -> str:
    places = [bands.labels.index(name) for name in names if name in bands.labels]
    after = max(places, default=-1) + 1
    return bands.labels[after] if 0 < after < len(bands.labels) else ""


def _checked(quota: Quota, fields: Fields, bands: Bands) -> None:
    if quota.maximum is not None and quota.minimum > quota.maximum:
        fields.problem("minimum", "minimum 不能大于 maximum")
    if quota.overflow not in bands.labels or quota.overflow in quota.bands:
        fields.problem("overflow", "超出名额的人归入哪一等次：应为 bands 中另一个等次")
    elif (
        _next(quota.bands, bands)
        and quota.overflow in bands.labels[: bands.labels.index(_next(quota.bands, bands))]
    ):
        fields.problem("overflow", "超出名额的人只能归入更低的等次")


def _table(fields: Fields) -> tuple[tuple[int, int], ...]:
    rows = []
    for path, item in fields.items("table"):
        inner = Fields(item, path, fields.problems)
        inner.required("from", "人数不少于")
        inner.required("seats", "名额")
        rows.append((inner.whole("from"), inner.whole("seats")))
        inner.done()
    return tuple(sorted(rows))


def apply_quota(
    results: Mapping[str, Result],
    recipe: Recipe,
    *,
    groups: Mapping[str, str] | None = None,
    base: Mapping[str, int] | int | None = None,
) -> dict[str, dict[str, Any]]:
    """Final band by subject id, with the reason and who is tied at the limit.

    `base` overrides the head count a share is taken of: one number, or one per group.
    """
    outcome: dict[str, dict[str, Any]] = {
        subject: {"band": results[subject].band, "notes": []} for subject in sorted(results)
    }
    for quota in recipe.quotas:
        for group, members in _grouped(results, quota, groups).items():
            heads = base.get(group) if isinstance(base, Mapping) else base
            _fill(quota, members, results, recipe, outcome, heads)
    return outcome


def _grouped(
    results: Mapping[str, Result], quota: Quota, groups: Mapping[str, str] | None
) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for subject in sorted(results):
        group = (groups or {}).get(subject, "") if quota.per_group else ""
        members.setdefault(group, []).append(subject)
    return members


def _heads(quota: Quota, members: list[str], results: Mapping[str, Result]) -> int:
    if quota.base == "scored":
        return sum(results[subject].value is not None for subject in members)
    if quota.base == "not_exempt":
        return sum(not results[subject].exempt for subject in members)
    return len(members)


def _fill(  # noqa: PLR0913
    quota: Quota,
    members: list[str],
    results: Mapping[str, Result],
    recipe: Recipe,
    outcome: dict[str, dict[str, Any]],
    heads: int | None,
) -> None:
    heads = _heads(quota, members, results) if heads is None else heads
    labels = recipe.bands.labels
    holders = [subject for subject in members if outcome[subject]["band"] in quota.bands]
    wanting = holders
    if quota.candidates == "all":
        wanting = [s for s in members if _may(quota, results[s], outcome[s]["band"], labels)]
    keys = sort_keys({subject: results[subject] for subject in wanting}, recipe.rank)
    keyed = [((place_of(outcome[s]["band"], quota, labels), keys[s]), s) for s in wanting]
    chosen, tied = top(sorted(keyed), quota.seats(heads))
    for subject in {*holders, *wanting}:
        _settle(quota, outcome[subject], subject in chosen, subject in tied, quota.told(heads))


def _settle(quota: Quota, told: dict[str, Any], chosen: bool, tied: bool, limit: str) -> None:
    if tied:
        told["tied"] = True
    if chosen:
        told["band"] = told["band"] if told["band"] in quota.bands else quota.bands[0]
        told["notes"].append(limit)
    elif told["band"] in quota.bands:
        told["band"] = quota.overflow
        why = "在限额处并列，不随机取舍，一并归入" if tied else "超出名额，归入"
        told["notes"].append(f"{limit}；{why}{quota.overflow}")


def _may(quota: Quota, result: Result, band: str | None, labels: tuple[str, ...]) -> bool:
    scored = result.eligible and result.value is not None
    return scored and may_take(quota, band, result.limits, labels)


def may_take(
    quota: Quota, band: str | None, limits: tuple[str, ...], labels: tuple[str, ...]
) -> bool:
    """Nobody is lifted over a limit that a gate has set, nor taken down from a better band."""
    best = labels.index(quota.bands[0])
    if band in labels[:best]:
        return False
    return all(labels.index(limit) <= best for limit in limits if limit in labels)


def place_of(band: str, quota: Quota, labels: tuple[str, ...]) -> int:
    """Where a quota is for two bands together, the better band goes first."""
    return labels.index(band) if quota.candidates == "band" and len(quota.bands) > 1 else 0


def top(
    ordered: Sequence[tuple[tuple[int, Order], Member]], seats: int
) -> tuple[set[Member], set[Member]]:
    """The first `seats`; when a tie spans the limit, nobody of the tie."""
    if len(ordered) <= seats:
        return {subject for _, subject in ordered}, set()
    limit = ordered[seats][0]
    chosen = {subject for key, subject in ordered[:seats] if key != limit}
    tied = {subject for key, subject in ordered if key == limit} if len(chosen) < seats else set()
    return chosen, tied
