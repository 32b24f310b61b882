"""Runs each test of the table once with each of its mutants in place, in one process: `-p tests.mutants.plugin`.

What came of it is written to the file that `MUTANT_REPORT` names: {"mutant → test": "red" or "green"}.
"""

import json
import os
import time

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings

from tests.mutants.table import MUTANTS, ONLY

RED, TOOK = {}, {}


def pytest_generate_tests(metafunc):
    names = [name for name, known in MUTANTS.items() if wanted(name, known, metafunc)]
    if names:
        metafunc.parametrize("mutant", names, indirect=True)


def wanted(name, known, metafunc):
    where = metafunc.definition.nodeid
    return (not ONLY or name in ONLY) and any(bare(node) == where for node in known.nodes)


def bare(node):
    return node.split("[", 1)[0]


def pytest_collection_modifyitems(items):
    """A node that names its parameters runs with these only."""
    items[:] = [item for item in items if key_of(item)]
    for item in items:
        RED.setdefault(key_of(item), False)
    # no shrinking: that it fails is enough
    hypothesis_settings.register_profile(
        "mutants", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
    )


def key_of(item):
    """ "mutant → node" when the table has this test with this mutant."""
    parameters = getattr(item, "callspec", None)
    name = parameters and parameters.params.get("mutant")
    if name is None:
        return None
    left = item.callspec.id.replace(name, "", 1).strip("-")
    for node in MUTANTS[name].nodes:
        if bare(node) == bare(item.nodeid) and node in {bare(node), f"{bare(node)}[{left}]"}:
            return f"{name} → {node}"
    return None


@pytest.fixture(autouse=True)
def mutant(request):
    patch = pytest.MonkeyPatch()
    patch.setenv("MUTANT", request.param)  # for the web processes that the test starts
    hypothesis_settings.load_profile("mutants")
    MUTANTS[request.param].function(patch)
    yield
    patch.undo()


def pytest_runtest_setup(item):
    if RED[key_of(item)]:
        pytest.skip("already red")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    begun = time.monotonic()
    try:
        return (yield)
    except BaseException as error:
        if not isinstance(error, pytest.skip.Exception):
            RED[key_of(item)] = True
        raise
    finally:
        TOOK[key_of(item)] = TOOK.get(key_of(item), 0) + time.monotonic() - begun


def pytest_sessionfinish():
    report = {key: "red" if red else "green" for key, red in RED.items()}
    if path := os.environ.get("MUTANT_REPORT"):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"found": report, "took": TOOK}, file, ensure_ascii=False)
