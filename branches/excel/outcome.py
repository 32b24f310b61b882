"""What reading a roster gives: people, and the fate of every row of every sheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from branches.excel.dates import PartialDate

STRUCTURE, IMPORTED, REJECTED, SKIPPED = "structure", "imported", "rejected", "skipped"
CONTRACT = (
    "sheet", "row", "name", "branch", "id_number", "gender", "birth_date", "join_date",
    "regular_date", "category", "phone", "education", "ethnicity", "work_no", "party_position",
)  # fmt: skip


@dataclass(slots=True)
class Problem:
    """Something about a row (or a sheet) that a person should know; `code` is for programs."""

    sheet: str
    row: int | None
    column: str | None
    message: str
    code: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class RosterPerson:
    sheet: str
    row: int
    name: str = ""
    branch: str | None = None
    id_number: str | None = None
    gender: str | None = None
    birth_date: PartialDate | None = None
    join_date: PartialDate | None = None
    regular_date: PartialDate | None = None
    category: str | None = None
    phone: str | None = None
    education: str | None = None
    ethnicity: str | None = None
    work_no: str | None = None
    party_position: str | None = None
    lost_contact: bool | None = None
    lost_date: PartialDate | None = None
    mobile_member: bool | None = None

    def as_json(self) -> dict[str, Any]:
        values = {name: _plain(getattr(self, name)) for name in CONTRACT}
        for name in ("lost_contact", "lost_date", "mobile_member"):
            if getattr(self, name) is not None:
                values[name] = _plain(getattr(self, name))
        return values


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return {"value": value.value, "precision": value.precision}
    return value


@dataclass(slots=True)
class RowFate:
    """Where a row went and why; `person` and `problems` for rows that hold somebody."""

    sheet: str
    row: int
    fate: str
    reason: str = ""
    person: RosterPerson | None = None
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def reject(self, column: str | None, message: str, code: str = "") -> None:
        self.fate = REJECTED
        self.errors.append(Problem(self.sheet, self.row, column, message, code))

    def warn(self, column: str | None, message: str, code: str = "") -> None:
        self.warnings.append(Problem(self.sheet, self.row, column, message, code))


@dataclass(slots=True)
class SheetColumn:
    """A column as the preview shows it: heading, what it is taken for, and how to name it."""

    sheet: str
    number: int
    letter: str
    heading: str
    field: str | None
    key: str


@dataclass(slots=True)
class Roster:
    """A file read as a roster. `digest` ties what is applied to what was previewed."""

    digest: str
    fates: list[RowFate] = field(default_factory=list)
    columns: list[SheetColumn] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    file_errors: list[str] = field(default_factory=list)

    @property
    def people(self) -> list[RosterPerson]:
        if self.file_errors:
            return []
        return [fate.person for fate in self.fates if fate.fate == IMPORTED and fate.person]

    @property
    def errors(self) -> list[Problem]:
        return [problem for fate in self.fates for problem in fate.errors]

    @property
    def warnings(self) -> list[Problem]:
        return self.notices + [problem for fate in self.fates for problem in fate.warnings]

    @property
    def ok(self) -> bool:
        return bool(self.people)

    def as_json(self, *, applied: bool = False) -> dict[str, Any]:
        skipped = [
            {"sheet": fate.sheet, "row": fate.row, "reason": fate.reason}
            for fate in self.fates
            if fate.fate in (SKIPPED, STRUCTURE)
        ]
        return {
            "ok": self.ok,
            "applied": applied,
            "people": [person.as_json() for person in self.people],
            "warnings": [problem.as_json() for problem in self.warnings],
            "errors": [] if self.file_errors else [problem.as_json() for problem in self.errors],
            "skipped": skipped,
            "file_errors": [{"message": message} for message in self.file_errors],
        }
