"""What one printed thing says, in plain words."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Face:
    """One card, sign or board: plain words, so that the same data gives the same digest."""

    kind: str
    subject: str
    title: str
    facts: dict
    note: str = ""
    person_id: int | None = None
    window_id: int | None = None
    photos_of: tuple[int, ...] = ()
    unseen: tuple[tuple[int, str], ...] = ()  # (pk, name) of those whose photo stays an empty frame
    missing: tuple[str, ...] = field(default=())

    @cached_property
    def digest(self):
        said = json.dumps([self.kind, self.facts], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()
