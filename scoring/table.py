"""Many subjects side by side: exact values, places, bands and published figures in columns.

The same figures as `score`, `rank` and `apply_quota` give one by one, without an object for each: a
closing of 100,000 people takes a tenth of the memory and half of the time. Recipes whose ranks need
more than the value (tie-breakers, a least number of ballots) are kept as results.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.compiled import Plan, Unusual
from scoring.compiled_leaves import Inputs
from scoring.numbers import Rounding, as_decimal, scaled
from scoring.quotas import Quota, apply_quota, may_take, place_of, top
from scoring.ranking import ordered_places, rank, whole_keys
from scoring.recipe import Recipe
from scoring.results import Result

Line = tuple[str | None, str, str]


class Table:
    """Add subjects in any order, settle once, then read the lines by the place they were added at."""

    def __init__(self, recipe: Recipe, stored: Rounding) -> None:
        self.recipe = recipe
        self.above: list[int] = []
        self.below: list[int] = []  # 0: no value
        self.bands: list[str | None] = []
        self.places: list[int | None] = []
        self.odd: dict[int, Result] = {}  # who went the explaining way
        self._stored, self._published = _Texts(stored), _Texts(recipe.rounding)

    def __len__(self) -> int:
        return len(self.above)

    def add(self, plan: Plan, inputs: Inputs) -> None:
        """Work out one more subject."""
        try:
            pair = plan.pair(inputs)
        except Unusual:
            result = self.odd[len(self)] = plan.result(inputs)
            pair = None if result.value is None else result.value.as_integer_ratio()
            self.bands.append(result.band)
        else:
            self.bands.append(None if pair is None else plan.grade(*pair))
        above, below = pair or (0, 0)
        self.above.append(above)
        self.below.append(below)

    def settle(self, groups: Sequence[str]) -> None:
        """Places and final bands, once everybody is in; the groups in the order of adding."""
        rule = self.recipe.rank
        if rule.then or rule.minimum_n:
            self._settle_results(groups)
            return
        keys = self._keys()
        members: dict[str, list[int]] = {}
        for index, group in enumerate(groups):
            members.setdefault(group, []).append(index)
        self.places = [None] * len(self)
        for found in members.values():
            ranked = [index for index in found if self._ranks(index)]
            for index, place in ordered_places(ranked, keys, rule.method):
                self.places[index] = place
        for quota in self.recipe.quotas:
            for found in members.values() if quota.per_group else [list(range(len(self)))]:
                self._fill(quota, found, keys)

    def line(self, index: int) -> Line:
        """(score for sorting, published score, band) as text; None and "" where there is none."""
        band = self.bands[index] or ""
        if index in self.odd:
            result = self.odd[index]
            score = (
                None if result.value is None else self._stored.of(*result.value.as_integer_ratio())
            )
            return score, "" if result.rounded is None else str(result.rounded), band
        above, below = self.above[index], self.below[index]
        if not below:
            return None, "", band
        return self._stored.of(above, below), self._published.known(above, below), band

    def _keys(self) -> list[int]:
        """Whole numbers in the order of the rank rule; who has no value sorts last."""
        rule = self.recipe.rank
        above, below = self.above, self.below
        if rule.uses == "rounded":
            values = [self._rounded(index) for index in range(len(self))]
            above = [0 if value is None else value.numerator for value in values]
            below = [0 if value is None else value.denominator for value in values]
        return whole_keys(above, below, rule.order)

    def _rounded(self, index: int) -> Fraction | None:
        if index in self.odd:
            rounded = self.odd[index].rounded
            return None if rounded is None else Fraction(rounded)
        if not self.below[index]:
            return None
        rule = self.recipe.rounding
        return Fraction(scaled(self.above[index], self.below[index], rule), 10**rule.digits)

    def _ranks(self, index: int) -> bool:
        if not self.below[index]:
            return False
        return index not in self.odd or self.odd[index].eligible

    def _settle_results(self, groups: Sequence[str]) -> None:
        """The way of single results, for ranks that need more than a value."""
        results = {str(index): self.odd[index] for index in range(len(self))}
        named = {str(index): group for index, group in enumerate(groups)}
        self.places = list(rank(results, self.recipe.rank, groups=named).values())
        for key, told in apply_quota(results, self.recipe, groups=named).items():
            self.bands[int(key)] = told["band"]

    def _fill(self, quota: Quota, members: list[int], keys: list[int]) -> None:
        """As `quotas.apply_quota`, on places in the table and without its notes."""
        labels = self.recipe.bands.labels
        holders = [index for index in members if self.bands[index] in quota.bands]
        wanting = holders
        if quota.candidates == "all":
            wanting = [index for index in members if self._may(quota, index, labels)]
        keyed = [
            ((place_of(self.bands[index] or "", quota, labels), keys[index]), index)
            for index in wanting
        ]
        chosen, _ = top(sorted(keyed), quota.seats(self._heads(quota, members)))
        for index in {*holders, *wanting}:
            holds = self.bands[index] in quota.bands
            if index in chosen:
                self.bands[index] = self.bands[index] if holds else quota.bands[0]
            elif holds:
                self.bands[index] = quota.overflow

    def _may(self, quota: Quota, index: int, labels: tuple[str, ...]) -> bool:
        found = self.odd.get(index)
        scored = bool(self.below[index]) and (found is None or found.eligible)
        return scored and may_take(quota, self.bands[index], found.limits if found else (), labels)

    def _heads(self, quota: Quota, members: list[int]) -> int:
        if quota.base == "scored":
            return sum(bool(self.below[index]) for index in members)
        if quota.base == "not_exempt":
            return sum(index not in self.odd or not self.odd[index].exempt for index in members)
        return len(members)


class _Texts:
    """Rounded figures as text."""

    def __init__(self, rule: Rounding) -> None:
        self.rule, self.texts = rule, dict[int, str]()
        self.unit = 10**rule.digits
        self.plain = 0 < rule.digits < 7 and rule.mode == "half_up"  # as Decimal writes it

    def of(self, above: int, below: int) -> str:
        if not self.plain or above < 0:
            return str(as_decimal(Fraction(above, below), self.rule))
        whole, part = divmod((2 * above * self.unit + below) // (2 * below), self.unit)
        return f"{whole}.{part:0{self.rule.digits}d}"

    def known(self, above: int, below: int) -> str:
        """The same; each text is kept, because many subjects share the published figure."""
        number = scaled(above, below, self.rule)
        text = self.texts.get(number)
        if text is None:
            text = self.texts[number] = self.of(above, below)
        return text
