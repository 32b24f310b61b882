"""What can be imported in three steps in the browser. A higher app adds its kinds in its `excel` module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from branches.excel.preview import Preview
from branches.models import Organisation, Person, Upload
from branches.permissions import holds

Abouts = list[tuple[str, str]]


@dataclass(frozen=True)
class ImportKind:
    """`preview(workbook, scope=, today=, meanings=)` reads; `write(data, scope=, digest=, by=, at=,
    expected=)` gives counts and an Undo, or raises PlanMoved. `fields` are what a column may mean.

    A kind whose rows are about one thing (a period, a contest, a round) gives `abouts(by)`: keys and
    labels of those the person may import for. The chosen key reaches `preview` and `write` as `about=`.
    """

    key: str
    label: str
    noun: str
    hint: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]  # kinds of organisations it can be imported into
    fields: dict[str, str]
    template: Callable[..., bytes]
    preview: Callable[..., Preview]
    write: Callable[..., tuple[dict[str, int], Any]]
    url: str  # URL name of the page that shows what came in
    abouts: Callable[[Person], Abouts] | None = None
    about_label: str = ""
    fields_about: Callable[[Organisation, str], dict[str, str]] | None = None

    def may_import(self, by: Person, organisation: Organisation, about: str = "") -> bool:
        allowed = organisation.kind in self.scopes and holds(by, organisation.path, *self.roles)
        return allowed and (self.abouts is None or about in dict(self.abouts(by)))

    def fields_of(self, upload: Upload) -> dict[str, str]:
        """What a column of this upload may mean; some kinds have other columns for each thing."""
        if self.fields_about is None:
            return self.fields
        return self.fields_about(upload.organisation, upload.about)

    def given(self, upload: Upload) -> dict[str, Any]:
        """Where the upload goes, and what it is about: for `preview` and `write`."""
        where = {"scope": upload.organisation}
        return {**where, "about": upload.about} if self.abouts else where


KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> ImportKind:
    KINDS[kind.key] = kind
    return kind
