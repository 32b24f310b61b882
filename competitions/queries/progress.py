"""进步最快 (B13): who measures it lies above this app and says so here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How much a subject's score rose between the last two closed periods, as text."""

    kind: str
    name: str
    change: str


SOURCES = []


def add_source(source):
    """`source(campaign)` → [Progress], the fastest first."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def fastest(campaign):
    return [one for source in SOURCES for one in source(campaign)]
