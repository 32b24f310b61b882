"""docs/promises.md names tests and mutants that exist, and leaves no id out."""

import re
from pathlib import Path

from tests.mutants.table import MUTANTS

BASE = Path(__file__).resolve().parents[2]
IDS = {
    *(f"T{number}" for number in (4, 5, 6, 8, *range(9, 17), 22, 23)),
    *(f"B{number}" for number in range(1, 21)),
    *(f"C{number}" for number in range(1, 13)),
    *(f"D{number}" for number in range(1, 13)),
    *(f"E{number}" for number in range(1, 6)),
}
MISSING = "缺"


def rows():
    text = (BASE / "docs" / "promises.md").read_text(encoding="utf-8")
    lines = [
        line.strip("|").split("|") for line in text.splitlines() if re.match(r"\| [TBCDE]\d", line)
    ]
    return {one.strip(): (named(tests), named(mutants)) for one, _, tests, mutants in lines}


def named(cell):
    return re.findall(r"`([^`]+)`", cell) or [cell.strip()]


def exists(node):
    path, _, name = node.partition("::")
    file = BASE / "tests" / path
    return file.exists() and f"def {name}(" in file.read_text(encoding="utf-8")


def test_every_promise_names_a_test_and_a_mutant_that_exist():
    told = rows()

    tests = {node for found, _ in told.values() for node in found} - {MISSING}
    mutants = {name for _, found in told.values() for name in found} - {MISSING}
    carried = {name for name in mutants if "::" in name}
    assert set(told) == IDS
    assert [node for node in sorted(tests | carried) if not exists(node)] == []
    assert sorted(mutants - carried - set(MUTANTS)) == []


def test_every_mutant_is_of_a_promise_and_turns_one_of_its_tests_red():
    told = rows()
    elsewhere = {"one_typist", "no_count_check"}  # P05 and the alarm of a count, docs/ballots.md

    for name, mutant in MUTANTS.items():
        tests = {node for found, names in told.values() if name in names for node in found}
        nodes = {node.removeprefix("tests/").split("[")[0] for node in mutant.nodes}
        assert name in elsewhere or nodes & tests, name
