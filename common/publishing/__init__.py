"""The publishing gate: what may not be shown, and the steps before something is shown."""

from common.publishing.detector import Finding, findings, refuse_private, refuse_private_fields
from common.publishing.steps import (
    NotReady,
    StepTaken,
    approve,
    check,
    propose,
    send_back,
    take_down,
)

__all__ = [
    "Finding",
    "NotReady",
    "StepTaken",
    "approve",
    "check",
    "findings",
    "propose",
    "refuse_private",
    "refuse_private_fields",
    "send_back",
    "take_down",
]
