"""The rows of the policy table, a module an app; how to write one: tests/policy.py."""

from tests.policies import (
    branches,
    campaigns,
    common,
    competitions,
    evaluations,
    imports,
    ledger,
    lifecycle,
    own_data,
    papers,
    pledges,
    polls,
    portal,
    registers,
    rounds,
    shown,
    supervision,
    urging,
)

MODULES = (
    portal,
    common,
    branches,
    imports,
    lifecycle,
    own_data,
    campaigns,
    pledges,
    shown,
    registers,
    evaluations,
    polls,
    papers,
    rounds,
    competitions,
    supervision,
    ledger,
    urging,
)
ROWS = [row for module in MODULES for row in module.ROWS]
