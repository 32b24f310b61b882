"""Counts that stay as they are."""

from __future__ import annotations

MOST = 10**9


class Votes(dict[str, int]):
    """Ballots per level, an input as any mapping of them. It must not be changed once it was given.

    Many people share the same counts: a plan works out each object once and knows it again.
    """
