"""What can be imported in three steps in the browser. A higher app adds its kinds in its `excel` module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from branches.excel.preview import Preview
from branches.models import Organisation, Person
from branches.permissions import holds


@dataclass(frozen=True)
class ImportKind:
    """`preview(workbook, scope=, today=, meanings=)` reads; `write(data, scope=, digest=, by=, at=,
    expected=)` gives counts and an Undo, or raises PlanMoved. `fields` are what a column may mean."""

    key: str
    label: str
    noun: str
    hint: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]  # kinds of organisations it can be imported into
    fields: dict[str, str]
    template: Callable[[Organisation], bytes]
    preview: Callable[..., Preview]
    write: Callable[..., tuple[dict[str, int], Any]]
    url: str  # URL name of the page that shows what came in

    def may_import(self, by: Person, organisation: Organisation) -> bool:
        return organisation.kind in self.scopes and holds(by, organisation.path, *self.roles)


KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> ImportKind:
    KINDS[kind.key] = kind
    return kind
