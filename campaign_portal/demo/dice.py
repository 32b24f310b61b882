"""Chance that falls the same way at every build."""

from random import Random


def dice(*seed):
    return Random(":".join(map(str, seed)))  # noqa: S311 (a demonstration, nothing to guess)


def shuffled(rng, things):
    return rng.sample(list(things), len(things))


def between(rng, low, high):
    return low + (high - low) * rng.random()
