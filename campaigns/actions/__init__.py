from campaigns.actions.duties import (
    SEALED,
    DutyMoved,
    SealedAct,
    fulfil,
    fulfil_sealed,
    subject_keys,
    waive_duty,
)

__all__ = [
    "SEALED",
    "DutyMoved",
    "SealedAct",
    "fulfil",
    "fulfil_sealed",
    "subject_keys",
    "waive_duty",
]
