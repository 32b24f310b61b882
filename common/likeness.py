"""How alike two short Chinese texts are (雷同): pairs of signs in common, punctuation and blanks aside."""

import itertools
import unicodedata
from collections import Counter

SHORTEST = 6  # below that everything looks alike


def shingles(text):
    """The pairs of neighbouring signs, counted."""
    plain = [
        sign
        for sign in unicodedata.normalize("NFKC", text).lower()
        if unicodedata.category(sign)[0] in "LN"
    ]
    return Counter(itertools.pairwise(plain))


def likeness(one, other):
    """0 to 1: twice the common pairs over all pairs (Dice); 0 when either says too little."""
    total = one.total() + other.total()
    if min(one.total(), other.total()) < SHORTEST - 1:
        return 0.0
    return 2 * (one & other).total() / total


def most_alike(text, others, *, at_least, most=3):
    """[(share, whatever)] of (text, whatever) pairs that are alike enough, the most alike first."""
    own = shingles(text)
    scored = [(likeness(own, shingles(other)), known) for other, known in others]
    found = [pair for pair in scored if pair[0] >= at_least]
    return sorted(found, key=lambda pair: -pair[0])[:most]
