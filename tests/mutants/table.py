"""All mutants by name, each with the tests that must go red on it."""

import os
from dataclasses import dataclass
from importlib import import_module

MODULES = ("ballots", "counting", "public", "people", "periods", "machines")


@dataclass(frozen=True)
class Mutant:
    function: object
    nodes: tuple


def breaks(*nodes):
    """The function is given a MonkeyPatch and breaks one promise; the named tests must notice."""

    def register(function):
        MUTANTS[function.__name__] = Mutant(function, tuple(f"tests/{node}" for node in nodes))
        return function

    return register


MUTANTS = {}
ONLY = set(os.environ.get("MUTANTS", "").split())  # some by name, for work on one of them

for module in MODULES:
    import_module(f"tests.mutants.{module}")
