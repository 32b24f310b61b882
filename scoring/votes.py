"""Counts that were checked once: equal ones are told apart from nothing else and worked out once."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 10**9


class Votes(tuple[int, ...]):
    """Ballots per level in the scale's order, each a whole number from 0: an input like a list of them."""

    __slots__ = ()

    def __new__(cls, numbers: Iterable[int]) -> Votes:
        found = super().__new__(cls, numbers)
        if any(type(number) is not int or not 0 <= number <= MOST for number in found):
            raise ValueError("应为非负整数")
        return found
